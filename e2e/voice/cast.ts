import type { Place } from '../../telephony/sip/transport/channel.ts';
import { until } from '../../server/testing/until.ts';
import { startBaresip, type Baresip, type BaresipOptions } from './baresip.ts';
import { CARRIER, type Centre, type Queue } from './centre.ts';
import type { Account, Desk } from './desk.ts';
import { openEar, type Ear } from './ear.ts';
import { credentials, freePlace, startSipp, type Scenario, type Sipp } from './sipp.ts';

/** Somebody whose phone is SIPp: who goes by a scenario, and whose sound the test has. */
export interface Party {
  readonly number: string;
  readonly ear: Ear;
  /** Resolves when the call went as the scenario has it. */
  readonly done: Promise<void>;
}

export interface Agent extends Party {
  readonly desk: Desk;
}

/** An agent of a queue, and a customer who has called in. */
export interface Talk {
  readonly queue: Queue;
  readonly ann: Agent;
  readonly customer: Party;
  readonly call: string;
}

/** Those who take part in one test; all of them go with it. */
export interface Cast {
  readonly registers: (account: Account, changes?: { readonly password?: string; readonly expected?: number; readonly expires?: number; readonly place?: Place }) => Promise<Sipp>;
  /** An agent of the queue with a phone of SIPp's, which is registered and listens. */
  readonly agent: (queue: Queue | undefined, changes?: AgentChanges) => Promise<Agent>;
  /** Somebody who may inspect agents and hear recordings, at a desk with a phone that never rings. */
  readonly inspector: () => Promise<Desk>;
  /** An agent whose phone is baresip. */
  readonly baresip: (queue: Queue | undefined, changes?: Partial<Pick<BaresipOptions, 'answers' | 'codec' | 'hertz'>>) => Promise<{ readonly desk: Desk; readonly phone: Baresip }>;
  /** Somebody calls in. */
  readonly caller: (to: string, changes?: CallerChanges) => Promise<Party>;
  /** Ann and a customer hear each other. */
  readonly talk: () => Promise<Talk>;
  readonly ear: (hertz?: number, address?: string) => Promise<Ear>;
  /** A tone that nobody else says. */
  readonly tone: () => number;
  readonly play: (options: Parameters<typeof startSipp>[0]) => Promise<Sipp>;
  /** Fails where somebody has not gone by the scenario. */
  readonly leave: () => Promise<void>;
}

export interface AgentChanges {
  readonly scenario?: Scenario;
  readonly ringMs?: number;
  readonly ccRoleId?: 2 | 3;
  readonly more?: readonly string[];
}

export interface CallerChanges {
  readonly scenario?: Scenario;
  readonly talkMs?: number;
  /** Of whom it is that calls: who has none comes by the carrier. */
  readonly account?: Account;
  readonly ringMs?: number;
  readonly more?: readonly string[];
}

/** Above the notes of the music, and apart from one another by more than a look at some frames can tell. */
const FIRST_HERTZ = 1400;
const STEP_HERTZ = 190;
/** A voice is there or it is not: what is softer is music, or somebody who is just coming or going. */
const CLEARLY = 0.5;
const HEARS_MS = 8000;
const MUSIC = 300;
/** Half a second. */
const NEVER_PACKETS = 25;
const LONG_MS = 45_000;
const LOCALHOST = '127.0.0.1';
const FIRST_NUMBER = 13_800_000_000;
let numbers = 0;

type Saying = Pick<Ear, 'hertz'>;
export type Hearing = Pick<Ear, 'hertz' | 'hears'>;

/** Waits until one of them hears exactly these of all who take part. */
export async function hears(one: Hearing, others: readonly Saying[], all: readonly Saying[]): Promise<void> {
  const tones = all.map(({ hertz }) => hertz);
  const expected = others.map(({ hertz }) => hertz).toSorted((a, b) => a - b).join(', ');
  const heard = (): string => Object.entries(one.hears(tones)).filter(([, level]) => level > CLEARLY).map(([hertz]) => Number(hertz)).toSorted((a, b) => a - b).join(', ');
  await until(() => heard() === expected, 'it', HEARS_MS).catch(() => {
    throw new Error(`who says ${one.hertz} Hz was to hear ${expected || 'nobody'}, and hears ${heard() || 'nobody'}: ${JSON.stringify(one.hears(tones))}`);
  });
}

/** Waits until each hears all the others, and nobody else. */
export const hearEachOther = async (...all: readonly Hearing[]): Promise<void> => {
  await Promise.all(all.map((one) => hears(one, all.filter((other) => other !== one), all)));
};

/** Listens for a while, in which somebody is not to be heard once. */
export async function neverHears(one: Ear, other: Saying): Promise<void> {
  const from = one.packets();
  await until(() => {
    const { [other.hertz]: level = 0 } = one.hears([other.hertz]);
    if (level > CLEARLY) throw new Error(`who says ${one.hertz} Hz was not to hear ${other.hertz} Hz, and does: ${level}`);
    return one.packets() > from + NEVER_PACKETS;
  }, `who says ${one.hertz} Hz is sent sound`, HEARS_MS);
}

/** Waits until somebody hears music. */
export const hearsMusic = (ear: Ear): Promise<void> => until(() => ear.loudness() > MUSIC, 'the music plays', HEARS_MS);

export function createCast(centre: Centre): Cast {
  const goings: (() => unknown)[] = [];
  const failures: unknown[] = [];
  let tones = 0;
  const takeTone = (): number => {
    tones += 1;
    return FIRST_HERTZ + (tones - 1) * STEP_HERTZ;
  };
  const { sip: server } = centre;

  const play: Cast['play'] = async (options) => {
    const sipp = await startSipp(options);
    sipp.done.catch((error: unknown) => { failures.push(error); });
    goings.push(sipp.stop);
    return sipp;
  };
  const ear: Cast['ear'] = async (hertz = takeTone(), address = LOCALHOST) => {
    const opened = await openEar(hertz, address);
    goings.push(opened.close);
    return opened;
  };
  const registers: Cast['registers'] = async ({ number, sipPassword }, { password = sipPassword, expected = 200, expires = 600, place } = {}) => {
    const sipp = await play({ scenario: 'register', server, ...(place === undefined ? {} : { place }), words: { user: number, expires, expected, authentication: credentials(number, password) } });
    await sipp.done;
    return sipp;
  };
  const signIn = async (account: Account): Promise<Desk> => {
    const desk = await centre.signIn(account);
    goings.push(desk.leave);
    return desk;
  };

  const cast: Cast = {
    registers, ear, play, tone: takeTone,
    talk: async () => {
      const queue = await centre.queue();
      const ann = await cast.agent(queue);
      const customer = await cast.caller(queue.number);
      const { callid: call } = await ann.desk.next('AgentEvent_Talking');
      await hearEachOther(ann.ear, customer.ear);
      return { queue, ann, customer, call };
    },
    agent: async (queue, { scenario = 'phone', ringMs = 100, ccRoleId = 2, more = [] } = {}) => {
      const account = await centre.account(queue, { ccRoleId });
      const own = await ear();
      // A phone is called where it has registered from.
      const { place } = await registers(account);
      const sipp = await play({ scenario, server, place, ear: own, words: { user: account.number, ringMs }, more, deadlineMs: LONG_MS });
      return { number: account.number, ear: own, done: sipp.done, desk: await signIn(account) };
    },
    inspector: async () => signIn(await centre.account(undefined, { ccRoleId: 3 })),
    baresip: async (queue, changes = {}) => {
      const account = await centre.account(queue);
      const phone = await startBaresip({ server, account, hertz: takeTone(), ...changes });
      goings.push(phone.stop);
      return { phone, desk: await signIn(account) };
    },
    caller: async (to, { scenario = 'caller', talkMs = LONG_MS, ringMs = 0, more = [], account } = {}) => {
      numbers += 1;
      const { number, sipPassword } = account ?? { number: String(FIRST_NUMBER + numbers), sipPassword: 'none is asked for' };
      const own = await ear(undefined, CARRIER);
      const sipp = await play({
        scenario, server, place: await freePlace(account === undefined ? CARRIER : LOCALHOST), called: to, ear: own,
        words: { from: number, talkMs, ringMs, authentication: credentials(number, sipPassword) }, more, deadlineMs: LONG_MS,
      });
      return { number, ear: own, done: sipp.done };
    },
    leave: async () => {
      for (let go = goings.pop(); go !== undefined; go = goings.pop()) await go();
      if (failures.length > 0) throw new AggregateError(failures, 'not everybody has gone by the scenario');
    },
  };
  return cast;
}
