import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Notice } from './notice.ts';
import { AGENT_NOTICES } from './project-agent.ts';
import { CALL_NOTICES } from './project-call.ts';

/** What the agents concerned are told of an event; `centre` is the state right after it. */
export type Tells<Of extends Event['type']> = (event: Extract<Event, { type: Of }>, centre: Centre, at: number) => readonly Notice[];
export type NoticesOf = { readonly [Of in Event['type']]?: Tells<Of> };

const NOTICES: NoticesOf = { ...AGENT_NOTICES, ...CALL_NOTICES };
const NONE: readonly Notice[] = [];

/** The events of 6.5.1 are a projection of what happened. */
export function noticesOf(event: Event, centre: Centre, at: number): readonly Notice[] {
  const tells = NOTICES[event.type] as Tells<Event['type']> | undefined;
  return tells?.(event, centre, at) ?? NONE;
}
