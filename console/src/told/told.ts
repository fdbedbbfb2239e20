import { useSyncExternalStore } from 'react';
import type { Language } from '../text/catalogue.ts';
import type { Telling } from './tongue.ts';

/* What the server says, told in the language of the page: what is not known there stays as it is. */

const asItIs: Telling = (text) => text;
let telling = asItIs;
let wanted: Language = 'en';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

const tellingNow = (): Telling => telling;

/** The Chinese is loaded by those who read it. Where it cannot be, they read what the server says. */
const load = (language: Language): Promise<Telling> =>
  (language === 'zh' ? import('./chinese/chinese.ts').then(({ tellInChinese }) => tellInChinese, () => asItIs) : Promise.resolve(asItIs));

export async function tellIn(language: Language): Promise<void> {
  wanted = language;
  const loaded = await load(language);
  if (wanted !== language) return;
  telling = loaded;
  for (const listener of listeners) listener();
}

/** As of now, for what is not drawn anew. */
export const told: Telling = (text) => telling(text);
export const useTold = (): Telling => useSyncExternalStore(subscribe, tellingNow);
