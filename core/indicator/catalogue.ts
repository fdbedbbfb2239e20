import type { Indicator } from './measure.ts';

/** Indicators by their codes, which are also written with the number in brackets: `_IN_20` and `_IN_(20)`. */
export interface Catalogue {
  readonly find: (code: string) => Indicator | undefined;
  readonly all: readonly Indicator[];
  /** Other names of some. */
  readonly aliases: Readonly<Record<string, string>>;
}

const plain = (code: string): string => code.trim().toUpperCase().replaceAll(/[()]/g, '');

export function catalogueOf(indicators: readonly Indicator[], aliases: Readonly<Record<string, string>> = {}): Catalogue {
  const byCode = new Map(indicators.map((one) => [one.code, one]));
  return { all: indicators, aliases, find: (code) => byCode.get(aliases[plain(code)] ?? plain(code)) };
}

export interface Asked {
  /** The code as it was asked for, as the answer repeats it. */
  readonly as: string;
  readonly indicator: Indicator;
}

/** What is asked for, or which code cannot be: one that there is not, or not in parts of a day, or in them alone. */
export function askedOf(catalogue: Catalogue, codes: readonly string[], inParts: boolean): readonly Asked[] | { readonly wrong: string } {
  const asked: Asked[] = [];
  for (const code of codes) {
    const indicator = catalogue.find(code);
    if (indicator === undefined) return { wrong: `there is no indicator ${code}` };
    if (inParts && indicator.grain === 'whole') return { wrong: `${code} is not counted by parts of a day` };
    if (!inParts && indicator.grain === 'parts') return { wrong: `${code} is counted by parts of a day alone` };
    asked.push({ as: code, indicator });
  }
  return asked;
}
