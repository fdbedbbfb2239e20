import { INBOUND_TYPES, INTERNAL_TYPES, OUTBOUND_TYPES } from '../records/call-type.ts';
import type { Call } from './call.ts';

/** Which way a call goes (12.3.8.5); assistance and quality checks are none of the three. */
export type CallKind = 'inbound' | 'outbound' | 'internal' | 'other';

const FEATURES: Readonly<Record<Exclude<CallKind, 'other'>, readonly number[]>> = {
  inbound: INBOUND_TYPES, internal: INTERNAL_TYPES, outbound: OUTBOUND_TYPES,
};

const KINDS: ReadonlyMap<number, CallKind> = new Map(
  (Object.keys(FEATURES) as (keyof typeof FEATURES)[]).flatMap((kind) => FEATURES[kind].map((feature) => [feature, kind] as const)),
);

export const kindOf = ({ feature }: Pick<Call, 'feature'>): CallKind => KINDS.get(feature) ?? 'other';
export const isOutbound = (call: Pick<Call, 'feature'>): boolean => kindOf(call) === 'outbound';
