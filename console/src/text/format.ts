import { useMemo } from 'react';
import { useLanguage, type Language } from './catalogue.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

export interface Format {
  readonly time: (at: number) => string;
  readonly date: (at: number) => string;
  readonly moment: (at: number) => string;
  readonly count: (amount: number) => string;
  readonly share: (part: number, whole: number) => string;
}

/** How times and numbers are written in the language that the page has, in the zone of whoever looks unless another one is told. */
export function useFormat(timeZone?: string): Format {
  const locale = LOCALES[useLanguage()];
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', timeZone });
    const count = new Intl.NumberFormat(locale);
    const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    return {
      time: (at) => time.format(at), date: (at) => date.format(at), moment: (at) => moment.format(at), count: (amount) => count.format(amount),
      share: (part, whole) => (whole === 0 ? '–' : share.format(part / whole)),
    };
  }, [locale, timeZone]);
}

const two = (amount: number): string => String(amount).padStart(2, '0');

/** A span of time as clocks show it: `4:07`, `1:04:07`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
