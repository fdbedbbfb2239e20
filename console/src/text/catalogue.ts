import { useSyncExternalStore } from 'react';
import { tellIn } from '../told/told.ts';

/* Every word that people read stands in a catalogue, in each language at once: a text that one of them lacks does not compile. */

export const LANGUAGES = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof LANGUAGES;

/** The same texts in another language. */
type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : T[K] extends (...given: infer Given) => string ? (...given: Given) => string : Translated<T[K]>;
};

export type Catalogue<T> = Readonly<Record<Language, Translated<T>>>;

export const catalogue = <const T extends object>(texts: { readonly en: T; readonly zh: Translated<T> }): Catalogue<T> => texts as Catalogue<T>;

const STORED = 'parley.language';
const isLanguage = (text: string | null): text is Language => text !== null && text in LANGUAGES;

function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

let current = preferred();
document.documentElement.lang = current;
void tellIn(current);
const listeners = new Set<() => void>();

export function setLanguage(language: Language): void {
  current = language;
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  void tellIn(language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export const languageNow = (): Language => current;
export const useLanguage = (): Language => useSyncExternalStore(subscribe, languageNow);
export const useText = <T>(texts: Catalogue<T>): Translated<T> => texts[useLanguage()];
