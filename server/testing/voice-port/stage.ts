import assert from 'node:assert/strict';
import type { Member, Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { DEADLINE_MS, type Performed, type VoiceReport } from '../../engine/voice.ts';
import type { Callee, FarEnd, VoiceWorld } from './world.ts';

/** How long anything may take that is to be seen. */
const PATIENCE_MS = 20_000;
const STEP_MS = 10;
/** How long is waited for what must not happen. */
const QUIET_MS = 100;

/** What a case has to hand. Everything that is ordered and reported goes through it, so that the rules are kept in every case. */
export interface Stage {
  readonly world: VoiceWorld;
  readonly reports: readonly VoiceReport[];
  readonly perform: (order: Order) => Promise<Performed>;
  /** Performs and expects it to be taken. */
  readonly does: (order: Order) => Promise<void>;
  readonly newName: (what: string) => string;
  /** Dials a party; answers when it rings. */
  readonly ring: (callee: Callee) => Promise<VoiceLeg>;
  /** A new party that was dialled and has answered. */
  readonly up: () => Promise<Up>;
  /** Somebody calls in and waits for an answer. */
  readonly arrival: () => Promise<Up>;
  readonly arrange: (room: string, members: readonly Member[]) => Promise<void>;
  readonly eventually: (condition: () => boolean | Promise<boolean>, name: string) => Promise<void>;
  /** Expects somebody to come to hear exactly this. */
  readonly hears: (farEnd: FarEnd, sounds: readonly string[]) => Promise<void>;
  /** Nothing more is on its way after this. */
  readonly quiet: () => Promise<void>;
  /** Kinds of the reports of a leg. */
  readonly kindsOf: (leg: VoiceLeg) => readonly string[];
  readonly endOf: (leg: VoiceLeg) => Promise<number>;
  readonly standing: (leg: VoiceLeg) => Promise<'ringing' | 'up' | undefined>;
}

/** A party and the leg on which it is. */
export interface Up {
  readonly leg: VoiceLeg;
  readonly farEnd: FarEnd;
}

/** In a room, speaking to all and hearing all, unless it is said otherwise. */
export const member = ({ leg }: Up, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

type Report<Kind extends VoiceReport['kind']> = Extract<VoiceReport, { kind: Kind }>;

/** Reports of one kind. */
export const reportsOf = <Kind extends VoiceReport['kind']>({ reports }: Pick<Stage, 'reports'>, kind: Kind): readonly Report<Kind>[] =>
  reports.filter((report): report is Report<Kind> => report.kind === kind);

const legOf = (report: VoiceReport): VoiceLeg | undefined => ('leg' in report ? report.leg : undefined);

/** Plays, collections and recordings: what began with an order is over with a report. */
function beginningOf(order: Order): string | undefined {
  if (order.kind === 'play') return `play ${order.play}`;
  if (order.kind === 'collect') return `collect ${order.collect}`;
  return order.kind === 'record' ? `record ${order.record}` : undefined;
}

function endingOf(report: VoiceReport): string | undefined {
  if (report.kind === 'playEnded') return `play ${report.play}`;
  if (report.kind === 'collected') return `collect ${report.collect}`;
  return report.kind === 'recorded' ? `record ${report.record}` : undefined;
}

export interface WoundUpStage extends Stage {
  /** Hangs up on whoever is left, and checks what must be true at the end of every case. */
  readonly windUp: () => Promise<void>;
}

let names = 0;

export function createStage(world: VoiceWorld): WoundUpStage {
  const { port } = world;
  const reports: VoiceReport[] = [];
  const faults: string[] = [];
  const taken: Order[] = [];
  const legsBegun = new Set<VoiceLeg>();
  let isOrdering = false;
  let unanswered = 0;

  port.subscribe((report) => {
    if (isOrdering) faults.push(`${report.kind} was reported while an order was being taken`);
    reports.push(report);
    if ('leg' in report) legsBegun.add(report.leg);
  });

  const perform = async (order: Order): Promise<Performed> => {
    unanswered += 1;
    if (order.kind === 'dial') legsBegun.add(order.leg);
    isOrdering = true;
    const performing = port.perform(order);
    isOrdering = false;
    const performed = await performing;
    unanswered -= 1;
    if (performed.ok) taken.push(order);
    return performed;
  };

  const wait = async (ms: number, condition: () => boolean | Promise<boolean>): Promise<boolean> => {
    for (let passed = 0; !(await condition()); passed += STEP_MS) {
      if (passed > ms) return false;
      await world.pass(STEP_MS);
    }
    return true;
  };

  /** A port that does not answer must not hold a case up for ever. */
  const performInTime = async (order: Order): Promise<Performed> => {
    const settled: PromiseSettledResult<Performed>[] = [];
    void Promise.allSettled([perform(order)]).then((results) => settled.push(...results));
    await world.pass(0);
    await wait(DEADLINE_MS, () => settled.length > 0);
    const [outcome] = settled;
    assert.ok(outcome !== undefined, `${order.kind} was not answered in ${DEADLINE_MS} ms`);
    if (outcome.status === 'rejected') throw new Error(`${order.kind} threw`, { cause: outcome.reason });
    return outcome.value;
  };

  const does = async (order: Order): Promise<void> => {
    const performed = await performInTime(order);
    assert.deepEqual(performed, { ok: true }, `${order.kind} was refused`);
  };

  const eventually: Stage['eventually'] = async (condition, name) => {
    assert.ok(await wait(PATIENCE_MS, condition), `it did not come to pass that ${name}; reported: ${JSON.stringify(reports)}`);
  };

  const newName = (what: string): string => `${what}-${++names}`;
  const kindsOf = (leg: VoiceLeg): readonly string[] => reports.filter((report) => legOf(report) === leg).map(({ kind }) => kind);
  const legsStanding = async (): Promise<ReadonlyMap<VoiceLeg, 'ringing' | 'up'>> => new Map((await port.legs()).map(({ leg, state }) => [leg, state]));

  const ring = async (callee: Callee): Promise<VoiceLeg> => {
    const leg = newName('1');
    await does({ kind: 'dial', vdnId: 1, leg, to: callee.dialled, from: '12345', ringMs: 30_000 });
    await eventually(() => callee.state() === 'ringing', 'the party is rung');
    return leg;
  };

  const checkLeg = (leg: VoiceLeg): void => {
    const kinds = kindsOf(leg);
    assert.equal(kinds.filter((kind) => kind === 'ended').length, 1, `${leg} has ended exactly once: ${kinds.join()}`);
    assert.equal(kinds.at(-1), 'ended', `nothing follows the end of ${leg}: ${kinds.join()}`);
    for (const kind of ['incoming', 'rang', 'answered']) assert.ok(kinds.filter((one) => one === kind).length <= 1, `${leg} ${kind} more than once`);
    const life = kinds.filter((kind) => ['incoming', 'rang', 'answered', 'ended'].includes(kind)).join();
    assert.match(life, /^(incoming|(rang,)?answered|rang)?,?ended$/, 'reports are in order, and answering a call that came in is not reported');
  };

  return {
    world, reports, does, newName, ring, eventually, kindsOf,
    perform: performInTime,
    up: async () => {
      const callee = await world.callee('phone');
      const leg = await ring(callee);
      await callee.answer();
      await eventually(() => kindsOf(leg).includes('answered'), 'the answer is reported');
      return { leg, farEnd: callee };
    },
    arrival: async () => {
      const before = reportsOf({ reports }, 'incoming').length;
      const farEnd = await world.callIn('13800000001', '12345');
      await eventually(() => reportsOf({ reports }, 'incoming').length > before, 'the arrival is reported');
      return { leg: reportsOf({ reports }, 'incoming').at(-1)?.leg ?? '', farEnd };
    },
    arrange: (room, members) => does({ kind: 'arrange', room, members }),
    hears: async (farEnd, sounds) => {
      const wanted = sounds.toSorted().join();
      const hearing = async (): Promise<string> => (await farEnd.hears()).toSorted().join();
      if (!(await wait(PATIENCE_MS, async () => (await hearing()) === wanted))) assert.equal(await hearing(), wanted, `what ${farEnd.number} hears`);
    },
    quiet: () => world.pass(QUIET_MS),
    endOf: async (leg) => {
      await eventually(() => kindsOf(leg).includes('ended'), `the end of ${leg} is reported`);
      return reportsOf({ reports }, 'ended').find((report) => report.leg === leg)?.cause ?? 0;
    },
    standing: async (leg) => (await legsStanding()).get(leg),
    windUp: async () => {
      for (const leg of (await legsStanding()).keys()) await performInTime({ kind: 'drop', leg, cause: 531 });
      await eventually(async () => (await legsStanding()).size === 0, 'no leg stands any more');
      await eventually(() => [...legsBegun].every((leg) => kindsOf(leg).includes('ended')), 'the end of every leg is reported');
      await world.pass(QUIET_MS);
      for (const leg of legsBegun) checkLeg(leg);
      const begun = new Set(taken.flatMap((order) => beginningOf(order) ?? []));
      assert.deepEqual(reports.flatMap((report) => endingOf(report) ?? []).toSorted(), [...begun].toSorted(), 'what was begun is over exactly once');
      assert.equal(unanswered, 0, 'every order was answered');
      assert.deepEqual(faults, []);
    },
  };
}
