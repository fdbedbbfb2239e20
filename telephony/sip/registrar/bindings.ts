import type { Timers } from '../../timers.ts';
import type { Channel } from '../transport/channel.ts';
import { isSameUri, type Uri } from '../message/uri.ts';
import type { Account, Binding, BindingKeeper, KeptBinding } from './binding.ts';

/** One Contact of a REGISTER, as it was asked for. */
export interface WantedContact {
  readonly written: string;
  readonly uri: Uri;
  readonly instance?: string;
  readonly regId?: number;
  readonly q: number;
  /** 0 takes the binding away. */
  readonly expiresMs: number;
}

/** What a REGISTER changes, already allowed. */
export interface Change {
  readonly contacts: readonly WantedContact[] | 'removeAll';
  readonly callId: string;
  readonly cseq: number;
  readonly channel: Channel;
  readonly path: readonly string[];
  readonly userAgent?: string;
  readonly allowEvents?: readonly string[];
}

export type Changed = { readonly ok: true } | { readonly ok: false; readonly why: 'order' | 'full' };

export interface BindingLimits {
  /** Of one account; more take the place of the one that was heard of the longest ago. */
  readonly perAccount: number;
  /** Of all. */
  readonly all: number;
}

export interface Bindings {
  /** All of it or nothing (RFC 3261 10.3, step 7). */
  readonly change: (account: Account, change: Change) => Changed;
  readonly of: (account: Account) => readonly Binding[];
  /** Takes one away, if it still stands as it was. */
  readonly drop: (binding: Binding) => void;
  readonly dropAll: (account: Account) => void;
  readonly standing: () => number;
  readonly stop: () => void;
}

export interface BindingsDependencies {
  readonly timers: Timers;
  readonly limits: BindingLimits;
  readonly onChange: (account: Account, change: 'registered' | 'gone') => void;
  /** A binding stands; answers what is to be done at its end. Not told of a refresh. */
  readonly onStand: (entry: StandingBinding) => () => void;
  readonly keeper?: BindingKeeper | undefined;
}

/** A binding through its refreshes. */
export interface StandingBinding {
  readonly current: () => Binding;
}

interface Entry extends StandingBinding {
  binding: Binding;
  uri: Uri;
  callId: string;
  cseq: number;
  stopExpiry: () => void;
  stopWatching: () => void;
}

interface Held extends Account {
  readonly entries: Set<Entry>;
}

/** No name holds a line break: header fields have none. */
const keyOf = ({ user, realm }: Account): string => `${realm.toLowerCase()}\n${user}`;

/** Devices that name themselves are known by that (RFC 5626 6), others by their URIs (RFC 3261 10.3). */
function isSame({ binding, uri }: Entry, contact: WantedContact): boolean {
  if (contact.instance !== undefined && binding.instance !== undefined) return contact.instance === binding.instance && contact.regId === binding.regId;
  return isSameUri(uri, contact.uri);
}

export function createBindings({ timers, limits, onChange, onStand, keeper }: BindingsDependencies): Bindings {
  const accounts = new Map<string, Held>();
  /** What ends with a connection, by the connection's name. */
  const byChannel = new Map<string, { readonly entries: Set<Entry>; readonly unhook: () => void }>();
  let standing = 0;
  let isStopped = false;

  const keptOf = ({ binding: { channel, expiresAt, ...binding }, callId, cseq }: Entry): KeptBinding =>
    ({ ...binding, remote: channel.remote, leftMs: expiresAt - timers.now(), callId, cseq });

  const leaveChannel = (entry: Entry): void => {
    const { id } = entry.binding.channel;
    const there = byChannel.get(id);
    if (there === undefined || !there.entries.delete(entry) || there.entries.size > 0) return;
    byChannel.delete(id);
    there.unhook();
  };

  const take = (held: Held, entry: Entry): void => {
    if (!held.entries.delete(entry)) return;
    standing -= 1;
    entry.stopExpiry();
    entry.stopWatching();
    leaveChannel(entry);
    // When all of it stops, phones stay where they were.
    if (!isStopped) keeper?.gone(entry.binding);
  };

  /** Says what became of an account, and forgets one that nothing is left of. */
  const settle = (held: Held, before: number): void => {
    const key = keyOf(held);
    if (held.entries.size === 0) accounts.delete(key);
    const change = before === 0 && held.entries.size > 0 ? 'registered' : before > 0 && held.entries.size === 0 ? 'gone' : undefined;
    if (change !== undefined) onChange({ user: held.user, realm: held.realm }, change);
  };

  const remove = (held: Held, entries: Iterable<Entry>): void => {
    const before = held.entries.size;
    for (const entry of entries) take(held, entry);
    if (held.entries.size < before) settle(held, before);
  };

  const ofEntry = (entry: Entry): Held | undefined => accounts.get(keyOf(entry.binding));

  const joinChannel = (entry: Entry): void => {
    const { channel } = entry.binding;
    // Datagrams have no end.
    if (channel.kind === 'UDP') return;
    const there = byChannel.get(channel.id);
    if (there !== undefined) {
      there.entries.add(entry);
      return;
    }
    const entries = new Set([entry]);
    let isClosed = false;
    const unhook = channel.onClose(() => {
      isClosed = true;
      byChannel.delete(channel.id);
      for (const each of entries) {
        const held = ofEntry(each);
        if (held !== undefined) remove(held, [each]);
      }
    });
    if (!isClosed) byChannel.set(channel.id, { entries, unhook });
  };

  const put = (held: Held, entry: Entry | undefined, { contact, change }: { readonly contact: WantedContact; readonly change: Change }): void => {
    const now = timers.now();
    const { channel, path, userAgent, allowEvents, callId, cseq } = change;
    const binding: Binding = {
      user: held.user, realm: held.realm, uri: contact.written, channel, path, q: contact.q, expiresAt: now + contact.expiresMs, refreshedAt: now,
      ...(contact.instance === undefined ? {} : { instance: contact.instance }),
      ...(contact.regId === undefined ? {} : { regId: contact.regId }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(allowEvents === undefined ? {} : { allowEvents }),
    };
    const kept: Entry = entry ?? { binding, uri: contact.uri, callId, cseq, current: () => kept.binding, stopExpiry: () => {}, stopWatching: () => {} };
    const isNew = entry === undefined;
    if (entry !== undefined) {
      entry.stopExpiry();
      if (entry.binding.channel.id !== channel.id) leaveChannel(entry);
      Object.assign(entry, { binding, uri: contact.uri, callId, cseq });
    }
    if (isNew) {
      held.entries.add(kept);
      standing += 1;
      kept.stopWatching = onStand(kept);
    } else {
      // What is refreshed goes behind the others, so that the first one is the one that was heard of the longest ago.
      held.entries.delete(kept);
      held.entries.add(kept);
    }
    kept.stopExpiry = timers.after(contact.expiresMs, () => { remove(held, [kept]); });
    joinChannel(kept);
    if (channel.kind === 'UDP') keeper?.stands(binding, () => keptOf(kept));
    else keeper?.gone(binding);
  };

  const isInOrder = (entry: Entry, { callId, cseq }: Change): boolean => entry.callId !== callId || cseq > entry.cseq;

  return {
    change: (account, change) => {
      const held: Held = accounts.get(keyOf(account)) ?? { user: account.user, realm: account.realm, entries: new Set() };
      const { contacts } = change;
      if (contacts === 'removeAll') {
        if (![...held.entries].every((entry) => isInOrder(entry, change))) return { ok: false, why: 'order' };
        remove(held, held.entries);
        return { ok: true };
      }

      const plan = contacts.map((contact) => ({ contact, entry: [...held.entries].find((entry) => isSame(entry, contact)) }));
      if (plan.some(({ entry }) => entry !== undefined && !isInOrder(entry, change))) return { ok: false, why: 'order' };
      const added = plan.filter(({ contact, entry }) => contact.expiresMs > 0 && entry === undefined).length;
      if (standing + added > limits.all) return { ok: false, why: 'full' };

      const before = held.entries.size;
      accounts.set(keyOf(held), held);
      for (const { contact } of plan) {
        // Looked up again: the contact before it may have been the same one.
        const entry = [...held.entries].find((each) => isSame(each, contact));
        if (contact.expiresMs > 0) put(held, entry, { contact, change });
        else if (entry !== undefined) take(held, entry);
      }
      for (const oldest of held.entries) {
        if (held.entries.size <= limits.perAccount) break;
        take(held, oldest);
      }
      settle(held, before);
      return { ok: true };
    },
    of: (account) => [...accounts.get(keyOf(account))?.entries ?? []].map(({ binding }) => binding),
    drop: (binding) => {
      const held = accounts.get(keyOf(binding));
      const entry = held === undefined ? undefined : [...held.entries].find((each) => each.binding === binding);
      if (held !== undefined && entry !== undefined) remove(held, [entry]);
    },
    dropAll: (account) => {
      const held = accounts.get(keyOf(account));
      if (held !== undefined) remove(held, held.entries);
    },
    standing: () => standing,
    stop: () => {
      isStopped = true;
      for (const held of accounts.values()) for (const entry of held.entries) take(held, entry);
      accounts.clear();
    },
  };
}
