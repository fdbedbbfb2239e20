import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Decision } from '../centre/decide.ts';
import type { Event } from '../centre/event.ts';
import type { Member, Order } from '../voice/order.ts';
import type { Application } from './apply.ts';
import type { ConferenceAsked } from './command.ts';
import { find, roomOf, type Address, type Conference, type Participant } from './conference.ts';
import type { ConferenceEvent } from './event.ts';
import type { Invited } from './participants.ts';

export const anAgent = (agent: number): Address => ({ kind: 'agent', agent });
export const aPhone = (number: string): Address => ({ kind: 'phone', number });
export const anInvited = (address: Address): Invited => ({ address, deviceCallType: 0, deviceType: 0 });

export const APPLICATION = { what: 'request', seats: 10, minutes: 60, promptMinutes: 3, caller: '10000' } as const;

/** A contact centre in which conferences are held. */
export interface Hall extends Rig {
  /** An agent asks; answers what came of it. */
  readonly asks: (agent: number, asked: ConferenceAsked) => Decision;
  /** The same, and it is no refusal. */
  readonly confers: (agent: number, asked: ConferenceAsked) => Decision;
  /** The code or the why of a refusal. */
  readonly refusal: (agent: number, asked: ConferenceAsked) => number | string | undefined;
  /** A conference of this chair with these agents in it. */
  readonly convene: (chair: number, members?: readonly number[], application?: Partial<Application>) => Conference;
  readonly invite: (chair: number, ...addresses: readonly Address[]) => Decision;
  /** Invites a phone, which is answered. */
  readonly phoneIn: (chair: number, number: string) => Participant;
  readonly participant: (conference: Conference, address: Address) => Participant;
  /** Who is in the room, as the voice port was told last. */
  readonly room: (conference: Conference) => readonly Member[];
  readonly member: (conference: Conference, address: Address) => Member | undefined;
  /** What of conferences happened since the last time this was asked. */
  readonly told: () => readonly ConferenceEvent[];
  readonly lastPlay: () => Extract<Order, { kind: 'play' }>;
  readonly stops: () => readonly string[];
}

const isOfConference = (event: Event): event is ConferenceEvent => event.type.startsWith('Conference');

export function createHall(options: Parameters<typeof createRig>[0] = {}): Hall {
  const rig = createRig({ config: FIRST_CONFIG, ...options });
  let heard = 0;
  const asks = (agent: number, asked: ConferenceAsked): Decision => rig.send({ kind: 'conference', agent, asked });
  const confers = (agent: number, asked: ConferenceAsked): Decision => rig.does({ kind: 'conference', agent, asked });
  const invite = (chair: number, ...addresses: readonly Address[]): Decision => confers(chair, { what: 'invite', invited: addresses.map(anInvited) });
  const participant = (conference: Conference, address: Address): Participant => {
    const found = find(conference, address);
    if (found === undefined) throw new Error(`${JSON.stringify(address)} is not in the conference`);
    return found;
  };
  const room = (conference: Conference): readonly Member[] => {
    const name = roomOf(rig.centre.vdnId, conference.id);
    const order = rig.orders.findLast((one) => one.kind === 'arrange' && one.room === name);
    return order?.kind === 'arrange' ? order.members : [];
  };
  const conferenceOf = (agent: number): Conference => {
    const conference = rig.centre.conferences.get(rig.centre.agents.get(agent)?.conference ?? 0);
    if (conference === undefined) throw new Error(`${agent} is in no conference`);
    return conference;
  };
  return {
    ...rig, asks, confers, invite, participant, room,
    refusal: (agent, asked) => {
      const { refused } = asks(agent, asked);
      return refused?.code ?? refused?.refused;
    },
    convene: (chair, members = [], application = {}) => {
      for (const agent of [chair, ...members]) if (!rig.centre.agents.has(agent)) rig.signIn(agent);
      confers(chair, { ...APPLICATION, ...application });
      if (members.length > 0) invite(chair, ...members.map(anAgent));
      for (const agent of members) confers(agent, { what: 'answer' });
      return conferenceOf(chair);
    },
    phoneIn: (chair, number) => {
      invite(chair, aPhone(number));
      const invited = participant(conferenceOf(chair), aPhone(number));
      rig.answers(invited.leg ?? '');
      return invited;
    },
    member: (conference, address) => {
      const { agent, leg } = participant(conference, address);
      const own = agent === undefined ? leg : rig.centre.agents.get(agent)?.leg;
      return room(conference).find((one) => one.leg === own);
    },
    told: () => {
      const news = rig.happened.slice(heard).map(({ event }) => event).filter(isOfConference);
      heard = rig.happened.length;
      return news;
    },
    lastPlay: () => {
      const order = rig.orders.findLast(({ kind }) => kind === 'play');
      if (order?.kind !== 'play') throw new Error('nothing was played');
      return order;
    },
    stops: () => rig.orders.flatMap((order) => (order.kind === 'stopPlay' ? [order.play] : [])),
  };
}

/** That nothing of any conference is left: no agent in one, no leg, no timer. */
export function remnants({ centre }: Rig): readonly string[] {
  return [
    ...[...centre.conferences.keys()].map((id) => `conference ${id}`),
    ...[...centre.agents.values()].filter(({ conference }) => conference !== undefined).map(({ id }) => `agent ${id} in a conference`),
    ...[...centre.legs.values()].filter(({ agent }) => agent === undefined).map(({ id }) => `leg ${id}`),
    ...[...centre.timers.due.keys()].filter((key) => !key.startsWith('state:')),
  ];
}
