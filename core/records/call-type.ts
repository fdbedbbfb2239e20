/** Call types of 12.3.8.6 by where calls come from; the numbers are those of call features (6.5.4). */
export const INBOUND_TYPES = [0, 5, 13, 21, 46] as const;
export const INTERNAL_TYPES = [6, 17, 18, 51, 52] as const;
export const OUTBOUND_TYPES = [7, 8, 9, 10, 11, 12, 14, 22, 23, 40, 41, 42, 43, 44, 45, 50, 60, 61, 62, 63, 64] as const;

const inbound: ReadonlySet<number> = new Set(INBOUND_TYPES);
const outbound: ReadonlySet<number> = new Set(OUTBOUND_TYPES);

export const isInbound = (type: number): boolean => inbound.has(type);
export const isOutbound = (type: number): boolean => outbound.has(type);

/** 16.1 has kinds of its own, coarser than those of 12.3.8.6. */
export const RESULT_TYPES = [0, 1, 2, 3, 4, 10, 11, 12] as const;
export type ResultType = (typeof RESULT_TYPES)[number];

/** What one direction does not tell: a call for agents whom it finds free first, or last, and help between agents. */
const OF_CALL_TYPES: ReadonlyMap<number, ResultType> = new Map<number, ResultType>([
  [41, 4], [60, 4], [42, 2], [43, 2], [61, 2], [62, 2], [44, 3], [63, 3], [20, 11], [51, 11], [52, 11], [53, 11],
]);

const EVERY_TYPE = [...INBOUND_TYPES, ...INTERNAL_TYPES, ...OUTBOUND_TYPES, 15, 16, 20, 53] as const;

/** Calls between agents count as inbound there: nobody is called outside. */
export const resultTypeOf = (type: number): ResultType => OF_CALL_TYPES.get(type) ?? (isOutbound(type) ? 1 : 0);

/** The call types that 16.1 shows as this one. */
export const typesOfResult = (wanted: ResultType): readonly number[] => EVERY_TYPE.filter((type) => resultTypeOf(type) === wanted);
