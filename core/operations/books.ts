import type { AgentState } from '../agent/agent.ts';
import type { DeviceKind } from '../call/call.ts';
import type { Purpose } from '../call/third.ts';
import type { Operation, OperationType, OwnCall } from './operation.ts';

/** What an operation is, but for when. */
export interface Doing {
  readonly type: OperationType;
  readonly object?: number | undefined;
  readonly cause?: number | undefined;
  readonly own?: OwnCall | undefined;
  readonly phone?: string | undefined;
  readonly manual?: boolean | undefined;
}

/** An operation that goes on. */
export interface Span extends Doing {
  /** What it is found by when it ends: `state`, or of a call such as `hold:1700000000-1`. */
  readonly key: string;
  readonly from: number;
}

/** What is known of an agent who is signed in, between one event and the next: small, and JSON. */
export interface Desk {
  readonly agent: number;
  readonly logonSn: number;
  readonly agentType: number;
  phone: string;
  state: AgentState;
  /** In the order in which they began. */
  spans: Span[];
  /** The calls and sessions that the agent is in, the latest last. */
  calls: OwnCall[];
  /** The call before. */
  last?: OwnCall | undefined;
  inspecting?: number | undefined;
  /** Whom the inspector listened to until just now, to take over the call. */
  tookOver?: number | undefined;
  hearing?: boolean | undefined;
  /** A rest that an inspector has ordered ends by itself then. */
  restUntil?: number | undefined;
}

/** What is known of a call, or of a conference, that operations need. */
export interface CallFacts {
  readonly feature: number;
  readonly media: number;
  readonly about?: string | undefined;
  /** Of an internal call: who is called. */
  readonly callee?: number | undefined;
  queue?: number | undefined;
  /** The first flow that it was in. */
  service?: number | undefined;
  readonly agents: number[];
  /** How many from outside are in it. */
  customers: number;
  third?: {
    readonly by: number; readonly purpose: Purpose; readonly device: DeviceKind; readonly no: string; readonly from: number; readonly queueBefore?: number | undefined;
  } | undefined;
  /** The number outside that is dialled for a transfer; it is personal. */
  number?: string | undefined;
  /** Who has passed it on blindly, at this moment: where to shows next. */
  passing?: { readonly agent: number; readonly at: number } | undefined;
  /** Whose transfer has been told already, and who leaves by it. */
  passed?: number | undefined;
  /** Who waits for it to come back from a flow. */
  suspended?: number | undefined;
  /** Who has brought three parties together. */
  three?: number | undefined;
  /** Of a conference. */
  chair?: number | undefined;
}

export interface Books {
  readonly desks: Map<number, Desk>;
  readonly calls: Map<string, CallFacts>;
}

/** One event being folded in. */
export interface Entry {
  readonly books: Books;
  readonly at: number;
  /** Its number in the journal. */
  readonly seq: number;
  /** What has ended with it. */
  readonly rows: Operation[];
}

export const emptyBooks = (): Books => ({ desks: new Map(), calls: new Map() });

/** The call as whoever comes into it has it. */
export function ownCall({ calls }: Books, call: string): OwnCall {
  const { feature, media, queue, service, about } = calls.get(call) ?? {};
  return { call, queue, service, feature, media, about };
}

/** The agent's call of that id, be it over for the agent just now. */
export const callAt = (desk: Desk, call: string): OwnCall | undefined => desk.calls.find((own) => own.call === call) ?? (desk.last?.call === call ? desk.last : undefined);
