import type { Ask } from './node-type.ts';

/** What is known of the call when it enters a flow. */
export interface Facts {
  readonly call: string;
  readonly caller: string;
  /** Whether the caller's number is more than what a web page says. */
  readonly callerVerified: boolean;
  readonly called: string;
  /** Call data of 6.1.3.3. */
  readonly data: string;
  /** Whether the caller waits in a queue meanwhile: where the flow can do no more, the caller goes on waiting. */
  readonly waits: boolean;
  readonly zone: string;
  readonly queues: readonly number[];
}

type Long = Exclude<Ask['kind'], 'hush' | 'stopRecord'>;

/** Where a caller stands in a flow: plain data, from which the flow goes on. */
export interface FlowState {
  readonly facts: Facts;
  /** The flow's own variables and the call data. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the caller is; undefined while goodbye is said and once the flow is over. */
  readonly node: string | undefined;
  readonly memory: unknown;
  readonly stage: 'running' | 'goodbye' | 'over';
  /** What goes on, by the id under which its end will be told. */
  readonly awaits: Readonly<Partial<Record<Long, number>>>;
  readonly lastId: number;
  readonly typed: string;
  readonly error: string;
  readonly endsAt: number;
  readonly steps: number;
  readonly quietSteps: number;
  readonly errors: number;
  readonly flows: number;
}
