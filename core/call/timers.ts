import type { VoiceLeg } from '../voice/order.ts';

/** How long an agent's phone, or a number outside, may ring. */
export const RING_MS = 30_000;
/** A leg that does not end when told to is given up: no call may hang on it. */
export const DROP_MS = 5000;

/** A browser asks its user for the camera, who may take a while; a phone that says nothing is given up by SIP after 32 s. */
export const SWITCH_MS = 40_000;

/** How long a call waits for one agent, where nobody says. */
export const OWN_QUEUE_MS = 60_000;

export const waitTimer = (call: string, queue: number): string => `wait:${call}:${queue}`;
export const ownQueueTimer = (call: string): string => `own:${call}`;
export const previewTimer = (agent: number): string => `preview:${agent}`;
export const answerTimer = (call: string): string => `answer:${call}`;
export const ringTimer = (leg: VoiceLeg): string => `ring:${leg}`;
export const mediaTimer = (call: string): string => `media:${call}`;
export const dropTimer = (leg: VoiceLeg): string => `drop:${leg}`;
