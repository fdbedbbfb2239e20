import type { Call } from './call.ts';

/** Which way a call goes (12.3.8.5); assistance and quality checks are none of the three. */
export type CallKind = 'inbound' | 'outbound' | 'internal' | 'other';

const FEATURES: Readonly<Record<Exclude<CallKind, 'other'>, readonly number[]>> = {
  inbound: [0, 5, 13, 21, 46],
  internal: [6, 17, 18, 51, 52],
  outbound: [7, 8, 9, 10, 11, 12, 14, 22, 23, 40, 41, 42, 43, 44, 45, 50, 60, 61, 62, 63, 64],
};

const KINDS: ReadonlyMap<number, CallKind> = new Map(
  (Object.keys(FEATURES) as (keyof typeof FEATURES)[]).flatMap((kind) => FEATURES[kind].map((feature) => [feature, kind] as const)),
);

export const kindOf = ({ feature }: Pick<Call, 'feature'>): CallKind => KINDS.get(feature) ?? 'other';
export const isOutbound = (call: Pick<Call, 'feature'>): boolean => kindOf(call) === 'outbound';
