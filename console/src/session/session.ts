import { useSyncExternalStore } from 'react';
import { signOut as signOutOperation, showSession, type signIn } from '@parley/contract/admin/session.ts';
import type { Result } from '@parley/contract/operation.ts';
import { api, setCredentials, tenantNow } from './client.ts';
import { faultOf } from './fault.ts';

export type Session = Result<typeof signIn>;

/** Who uses the page: nobody knows yet, nobody, somebody, or somebody whose session is over while the page stays as it is. */
export type Standing =
  | { readonly state: 'unknown'; readonly error?: unknown }
  | { readonly state: 'signedOut' }
  | { readonly state: 'signedIn'; readonly session: Session }
  | { readonly state: 'expired'; readonly session: Session };

const STORED_TENANT = 'parley.tenant';
let standing: Standing = { state: 'unknown' };
const listeners = new Set<() => void>();

function set(next: Standing): void {
  standing = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export const useStanding = (): Standing => useSyncExternalStore(subscribe, () => standing);

/** The session of a page that is only shown with one. */
export function useSession(): Session {
  const now = useStanding();
  if (now.state !== 'signedIn' && now.state !== 'expired') throw new Error('this page needs a session');
  return now.session;
}

/** Whether there is a tenant whose things can be seen: operators see them once they have chosen one. */
export const isInTenant = ({ vdnId }: Session): boolean => vdnId !== 0 || tenantNow() !== undefined;

/** Takes up a session that has just begun, or been found. */
export function begin(session: Session): void {
  const chosen = Number(sessionStorage.getItem(STORED_TENANT) ?? '');
  setCredentials({ csrf: session.csrfToken ?? undefined, tenant: session.vdnId === 0 && chosen > 0 ? chosen : undefined });
  set({ state: 'signedIn', session });
}

/** Asks whose session the browser has, if any: at the start of the page. */
export async function find(): Promise<void> {
  try {
    begin(await api.ask(showSession, {}));
  } catch (error) {
    set(faultOf(error).isSessionOver ? { state: 'signedOut' } : { state: 'unknown', error });
  }
}

/** A request was answered that there is no session: who looks signs in again, and goes on where they were. */
export function expire(): void {
  if (standing.state === 'signedIn') set({ state: 'expired', session: standing.session });
}

const leaving = new Set<() => Promise<unknown>>();

/** Has something done before the session is given up, whose failure hinders nobody from going. */
export const beforeSignOut = (work: () => Promise<unknown>): (() => void) => {
  leaving.add(work);
  return () => { leaving.delete(work); };
};

export async function signOut(): Promise<void> {
  await Promise.allSettled([...leaving].map((work) => work()));
  await api.call(signOutOperation, {});
  setCredentials({ csrf: undefined, guid: undefined, tenant: undefined });
  sessionStorage.removeItem(STORED_TENANT);
  set({ state: 'signedOut' });
}

/** Operators of the installation act for a tenant of their choice. */
export function actFor(vdnId: number | undefined): void {
  if (vdnId === undefined) sessionStorage.removeItem(STORED_TENANT);
  else sessionStorage.setItem(STORED_TENANT, String(vdnId));
  setCredentials({ tenant: vdnId });
  if (standing.state === 'signedIn') set({ ...standing });
}
