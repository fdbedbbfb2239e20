import assert from 'node:assert/strict';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';
import { customersOf, type Call } from '@parley/core/call/call.ts';
import { dateAfter, dateIn, instantIn } from '@parley/core/time/zone.ts';
import type { CallIn, Customer } from '../../sim/parties.ts';
import { createSimulatedVoice, type SimulatedVoice } from '../../sim/voice.ts';
import type { World } from '../compose.ts';
import type { VoicePort } from '../engine/voice.ts';
import type { Desk } from './desk.ts';
import { newFloor, type Floor } from './floor.ts';
import { startTestServer, TEST_ZONE } from './server.ts';

/** An event as a client reads it. */
export type Told = { readonly [Type in AgentEventType]: readonly [type: Type, content: AgentEvents[Type]] }[AgentEventType];

/** Somebody who called in, and the call. */
export interface Caller {
  readonly call: string;
  readonly party: Customer;
}

/** A floor with a switch in memory behind it: customers really call in, and phones do what their scripts say. */
export interface LiveFloor extends Floor {
  readonly voice: SimulatedVoice;
  /** The number at which customers reach the queue. */
  readonly number: string;
  readonly customer: (from?: string, how?: Pick<CallIn, 'page'>) => Promise<Caller>;
  /** A flow in service, by its access code. */
  readonly flow: (accessCode: string) => Promise<string>;
  /** What an agent has been told since the last time, all of it and in order. */
  readonly told: (desk: Desk) => Promise<readonly Told[]>;
  /** Goes forward in time; what is due is done then. */
  readonly later: (ms: number) => Promise<void>;
  /** Everybody goes, so that the next test has the floor for itself. */
  readonly clear: () => Promise<void>;
}

let numbers = 0;
const MORNING = '10:00:00';

export interface LiveFloorOptions {
  /** What stands between the engine and the switch. */
  readonly between?: (voice: SimulatedVoice) => VoicePort;
  readonly world?: Partial<World>;
  /** Where the tenant is. */
  readonly zone?: string;
  /** What the clocks of the next day show there when it begins. */
  readonly time?: string;
  /** Whether they show ten o'clock, so that what a test counts does not fall on two days. */
  readonly inTheMorning?: boolean;
  /** Whether time passes by `later` alone, as it does unless told otherwise: seconds are the same on a slow machine then. */
  readonly clockStands?: boolean;
}

export async function openLiveFloor({ between = (voice) => voice, world = {}, inTheMorning = false, clockStands = true, zone = TEST_ZONE, time = inTheMorning ? MORNING : undefined }: LiveFloorOptions = {}): Promise<LiveFloor> {
  const voice = createSimulatedVoice();
  // Whatever is under way is awaited, so an empty poll need not wait long.
  const server = await startTestServer({ world: { ...world, voice: between(voice), simulated: voice, pollWaitMs: 20 }, clockStands });
  const now = server.world.clock();
  // Before its tenant is made, whose token is good for an hour.
  if (time !== undefined) server.advance(instantIn(zone, `${dateAfter(dateIn(zone, now), 1)} ${time}`) - now);
  const tenant = await server.tenant(undefined, { timeZone: zone });
  const floor = await newFloor(server, tenant);
  const { engine } = server.parley.gateway;
  numbers += 1;
  const number = `95${String(numbers).padStart(4, '0')}`;
  assert.equal((await tenant.administrator.call(createAccessCode, { code: number, media: 5 })).status, 200);
  const { body } = await tenant.client.call(createCalledRoute, { accessCode: number, extCode: '', devicetype: 1, deviceid: floor.queue });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));

  const desks: Desk[] = [];
  const parties: Customer[] = [];
  const agent: LiveFloor['agent'] = async (changes) => {
    const desk = await floor.agent(changes);
    desks.push(desk);
    // From now on the switch knows it by number.
    voice.phone(desk.phone);
    return desk;
  };
  const customer: LiveFloor['customer'] = async (from = '13800000001', how = {}) => {
    const party = voice.callIn({ from, to: number, ...how });
    parties.push(party);
    await engine.idle();
    const isOf = (one: Call): boolean => customersOf(one).some(({ leg }) => leg === party.id);
    const call = await engine.view(tenant.vdnId, ({ calls }) => [...calls.values()].find(isOf)?.id);
    assert.ok(call !== undefined, `the call of ${from} did not come in`);
    return { call, party };
  };
  const told: LiveFloor['told'] = async (desk) => {
    await engine.idle();
    const events: Told[] = [];
    for (let event = await desk.poll(); event !== undefined; event = await desk.poll()) events.push([event.eventType, event.content] as Told);
    return events;
  };
  return {
    ...floor, voice, number, agent, customer, told,
    later: async (ms) => {
      server.advance(ms);
      await engine.tick();
      await engine.idle();
    },

    callIn: async (from) => (await customer(from)).call,
    talking: async (changes = {}) => {
      const desk = await agent(changes);
      const { call } = await customer();
      await desk.until('AgentEvent_Talking');
      return { desk, agentid: desk.workNo, call };
    },
    flow: async (accessCode) => {
      const made = await tenant.administrator.call(createIvrFlow, { accessCode });
      assert.ok('id' in made.body, JSON.stringify(made.body));
      return String(made.body.id);
    },
    clear: async () => {
      for (const party of parties.splice(0)) party.hangUp();
      await floor.leave(...desks.splice(0));
      await engine.idle();
    },
  };
}
