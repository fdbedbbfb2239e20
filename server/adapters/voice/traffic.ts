import { CAUSE } from '@parley/core/call/call.ts';
import type { TrunkUsage } from '../../../telephony/sip/trunk/trunks.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { OfficeCounts, OfficeFigures, SwitchPeriod } from '../../modules/system-indicator/index.ts';
import { trunkOf } from './directory.ts';
import type { Leg } from './legs.ts';

export interface TrafficDependencies {
  readonly timers: Timers;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly trunks: () => readonly TrunkUsage[];
  /** How many registrations stand. */
  readonly terminals: () => number;
}

type Came = Pick<Leg, 'id' | 'direction' | 'who'>;

/** Counts the calls that come in, by the ways by which they come, in five minutes of the clock each. */
export interface Traffic {
  /** A call comes in, whoever it is for. */
  readonly came: (leg: Came) => void;
  readonly rang: (leg: Came) => void;
  /** It is up; also one that stood before this process began, or that is another's now. */
  readonly stands: (leg: Came) => void;
  readonly ends: (leg: Came, cause: number) => void;
  /** A call that never became a leg. */
  readonly refused: (who: string, status: number) => void;
  /** The latest that are over. */
  readonly periods: () => readonly SwitchPeriod[];
  readonly stop: () => void;
}

const FIVE_MS = 300_000;
/** An hour, for whoever keeps them and cannot for a while. */
const REMEMBERED = 12;
/** Who is late by more was not there at the end of the five minutes. */
const LATE_MS = 5_000;

type Counts = { -readonly [Name in keyof OfficeCounts]: OfficeCounts[Name] };

const noCounts = (): Counts => ({
  came: 0, rang: 0, answered: 0, refused: 0, busy: 0, unknownNumber: 0, noAnswer: 0, gaveUp: 0, gaveUpBeforeRinging: 0,
  setupMs: 0, ended: 0, endedMs: 0, talksEnded: 0, talksEndedMs: 0, seizedMs: 0, rungMs: 0, answeredMs: 0,
});

interface Office {
  counts: Counts;
  /** Up to when the time of calls that stand was added. */
  since: number;
  seized: number;
  rung: number;
  answered: number;
}

interface Known {
  readonly office: Office;
  readonly cameAt: number;
  rangAt?: number;
  answeredAt?: number;
}

/** Why a call was not answered, as offices tell it. */
function missed(counts: Counts, cause: number, hasRung: boolean): void {
  if (cause === CAUSE.busy || cause === CAUSE.queueFull) counts.busy += 1;
  else if (cause === CAUSE.unknownNumber) counts.unknownNumber += 1;
  else if (cause === CAUSE.noResource || cause === CAUSE.internalError) counts.refused += 1;
  else if (cause === CAUSE.gaveUp) {
    counts.gaveUp += 1;
    if (!hasRung) counts.gaveUpBeforeRinging += 1;
  } else counts.noAnswer += 1;
}

export function createTraffic({ timers, clock, trunks, terminals }: TrafficDependencies): Traffic {
  const offices = new Map<string, Office>();
  const legs = new Map<string, Known>();
  const periods: SwitchPeriod[] = [];
  /** How long trunks had been in use when the five minutes began. */
  let busyBefore = new Map<string, number>();
  let from = Math.floor(clock() / FIVE_MS) * FIVE_MS;
  let isWhole = clock() === from;
  let callOff = (): void => {};

  const add = (office: Office): void => {
    const now = timers.now();
    const ms = now - office.since;
    office.since = now;
    office.counts.seizedMs += office.seized * ms;
    office.counts.rungMs += office.rung * ms;
    office.counts.answeredMs += office.answered * ms;
  };

  const officeNamed = (name: string): Office => {
    const known = offices.get(name) ?? { counts: noCounts(), since: timers.now(), seized: 0, rung: 0, answered: 0 };
    offices.set(name, known);
    add(known);
    return known;
  };

  const enter = ({ id, who = '' }: Came): Known => {
    const office = officeNamed(trunkOf(who) ?? '');
    const known: Known = { office, cameAt: timers.now() };
    legs.set(id, known);
    office.seized += 1;
    return known;
  };

  const ringing = (known: Known): void => {
    if (known.rangAt !== undefined) return;
    known.rangAt = timers.now();
    known.office.rung += 1;
  };

  const figuresOf = (name: string, { counts }: Office, usage: TrunkUsage | undefined): OfficeFigures => ({
    ...counts, name, busyNow: usage?.calls, busyMs: usage === undefined ? undefined : usage.busyMs - (busyBefore.get(name) ?? 0),
    circuits: usage?.maxCalls, isBlocked: usage?.isBlocked ?? false,
  });

  const close = (to: number, late: number): void => {
    const used = new Map(trunks().map((usage) => [usage.name, usage]));
    for (const name of ['', ...used.keys()]) officeNamed(name);
    for (const office of offices.values()) add(office);
    periods.push({
      from, to, isWhole: isWhole && late <= LATE_MS, terminals: terminals(),
      offices: [...offices].map(([name, office]) => figuresOf(name, office, used.get(name))),
    });
    if (periods.length > REMEMBERED) periods.shift();
    busyBefore = new Map([...used.values()].map(({ name, busyMs }) => [name, busyMs]));
    for (const [name, office] of offices) {
      office.counts = noCounts();
      if (name !== '' && !used.has(name) && office.seized === 0) offices.delete(name);
    }
  };

  const wait = (): void => { callOff = timers.after(Math.max(1, from + FIVE_MS - clock()), look); };
  function look(): void {
    const [now, to] = [clock(), from + FIVE_MS];
    // Timers are rung a little early now and then.
    if (now >= to) {
      close(to, now - to);
      from = Math.floor(now / FIVE_MS) * FIVE_MS;
      isWhole = now - from <= LATE_MS;
    } else if (now < from) {
      // The clock was put back: what is told of twice is told of once.
      from = Math.floor(now / FIVE_MS) * FIVE_MS;
      isWhole = false;
    }
    wait();
  }
  wait();

  return {
    came: (leg) => { enter(leg).office.counts.came += 1; },
    rang: ({ id }) => {
      const known = legs.get(id);
      if (known === undefined || known.rangAt !== undefined) return;
      add(known.office);
      ringing(known);
      known.office.counts.rang += 1;
      known.office.counts.setupMs += timers.now() - known.cameAt;
    },
    stands: (leg) => {
      if (leg.direction === 'out') return;
      const isOurs = legs.has(leg.id);
      const known = legs.get(leg.id) ?? enter(leg);
      if (known.answeredAt !== undefined) return;
      add(known.office);
      ringing(known);
      known.answeredAt = timers.now();
      known.office.answered += 1;
      if (isOurs) known.office.counts.answered += 1;
    },
    ends: ({ id }, cause) => {
      const known = legs.get(id);
      if (known === undefined) return;
      legs.delete(id);
      const { office, cameAt, rangAt, answeredAt } = known;
      add(office);
      const now = timers.now();
      office.seized -= 1;
      if (rangAt !== undefined) office.rung -= 1;
      office.counts.ended += 1;
      office.counts.endedMs += now - cameAt;
      if (answeredAt === undefined) {
        missed(office.counts, cause, rangAt !== undefined);
        return;
      }
      office.answered -= 1;
      office.counts.talksEnded += 1;
      office.counts.talksEndedMs += now - answeredAt;
    },
    refused: (who, status) => {
      const { counts } = officeNamed(trunkOf(who) ?? '');
      counts.came += 1;
      if (status === 404) counts.unknownNumber += 1;
      else counts.refused += 1;
    },
    periods: () => periods,
    stop: () => { callOff(); },
  };
}
