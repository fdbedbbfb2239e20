import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { Customer } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import type { LiveFloor, Told } from '../../testing/live-floor.ts';

type Role = 'main' | 'assistant';
type Offer = AgentEvents['AgentEvent_Ringing'];
type Info = AgentEvents['AgentEvent_Incoming_CallInfo'];

export const BUSY: Told = ['AgentState_Busy', null];
export const READY: Told = ['AgentState_Ready', null];
export const WRAP_UP: Told = ['AgentState_Work', null];
export const ALL_BUSY: Told = ['AgentOther_All_Agent_Busy', null];
/** The ring of a call that the agent makes. */
export const OWN_RING: Told = ['AgentOther_PhoneAlerting', null];
export const offHook = (type: Role | 'unknown' = 'main'): Told => ['AgentOther_PhoneOffhook', { type }];
/** 2 by the agent, 3 by the platform. */
export const onHook = (phoneState: 2 | 3): Told => ['AgentOther_PhoneRelease', { phoneState }];
export const notReady = (reason: number): Told => ['AgentState_SetNotReady_Success', { reason: String(reason) }];

export interface CallFacts {
  readonly call: string;
  readonly caller: string;
  readonly called: string;
  readonly feature?: number;
}

/** The events about one call, as they should be told. */
export function eventsOf({ call, caller, called, feature = 0 }: CallFacts) {
  const offer = (changes: Partial<Offer>): Offer => ({
    caller, transfer: 'no', callid: call, transfrom: '', called, type: 'main', mediaAbility: '1', feature: String(feature), ...changes,
  });
  return {
    call,
    rings: ['AgentOther_PhoneAlerting', { callid: call, caller }] as Told,
    ringing: (changes: Partial<Offer> = {}): Told => ['AgentEvent_Ringing', offer(changes)],
    autoAnswer: (changes: Partial<Offer> = {}): Told => ['AgentEvent_Auto_Answer', offer(changes)],
    talking: (type: Role = 'main', as = feature): Told => ['AgentEvent_Talking', {
      caller, callid: call, called, feature: String(as), type, mediaAbility: '1',
    }],
    /** The phone of a colleague, or of somebody outside, rings. */
    otherRings: (other: Desk | string): Told => {
      const [otherPhoneWorkno, otherPhone] = typeof other === 'string' ? ['', other] : [String(other.workNo), other.phone];
      return ['AgentEvent_Customer_Alerting', { callid: call, otherPhoneWorkno, otherPhone, type: 'main' }];
    },
    otherGone: (number: number | string = caller): Told => ['AgentEvent_Customer_Release', { callid: call, number: String(number) }],
    conference: (...partners: readonly (number | string)[]): Told => ['AgentEvent_Conference', { callid: call, partner: partners.join(',') }],
    hold: ['AgentEvent_Hold', call] as Told,
    release: ['AgentEvent_Call_Release', call] as Told,
    noAnswer: ['AgentEvent_No_Answer', call] as Told,
    ability: ['AgentEvent_UserMediaAbility', { userAbility: '1', callid: call }] as Told,
    transferred: (result: number): Told => ['AgentEvent_SuccTransResult', { result, callId: call }],
  };
}

/** What 6.5.1.2.19 tells of a call to the floor's queue. */
export const infoOf = ({ queue, number }: LiveFloor, call: string, changes: Partial<Info> = {}): Told => ['AgentEvent_Incoming_CallInfo', {
  callId: call, skillName: 'sales', skillId: queue, caller: '13800000001', called: number, lastReleaseAgentId: 65_535, mediaType: 5,
  releaseAndReQueueCount: 0, releaseAndReQueueCallFlag: 0, ...changes,
}];

/** Events of a call that came in from outside. */
export const inboundOf = ({ number }: LiveFloor, call: string) => eventsOf({ call, caller: '13800000001', called: number });
/** Events of a call that an agent makes, to the outside unless it says otherwise. */
export const outboundOf = (call: string, called: string, feature = 7) => eventsOf({ call, caller: '', called, feature });
/** Events of a call, or a consultation, between two agents. */
export const internalOf = (call: string, caller: Desk, called: Desk, feature = 6) =>
  eventsOf({ call, caller: String(caller.workNo), called: String(called.workNo), feature });

/** Where help and transfers begin. */
export interface Scene {
  readonly ann: Desk;
  readonly bob: Desk;
  readonly party: Customer;
  /** Events of the customer's call. */
  readonly own: ReturnType<typeof inboundOf>;
}

/** Ann talks with a customer, Bob is idle and answers by hand. */
export async function setScene(floor: LiveFloor): Promise<Scene> {
  const ann = await floor.agent();
  const { call, party } = await floor.customer();
  const bob = await floor.agent({ autoanswer: false });
  await floor.told(ann);
  return { ann, bob, party, own: inboundOf(floor, call) };
}
