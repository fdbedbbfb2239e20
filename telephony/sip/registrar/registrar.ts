import type { Timers } from '../../timers.ts';
import { writeAddress } from '../message/address.ts';
import { responseTo, type Fields } from '../message/build.ts';
import { newTag } from '../message/identifiers.ts';
import { readUri } from '../message/uri.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import type { Channel } from '../transport/channel.ts';
import type { Account, Binding, BindingKeeper, KeptBinding } from './binding.ts';
import { createBindings, type BindingLimits } from './bindings.ts';
import { createChallenger, type ChallengerDependencies } from './challenger.ts';
import { createPings, PING_LIMITS, type PingLimits, type SendRequest } from './pings.ts';
import { readRegister, SUPPORTED, type Expiry } from './register.ts';

export interface RegistrarLimits {
  readonly expiry: Expiry;
  readonly bindings: BindingLimits;
  readonly pings: PingLimits;
}

export const REGISTRAR_LIMITS: RegistrarLimits = {
  expiry: { minMs: 30_000, maxMs: 3_600_000, defaultMs: 600_000 },
  bindings: { perAccount: 10, all: 100_000 },
  pings: PING_LIMITS,
};

export interface RegistrarDependencies extends ChallengerDependencies {
  readonly timers: Timers;
  /** For the pings. */
  readonly send: SendRequest;
  readonly limits?: Partial<RegistrarLimits>;
  /** An account has its first binding, or has lost its last. */
  readonly onChange?: (account: Account, change: 'registered' | 'gone') => void;
  readonly onError?: (error: unknown) => void;
  readonly random?: () => number;
  readonly keeper?: BindingKeeper;
  /** What the clock on the wall says, for the phones' displays. */
  readonly wallClock?: () => Date;
}

export interface Registrar {
  /** A REGISTER. It is answered in any case. */
  readonly handle: (transaction: ServerTransaction) => void;
  /** Where to call a user: each device once, by the way that it came by last. By q, those that were heard of last before others. */
  readonly bindingsOf: (account: Account) => readonly Binding[];
  /** Goes on with a binding of another process, by a channel to the same place. */
  readonly restore: (kept: KeptBinding, channel: Channel) => void;
  /** It turned out that nobody is there any more, such as by a 430 (RFC 5626 5.3). */
  readonly drop: (binding: Binding) => void;
  /** The account is no more, or its password is another. */
  readonly dropAll: (account: Account) => void;
  readonly standing: () => number;
  readonly stop: () => void;
}

/** For those that had no place. */
const RETRY: Fields = { 'Retry-After': '60' };

const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1000));

function contactOf({ uri, expiresAt, q, instance, regId }: Binding, now: number): string {
  const params = new Map([['expires', String(seconds(expiresAt - now))]]);
  if (q !== 1) params.set('q', String(q));
  if (instance !== undefined) params.set('+sip.instance', `<${instance}>`);
  if (regId !== undefined) params.set('reg-id', String(regId));
  return writeAddress({ uri, params });
}

const isReachable = ({ channel, expiresAt }: Binding, now: number): boolean => expiresAt > now && channel.isOpen();

/** RFC 3261 10, with the ways of RFC 5626 and the routes of RFC 3327. Nobody has a binding who has not authenticated. */
export function createRegistrar(dependencies: RegistrarDependencies): Registrar {
  const { timers, send, onChange, onError, random = Math.random, wallClock = () => new Date() } = dependencies;
  const limits = { ...REGISTRAR_LIMITS, ...dependencies.limits };
  const challenger = createChallenger(dependencies);
  const bindings = createBindings({
    timers, limits: limits.bindings, keeper: dependencies.keeper,
    onChange: (account, change) => { onChange?.(account, change); },
    onStand: createPings({ timers, send, random, limits: limits.pings, drop: (binding) => { bindings.drop(binding); } }),
  });
  let isStopped = false;

  const refuse = ({ request, respond }: ServerTransaction, status: number, headers: Fields = {}): void => {
    respond(responseTo(request, status, undefined, { toTag: newTag(), headers }));
  };

  const confirm = ({ request, respond }: ServerTransaction, account: Account, isOutbound: boolean): void => {
    const now = timers.now();
    respond(responseTo(request, 200, undefined, {
      toTag: newTag(),
      headers: {
        Contact: bindings.of(account).filter((binding) => isReachable(binding, now)).map((binding) => contactOf(binding, now)),
        // Whoever came by a route is told that it was understood (RFC 3327 5.3).
        Path: request.headers.all('Path'),
        Supported: SUPPORTED.join(', '),
        ...(isOutbound ? { Require: 'outbound' } : {}),
        // The clocks of phones are set by it (RFC 3261 10.3, step 8).
        Date: wallClock().toUTCString(),
      },
    }));
  };

  const register = async (transaction: ServerTransaction): Promise<void> => {
    const { request, channel } = transaction;
    const wanted = readRegister(request, channel, { expiry: limits.expiry, contacts: limits.bindings.perAccount });
    // What is asked for is only looked at when it is clear by whom; but an extension that is unknown stands first (RFC 3261 8.2, 10.3).
    if (wanted.kind === 'refused' && wanted.status === 420) {
      refuse(transaction, wanted.status, wanted.headers);
      return;
    }
    const checked = await challenger.check(request, channel, 'To');
    if (checked.kind === 'challenge') refuse(transaction, 401, { 'WWW-Authenticate': checked.challenges });
    else if (checked.kind === 'denied') refuse(transaction, checked.status, checked.status === 503 ? RETRY : {});
    else if (wanted.kind === 'refused') refuse(transaction, wanted.status, wanted.headers);
    else if (wanted.kind === 'fetch') confirm(transaction, checked.account, false);
    // Gone while the account was looked up: there is nobody to bind, and nobody to tell.
    else if (isStopped || !channel.isOpen()) refuse(transaction, 503);
    else {
      const changed = bindings.change(checked.account, wanted.change);
      if (changed.ok) confirm(transaction, checked.account, wanted.isOutbound);
      else if (changed.why === 'order') refuse(transaction, 500);
      else refuse(transaction, 503, RETRY);
    }
  };

  return {
    handle: (transaction) => {
      register(transaction).catch((error: unknown) => {
        onError?.(error);
        refuse(transaction, 500);
      });
    },
    bindingsOf: (account) => {
      const now = timers.now();
      const devices = new Set<string>();
      return bindings.of(account)
        .filter((binding) => isReachable(binding, now))
        // Of equal ones the later in the list was heard of later.
        .toReversed().toSorted((one, other) => other.refreshedAt - one.refreshedAt)
        .filter(({ instance }) => {
          if (instance === undefined) return true;
          const isFirst = !devices.has(instance);
          devices.add(instance);
          return isFirst;
        })
        .toSorted((one, other) => other.q - one.q);
    },
    restore: ({ user, realm, uri: written, leftMs, q, instance, regId, path, userAgent, allowEvents, callId, cseq }, channel) => {
      const uri = readUri(written);
      if (uri === undefined || leftMs <= 0) return;
      bindings.change({ user, realm }, {
        contacts: [{ written, uri, q, expiresMs: Math.min(leftMs, limits.expiry.maxMs), ...(instance === undefined ? {} : { instance }), ...(regId === undefined ? {} : { regId }) }],
        callId, cseq, channel, path, ...(userAgent === undefined ? {} : { userAgent }), ...(allowEvents === undefined ? {} : { allowEvents }),
      });
    },
    drop: bindings.drop,
    dropAll: bindings.dropAll,
    standing: bindings.standing,
    stop: () => {
      isStopped = true;
      bindings.stop();
    },
  };
}
