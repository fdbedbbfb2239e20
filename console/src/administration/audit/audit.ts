import type { listAudit } from '@parley/contract/admin/audit.ts';
import type { Input, Result } from '@parley/contract/operation.ts';

export type Entry = Result<typeof listAudit>['entries'][number];
export type Filters = Input<typeof listAudit>;

/** What differs between two states at one place, written as people read it; undefined where there was nothing. */
export interface Difference {
  /** Such as `limits.agents` or `members.2`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of a list of plain values: what has come to it and what has gone. */
  readonly gained?: readonly string[];
  readonly lost?: readonly string[];
}

type Leaf = string | readonly string[];

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalars = (values: readonly unknown[]): boolean => values.every((value) => typeof value !== 'object' || value === null);

/** Every leaf by its path. A list of plain values is one leaf: whoever reads it wants to see the whole of it. */
function* leavesOf(value: unknown, path: string): Generator<readonly [string, Leaf]> {
  const under = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  if (isPlain(value)) {
    for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, under(name));
  } else if (Array.isArray(value) && !isScalars(value)) {
    for (const [index, inner] of value.entries()) yield* leavesOf(inner, under(index));
  } else if (Array.isArray(value)) {
    yield [path, value.map(String)];
  } else {
    yield [path, value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)];
  }
}

const textOf = (leaf: Leaf | undefined): string | undefined => (typeof leaf === 'object' ? leaf.join(', ') : leaf);

function differenceAt(path: string, was: Leaf | undefined, is: Leaf | undefined): Difference {
  const difference = { path, before: textOf(was), after: textOf(is) };
  if (typeof was !== 'object' || typeof is !== 'object') return difference;
  return { ...difference, gained: is.filter((item) => !was.includes(item)), lost: was.filter((item) => !is.includes(item)) };
}

/** Fields of times end so. */
const TIME = /(?:At|Until)$/;

/** What has changed, place by place, in the order in which it stands there; times as `moment` writes them. */
export function differencesOf(before: object | null, after: object | null, moment: (at: number) => string = String): readonly Difference[] {
  const [was, is] = [new Map(before === null ? [] : leavesOf(before, '')), new Map(after === null ? [] : leavesOf(after, ''))];
  const told = (path: string, text: string | undefined): string | undefined => (TIME.test(path) && Number(text) > 0 ? moment(Number(text)) : text);
  return [...new Set([...was.keys(), ...is.keys()])].map((path) => differenceAt(path, was.get(path), is.get(path))).filter((difference) => difference.before !== difference.after)
    .map((difference) => ({ ...difference, before: told(difference.path, difference.before), after: told(difference.path, difference.after) }));
}

const MOST_IN_LINE = 40;
const NOTHING = '–';
const shortened = (text = NOTHING): string => (text.length > MOST_IN_LINE ? `${text.slice(0, MOST_IN_LINE)}…` : text);

/** A change in so few words that several of them fit a line: `limits.agents: 10 → 20`, `bits: +27`. */
export function inLine({ path, before, after, gained = [], lost = [] }: Difference): string {
  const items = [...gained.map((item) => `+${item}`), ...lost.map((item) => `−${item}`)].join(' ');
  if (items !== '') return `${path}: ${shortened(items)}`;
  if (before === undefined || after === undefined) return `${path}: ${shortened(before ?? after)}`;
  return `${path}: ${shortened(before)} → ${shortened(after)}`;
}

export type Kind = 'created' | 'deleted' | 'changed';
export const kindOf = ({ before, after }: Pick<Entry, 'before' | 'after'>): Kind => (before === null ? 'created' : after === null ? 'deleted' : 'changed');

export interface FilterDraft {
  readonly actor: string;
  readonly what: string;
  readonly whatId: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export const NO_FILTER: FilterDraft = { actor: '', what: '', whatId: '', from: undefined, to: undefined };
const PAGE = 50;

/** What is left empty does not filter. */
export function filtersOf(draft: FilterDraft): Filters {
  const given = Object.entries(draft).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const);
  return { ...Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '')), limit: PAGE };
}

const NAMES = ['name', 'label', 'description', 'account', 'accessCode'];

/** What people call a thing, as far as its entry says; empty where that is no more than its id. */
export function nameIn({ whatId, before, after }: Pick<Entry, 'whatId' | 'before' | 'after'>): string {
  const states = [after, before].filter((state) => state !== null) as readonly Readonly<Record<string, unknown>>[];
  const names = states.flatMap((state) => NAMES.map((name) => state[name]));
  return names.find((name): name is string => typeof name === 'string' && name !== '' && name !== whatId) ?? '';
}

/** What kind of actor it was, and which: `user:ann.admin`, or `demo` alone. */
export function actorIn(actor: string): { readonly kind: string; readonly id: string } {
  const at = actor.indexOf(':');
  return at === -1 ? { kind: actor, id: '' } : { kind: actor.slice(0, at), id: actor.slice(at + 1) };
}
