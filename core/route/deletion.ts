import { mayDelete, type Protection } from './binding.ts';
import { numberOf, type Dialable } from './match.ts';

export interface Deletable extends Dialable {
  readonly id: string;
  readonly dnid: number;
  readonly editable: Protection;
}

export interface Deletion<R> {
  readonly leaving: readonly R[];
  /** Names of what stays or never was, in the order asked. */
  readonly failed: readonly string[];
}

/** Sorts what is to be deleted, by dnid or by long id, from what cannot be; what is asked twice counts once (5.3.3). */
export function planDeletion<R extends Deletable>(asked: readonly string[], routes: Iterable<R>): Deletion<R> {
  const byId = new Map<string, R>();
  for (const route of routes) byId.set(route.id, route).set(String(route.dnid), route);
  const leaving = new Set<R>();
  const failed = new Set<string>();
  for (const id of asked) {
    const route = byId.get(id);
    if (route !== undefined && mayDelete(route.editable)) leaving.add(route);
    else failed.add(route === undefined ? id : numberOf(route));
  }
  return { leaving: [...leaving], failed: [...failed] };
}

/** The texts of 5.3.3: `content` is `name` when all went one way, else it tells both. */
export function tellDeletion({ leaving, failed }: Deletion<Deletable>): { readonly id: string; readonly name: string; readonly content: string } {
  const id = leaving.map((route) => route.id).join(',');
  const deleted = leaving.map(numberOf).join(',');
  const left = failed.join(',');
  if (leaving.length === 0) return { id, name: left, content: left };
  return { id, name: deleted, content: failed.length === 0 ? deleted : `Success:${deleted},Failed:${left}` };
}
