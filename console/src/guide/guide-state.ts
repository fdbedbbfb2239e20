import { useSyncExternalStore } from 'react';

/* What the guide keeps in this browser: what somebody has looked at, which no server knows, and whether it has been put away. */

const STORED = 'parley.guide';

interface GuideState {
  readonly isAway: boolean;
  readonly seen: readonly string[];
}

function read(): GuideState {
  try {
    const { isAway, seen } = JSON.parse(localStorage.getItem(STORED) ?? '{}') as { readonly isAway?: unknown; readonly seen?: unknown };
    return { isAway: isAway === true, seen: Array.isArray(seen) ? seen.filter((one) => typeof one === 'string') : [] };
  } catch {
    // What is there is not ours.
    return { isAway: false, seen: [] };
  }
}

let state = read();
const listeners = new Set<() => void>();

function set(changes: Partial<GuideState>): void {
  state = { ...state, ...changes };
  localStorage.setItem(STORED, JSON.stringify(state));
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const useGuideState = (): GuideState => useSyncExternalStore(subscribe, () => state);
export const putAway = (isAway: boolean): void => { set({ isAway }); };
/** Of each person of its own, as several share a browser in the demo. */
export const seenBy = (account: string, step: string): string => `${account} ${step}`;
export const noteSeen = (seen: string): void => { if (!state.seen.includes(seen)) set({ seen: [...state.seen, seen] }); };
