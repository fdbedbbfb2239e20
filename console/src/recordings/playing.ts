/* What keys do in a recording, and where they lead. */

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];
export const JUMP_S = 10;
const STEP_S = 5;

export type Move = { readonly kind: 'toggle' } | { readonly kind: 'by'; readonly seconds: number } | { readonly kind: 'to'; readonly share: 0 | 1 } | { readonly kind: 'speed'; readonly by: 1 | -1 };

const KEYS: Readonly<Record<string, Move>> = {
  ' ': { kind: 'toggle' }, k: { kind: 'toggle' }, ArrowLeft: { kind: 'by', seconds: -STEP_S }, ArrowRight: { kind: 'by', seconds: STEP_S }, ArrowDown: { kind: 'by', seconds: -STEP_S }, ArrowUp: { kind: 'by', seconds: STEP_S },
  PageDown: { kind: 'by', seconds: -6 * STEP_S }, PageUp: { kind: 'by', seconds: 6 * STEP_S }, Home: { kind: 'to', share: 0 }, End: { kind: 'to', share: 1 },
  '<': { kind: 'speed', by: -1 }, '>': { kind: 'speed', by: 1 },
};

export const moveOf = (key: string): Move | undefined => KEYS[key];

/** The next faster or slower speed; the last one stays. */
export function speedAfter(speed: Speed, by: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}

/** Where a jump ends: within the recording. */
export const placeAfter = (at: number, seconds: number, length: number): number => Math.min(Math.max(0, at + seconds), length);
