/** What is counted of something in a span of time; whatever is told of it is made of these, so that averages come of sums. */
export type Measures = Readonly<Record<string, number | undefined>>;

/** Spans of seconds by which answers are told apart (Annex A, `_IN_(N)`). */
export const WITHIN = [3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60] as const;

/** When an indicator may be asked for: by quarters of an hour and not, not by them, or by them alone. */
export type Grain = 'either' | 'whole' | 'parts';

export interface Indicator {
  readonly code: string;
  /** Waits for what is settled every five minutes; else what happened right now is in it. */
  readonly settled: boolean;
  readonly grain: Grain;
  readonly of: (measures: Measures) => string;
}

interface Rules {
  readonly settled?: boolean;
  readonly grain?: Grain;
}

const valueOf = (measures: Measures, name: string): number => measures[name] ?? 0;

/** A measure as it is, or a sum and difference of some. */
export function count(code: string, plus: readonly string[], { minus = [], settled = false, grain = 'either' }: Rules & { readonly minus?: readonly string[] } = {}): Indicator {
  return {
    code, settled, grain,
    of: (measures) => String(plus.reduce((sum, name) => sum + valueOf(measures, name), 0) - minus.reduce((sum, name) => sum + valueOf(measures, name), 0)),
  };
}

const percent = (part: number, whole: number): string => (whole === 0 ? '0' : ((part * 100) / whole).toFixed(2));

/** A sum by a number of times, in whole seconds as the reference's examples have it; nothing where there were none. */
export function average(code: string, sum: string, times: string, { settled = false, grain = 'either' }: Rules = {}): Indicator {
  return { code, settled, grain, of: (measures) => String(valueOf(measures, times) === 0 ? 0 : Math.round(valueOf(measures, sum) / valueOf(measures, times))) };
}

/** A part of a whole in per cent; with `inverse` what is left of it. */
export function rate(code: string, part: string, whole: string, { settled = false, grain = 'either', inverse = false }: Rules & { readonly inverse?: boolean } = {}): Indicator {
  return {
    code, settled, grain,
    of: (measures) => {
      const [some, all] = [valueOf(measures, part), valueOf(measures, whole)];
      return percent(inverse ? all - some : some, all);
    },
  };
}
