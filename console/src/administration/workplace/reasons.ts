import type { showReasons } from '@parley/contract/admin/workplace.ts';
import type { Input, Result } from '@parley/contract/operation.ts';

export type ReasonKind = Input<typeof showReasons>['kind'];
export type Reason = Result<typeof showReasons>['reasons'][number];

/** Codes that the agent gateway takes (6.1.1.10, 6.1.1.12), but for 0, which stands for no reason. */
export const CODES: Readonly<Record<ReasonKind, { readonly first: number; readonly last: number }>> = { rest: { first: 1, last: 255 }, busy: { first: 200, last: 250 } };

export type ReasonFlaw = 'codeForm' | 'codeTwice' | 'nameMissing' | 'nameTwice';

/** What is wrong with a reason among the others. */
export function flawOf(kind: ReasonKind, reasons: readonly Reason[], index: number): ReasonFlaw | undefined {
  const reason = reasons[index];
  if (reason === undefined) return undefined;
  const { first, last } = CODES[kind];
  const others = reasons.filter((_other, at) => at !== index);
  if (!Number.isInteger(reason.code) || (reason.code !== 0 && (reason.code < first || reason.code > last))) return 'codeForm';
  if (others.some(({ code }) => code === reason.code)) return 'codeTwice';
  if (reason.name.trim() === '') return 'nameMissing';
  return others.some(({ name }) => name.trim() === reason.name.trim()) ? 'nameTwice' : undefined;
}

/** The lowest code that is free; undefined when all are taken. */
export function freeCode(kind: ReasonKind, reasons: readonly Reason[]): number | undefined {
  const taken = new Set(reasons.map(({ code }) => code));
  const { first, last } = CODES[kind];
  for (let code = first; code <= last; code += 1) if (!taken.has(code)) return code;
  return undefined;
}

/** As they are kept: by code. */
export const tidied = (reasons: readonly Reason[]): Reason[] => reasons.map(({ code, name }) => ({ code, name: name.trim() })).toSorted((one, other) => one.code - other.code);

/** The one at `index` changes places with its neighbour: the names move, the codes stay in order. */
export function moved(reasons: readonly Reason[], index: number, by: -1 | 1): readonly Reason[] {
  const [one, other] = [reasons[index], reasons[index + by]];
  if (one === undefined || other === undefined) return reasons;
  return reasons.with(index, { ...one, name: other.name }).with(index + by, { ...other, name: one.name });
}
