import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { callIdOf } from '../call/call-id.ts';
import type { VoiceLeg } from '../voice/order.ts';
import type { Event } from './event.ts';
import { evolve } from './evolve.ts';
import type { Centre } from './state.ts';

/** Watches events as they happen, with the state right behind them: projections are made so, orders to the voice port too. */
export type Watch = (event: Event, centre: Centre, at: number) => void;

/** What customers write and press for others is shown and never kept: codes and card numbers are among it (6.1.2.25, 6.5.1.9.1). */
const FLEETING = ['KeysForwarded', 'CustomerWrote'] as const;
type Fleeting = Extract<Event, { type: (typeof FLEETING)[number] }>;

export const isFleeting = (event: Event): event is Fleeting => FLEETING.some((type) => type === event.type);

/** One decision in the making. What is emitted is in force at once, so the rest of the decision sees it. */
export interface Step {
  readonly centre: Centre;
  readonly at: number;
  readonly emit: (event: Exclude<Event, Fleeting>) => void;
  /** Lets the watches see what is kept nowhere and changes nothing. */
  readonly show: (event: Fleeting) => void;
}

export function beginStep(centre: Centre, at: number, watches: readonly Watch[]): Step & { readonly events: Event[] } {
  const events: Event[] = [];
  const show = (event: Event): void => {
    for (const watch of watches) watch(event, centre, at);
  };
  return {
    centre, at, events, show,
    emit: (event) => {
      events.push(event);
      evolve(centre, event, at);
      show(event);
    },
  };
}

export const nextCallId = ({ centre, at }: Step): string => callIdOf(centre.vdnId, centre.given.call + 1, at);

/** Unique in the whole installation, as the voice port serves every VDN. */
export const nextLegId = ({ centre }: Step): VoiceLeg => `${centre.vdnId}-${centre.given.leg + 1}`;

/** A thing that decisions know to exist: its absence is a bug, not a refusal. */
export function callOf({ centre }: Step, id: string): Call {
  const call = centre.calls.get(id);
  if (call === undefined) throw new Error(`there is no call ${id}`);
  return call;
}

export function agentOf({ centre }: Step, id: number): Agent {
  const agent = centre.agents.get(id);
  if (agent === undefined) throw new Error(`agent ${id} is not signed in`);
  return agent;
}
