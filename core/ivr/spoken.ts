/** How a value is to be read out. */
export const SPOKEN = ['digits', 'number', 'date', 'time', 'amount'] as const;
export type Spoken = (typeof SPOKEN)[number];

/** Sign by sign, so that no engine makes a number of it: agents, accounts and telephones are numbered so (5.2.1 answerFunction). */
export const sayDigits = (text: string): string => Array.from(text).filter((sign) => sign !== ' ').join(' ');

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;
const DATE = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})/;
const TIME = /(?:^|[T ])(\d{2}):(\d{2})/;

/** Languages are named as `en_US` on the wire. */
const tagOf = (language: string): string => language.replace('_', '-');

/** The value in words and figures that any engine of the language reads well; what is not of the kind is read as it stands. */
export const inWords = (value: string, how: Spoken, language: string, currency: string | undefined): string =>
  // Engines know one blank only.
  formed(value, how, language, currency).replace(/[\u00a0\u202f]/g, ' ');

function formed(value: string, how: Spoken, language: string, currency: string | undefined): string {
  switch (how) {
    case 'digits':
      return sayDigits(value);
    case 'number':
      return NUMBER.test(value) ? new Intl.NumberFormat(tagOf(language), { maximumFractionDigits: 6, useGrouping: false }).format(Number(value)) : value;
    case 'amount':
      return NUMBER.test(value) && currency !== undefined
        ? new Intl.NumberFormat(tagOf(language), { style: 'currency', currency, currencyDisplay: 'name', useGrouping: false }).format(Number(value))
        : value;
    case 'date': {
      const [, year = '', month = '', day = ''] = DATE.exec(value) ?? [];
      const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
      return year === '' || Number.isNaN(date.getTime()) ? value : new Intl.DateTimeFormat(tagOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(date);
    }
    case 'time': {
      const [, hour = '', minute = ''] = TIME.exec(value) ?? [];
      const time = new Date(`2000-01-01T${hour}:${minute}:00Z`);
      return hour === '' || Number.isNaN(time.getTime()) ? value : new Intl.DateTimeFormat(tagOf(language), { timeStyle: 'short', timeZone: 'UTC' }).format(time);
    }
    default:
      return how satisfies never;
  }
}

/** ISO 4217, as far as the form goes. */
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** A language as it is named here: `en`, `en_US`, `zh_CN`. */
export const LANGUAGE = /^[a-z]{2,3}(?:[_-][A-Z]{2})?$/;
