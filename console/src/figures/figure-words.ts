import { useLanguage, useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { figureTexts } from './figure-texts.ts';
import { wordingOf, type Wording } from './indicator-names.ts';
import { unitOf } from './indicators.ts';

export interface FigureWords {
  readonly wordingOf: (code: string) => Wording;
  /** A figure as people read it. */
  readonly valueOf: (code: string, value: number | undefined) => string;
  /** What a column of plain numbers is called. */
  readonly columnOf: (code: string) => string;
}

const SECOND_MS = 1000;

/** Names and values of indicators, as they are read. */
export function useFigureWords(): FigureWords {
  const language = useLanguage();
  const text = useText(figureTexts);
  const { count } = useFormat();
  return {
    wordingOf: (code) => wordingOf(language, code),
    valueOf: (code, value) => {
      if (value === undefined) return '–';
      const unit = unitOf(code);
      return unit === 'seconds' ? clockText(value * SECOND_MS) : unit === 'percent' ? `${count(Math.round(value * 10) / 10)} %` : count(value);
    },
    columnOf: (code) => {
      const unit = unitOf(code);
      const { name } = wordingOf(language, code);
      return unit === 'count' ? name : text.unit[unit](name);
    },
  };
}
