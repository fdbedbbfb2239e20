import { useSyncExternalStore } from 'react';
import { deskNow, onAgentEvent, onDeskChange } from './desk.ts';
import { messageOf, type Message } from './message-events.ts';

/* Notes of colleagues and messages of customers, of which events tell but once: they stay until the desk is left, also when the page is loaded anew. */

const STORED = 'parley.desk.messages';
const MOST = 500;

interface Kept {
  readonly signedInAt: number;
  readonly messages: readonly Message[];
}

function remembered(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Kept ?? undefined;
  } catch {
    // What another version has stored is worth nothing.
    return undefined;
  }
}

let messages: readonly Message[] = [];
let session: number | undefined;
const listeners = new Set<() => void>();

function set(next: readonly Message[]): void {
  messages = next.slice(-MOST);
  if (session === undefined) sessionStorage.removeItem(STORED);
  else sessionStorage.setItem(STORED, JSON.stringify({ signedInAt: session, messages } satisfies Kept));
  for (const listener of listeners) listener();
}

export function addMessage(message: Message): void {
  set([...messages, message]);
}

export const useMessages = (): readonly Message[] => useSyncExternalStore(
  (listener) => {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  },
  () => messages,
);

function follow(): void {
  const { standing, session: now } = deskNow();
  // While the page is loaded nobody knows yet whether the session goes on.
  if (standing === 'unknown' || standing === 'opening' || session === now?.signedInAt) return;
  session = now?.signedInAt;
  const kept = remembered();
  set(kept !== undefined && kept.signedInAt === session ? kept.messages : []);
}

export function keepMessages(): () => void {
  const stopDesk = onDeskChange(follow);
  const stopEvents = onAgentEvent((event) => {
    const message = messageOf(event);
    if (message !== undefined) addMessage(message);
  });
  return () => {
    stopDesk();
    stopEvents();
  };
}
