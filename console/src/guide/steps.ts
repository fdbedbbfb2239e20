import type { Session } from '../session/session.ts';

/* What a newcomer does first, by who they are, and what of it is done: as the server says, but for having looked at something. */

export type StepName =
  | 'ready' | 'call' | 'talk' | 'look' | 'board' | 'others'
  | 'queue' | 'agent' | 'number' | 'button' | 'watch'
  | 'tenant' | 'choose' | 'people' | 'keys' | 'trunk';

/** Undefined as long as it is not known. */
export type Facts = Readonly<Partial<Record<StepName, boolean>>>;

type Who = Pick<Session, 'role' | 'workNo'>;

/** Five for each. An agent who sees the tenant as well looks at the board in the end; one who does not is shown who does. */
export function stepsFor({ role, workNo }: Who): readonly StepName[] {
  if (role === 'operator') return ['tenant', 'choose', 'people', 'keys', 'trunk'];
  if (role === 'administrator') return ['queue', 'agent', 'number', 'button', 'watch'];
  if (workNo === null) return ['call', 'board', 'look', 'others'];
  return ['ready', 'call', 'talk', 'look', role === 'agent' ? 'others' : 'board'];
}

export interface SeenCall {
  readonly isLive: boolean;
  readonly direction: string;
  readonly stage: string | null;
  readonly missed: boolean;
  readonly workNo: number | null;
}

export interface SeenDesk {
  readonly agent: { readonly state: string };
  readonly calls: readonly { readonly direction: string; readonly stage: string }[];
  readonly queues: readonly { readonly waiting: number }[];
}

const TALKING: ReadonlySet<string> = new Set(['talking', 'held', 'conference']);

/** What calls show: whoever has talked has been called, and whoever was called was ready. */
export function factsOfCalls(calls: readonly SeenCall[] | undefined, desk: SeenDesk | undefined): Facts {
  if (calls === undefined) return {};
  const here = desk?.calls.filter(({ direction }) => direction === 'in') ?? [];
  const talk = calls.some(({ isLive, direction, stage, missed, workNo }) => direction === 'in' && ((!isLive && !missed && workNo !== null) || TALKING.has(stage ?? ''))) || here.some(({ stage }) => TALKING.has(stage));
  const call = talk || here.length > 0 || calls.some(({ direction }) => direction === 'in') || desk?.queues.some(({ waiting }) => waiting > 0) === true;
  const isIn = desk !== undefined && desk.agent.state !== 'signedOut';
  return { ready: isIn || talk, call, talk, watch: call };
}

export interface Progress {
  readonly done: number;
  /** The one to do now; undefined when all are done. */
  readonly next: StepName | undefined;
}

export const progressOf = (steps: readonly StepName[], facts: Facts): Progress => ({
  done: steps.filter((step) => facts[step] === true).length,
  next: steps.find((step) => facts[step] !== true),
});
