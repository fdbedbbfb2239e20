import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Notice } from './notice.ts';
import { AGENT_NOTICES } from './project-agent.ts';
import { CALL_NOTICES } from './project-call.ts';
import { CHAT_NOTICES } from './project-chat.ts';
import { CONFERENCE_NOTICES } from './project-conference.ts';
import { IMAGE_NOTICES } from './project-image.ts';
import { OFFER_NOTICES } from './project-offer.ts';
import { PHONE_NOTICES } from './project-phone.ts';
import { PREVIEW_NOTICES } from './project-preview.ts';
import { RECORDING_NOTICES } from './project-recording.ts';
import { TRANSFER_NOTICES } from './project-transfer.ts';

/** What the agents concerned are told of an event; `centre` is the state right after it. */
export type Tells<Of extends Event['type']> = (event: Extract<Event, { type: Of }>, centre: Centre, at: number) => readonly Notice[];
export type NoticesOf = { readonly [Of in Event['type']]?: Tells<Of> };

/** The chapters side by side. What happened is told by one of them, or the other would never be heard. */
function together(...chapters: readonly NoticesOf[]): NoticesOf {
  const told = chapters.flatMap((chapter) => Object.keys(chapter));
  const twice = told.find((type, index) => told.indexOf(type) !== index);
  if (twice !== undefined) throw new Error(`two chapters tell of ${twice}`);
  return Object.assign({}, ...chapters) as NoticesOf;
}

const NOTICES = together(
  AGENT_NOTICES, CALL_NOTICES, OFFER_NOTICES, PHONE_NOTICES, PREVIEW_NOTICES, TRANSFER_NOTICES, CONFERENCE_NOTICES, CHAT_NOTICES, RECORDING_NOTICES, IMAGE_NOTICES,
);
const NONE: readonly Notice[] = [];

/** The events of 6.5.1 are a projection of what happened. */
export function noticesOf(event: Event, centre: Centre, at: number): readonly Notice[] {
  const tells = NOTICES[event.type] as Tells<Event['type']> | undefined;
  return tells?.(event, centre, at) ?? NONE;
}
