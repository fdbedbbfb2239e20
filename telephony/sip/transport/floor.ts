import type { Timers } from '../../timers.ts';
import type { LocalPlaces } from './addresses.ts';
import type { Connections } from './connections.ts';
import type { CountersByKind } from './counters.ts';
import type { Intake } from './intake.ts';
import type { TransportLimits, TransportTiming } from './limits.ts';

export type OnFault = (what: string, details: Readonly<Record<string, unknown>>) => void;

/** What all kinds of transport stand on. */
export interface Floor {
  readonly timers: Timers;
  readonly limits: TransportLimits;
  readonly timing: TransportTiming;
  readonly counters: CountersByKind;
  readonly connections: Connections;
  readonly intake: Intake;
  readonly localPlaces: LocalPlaces;
  readonly onFault: OnFault;
}
