import { countAgentCalls, countFlow, countSkill, countVdn, type Figures } from './calls.ts';
import { readCallLines, readOperationLines, type OperationLine } from './lines.ts';
import { DEVICE, readStays, type Stay } from './stays.ts';
import { countWork, type Period } from './work.ts';

export type { Figures } from './calls.ts';
export type { Period } from './work.ts';

/** The files of bills of a tenant: `call` and `agentOprInfo`. */
export interface Bills {
  readonly calls: string;
  readonly operations: string;
  /** In whose zone the times are. */
  readonly zone?: string;
}

/** Of calls of one medium alone (Table 12-695), and of one kind of it. */
export interface OfMedia {
  readonly media?: number | undefined;
  readonly subMedia?: number | undefined;
}

/** Of calls that come in, those alone that came to one number, or whose caller showed one or not. */
export interface OfCalls extends OfMedia {
  readonly called?: string | undefined;
  readonly anonymous?: boolean | undefined;
}

/** Indicators made of nothing but bills, as any program could that has them. */
export interface Recount {
  readonly skill: (queue: number, period: Period, media?: OfMedia) => Figures;
  readonly agent: (agent: number, period: Period, media?: OfMedia) => Figures;
  readonly vdn: (period: Period, calls?: OfCalls) => Figures;
  readonly flow: (flow: number, period: Period, media?: OfMedia) => Figures;
}

const isOf = ({ media, subMedia }: OfMedia) => (stay: Stay): boolean =>
  (media === undefined || stay.media === media) && (subMedia === undefined || stay.subMedia === subMedia);

/** What bills have in place of a number that was withheld: nothing, or one of these words. */
const WITHHELD = /^(anonymous|unavailable|restricted|private|unknown)?$/i;
const isThat = ({ called, anonymous }: OfCalls) => (stay: Stay): boolean =>
  stay.way !== 'in' || ((called === undefined || stay.called === called) && (anonymous === undefined || anonymous === WITHHELD.test(stay.caller)));

export function createRecount({ calls, operations, zone = 'UTC' }: Bills): Recount {
  const stays = readStays(readCallLines(calls, zone));
  const done = readOperationLines(operations, zone);
  // A device counts when it was left.
  const leftIn = ({ from, to }: Period, media: OfMedia = {}): readonly Stay[] => stays.filter((stay) => stay.left >= from && stay.left < to && isOf(media)(stay));
  const doneBy = (agent: number, { media, subMedia }: OfMedia = {}): readonly OperationLine[] =>
    done.filter((line) => line.agent === agent && (line.media === undefined || ((media ?? line.media) === line.media && (subMedia ?? 0) === 0)));
  return {
    skill: (queue, period, media) => countSkill(leftIn(period, media).filter(({ firstQueue }) => firstQueue === queue)),
    agent: (agent, period, media) => ({ ...countAgentCalls(leftIn(period, media).filter((stay) => stay.agent === agent)), ...countWork(doneBy(agent, media), period) }),
    vdn: (period, only = {}) => countVdn(leftIn(period, only).filter(isThat(only))),
    flow: (flow, period, media) => countFlow(leftIn(period, media).filter(({ device, deviceNo }) => device === DEVICE.flow && Number(deviceNo) === flow)),
  };
}
