/** How long an agent may take to answer an invitation, or a chair's phone to be picked up. */
export const SEAT_MS = 30_000;
export const MINUTE_MS = 60_000;

export const endTimer = (conference: number): string => `conference:end:${conference}`;
export const promptTimer = (conference: number): string => `conference:prompt:${conference}`;
export const seatTimer = (conference: number, participant: number): string => `conference:seat:${conference}-${participant}`;
