import { useSyncExternalStore } from 'react';

/* The link that Parley prints at its start has a token behind the #. It is kept for this tab alone, and taken out of the address, which people show and send to others. */

const STORED = 'parley.demo';
const LINK = /^#demo=([\w-]+)$/;

export interface DemoLink {
  readonly token: string | undefined;
  /** Whether it is asked whom to be: when the link has just been opened, or somebody wants to be somebody else. */
  readonly isAsked: boolean;
}

let link: DemoLink = { token: sessionStorage.getItem(STORED) ?? undefined, isAsked: false };
const listeners = new Set<() => void>();

function set(next: DemoLink): void {
  link = next;
  for (const listener of listeners) listener();
}

function take(): void {
  const [, token] = LINK.exec(location.hash) ?? [];
  if (token === undefined) return;
  sessionStorage.setItem(STORED, token);
  history.replaceState(history.state, '', location.pathname + location.search);
  set({ token, isAsked: true });
}

take();
// Somebody who pastes the link over the address of this page does not load it anew.
addEventListener('hashchange', take);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const useDemoLink = (): DemoLink => useSyncExternalStore(subscribe, () => link);

export function askWhom(isAsked: boolean): void {
  if (link.isAsked !== isAsked) set({ ...link, isAsked });
}
