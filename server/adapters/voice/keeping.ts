import type { SipCall } from '../../../telephony/sip/call/call.ts';
import type { KeptCall, Stands } from '../../../telephony/sip/call/kept.ts';
import type { Binding, BindingKeeper, KeptBinding } from '../../../telephony/sip/registrar/binding.ts';
import type { KeptFile } from './kept-file.ts';
import type { Leg, Terms } from './legs.ts';

/** A leg that was up when the process died that had it. */
export interface KeptLeg extends Pick<Leg, 'id' | 'direction' | 'caller' | 'called'> {
  readonly who?: string;
  readonly terms?: Terms;
  readonly call: KeptCall;
}

/** Keeps what is needed to go on with calls and registrations after the process was killed. */
export interface Keeping {
  /** What the process before this one has left. */
  readonly found: { readonly legs: readonly KeptLeg[]; readonly bindings: readonly KeptBinding[] };
  /** For the user agent; undefined where the sound of calls ends with the process anyway. */
  readonly stands: Stands | undefined;
  readonly bindings: BindingKeeper;
  /** The leg is up by the call that it has now. */
  readonly legStands: (leg: Leg) => void;
  /** It has ended, or nobody goes on with it. */
  readonly legEnds: (leg: Pick<Leg, 'id'>) => void;
}

export interface KeepingOptions {
  readonly file: Pick<KeptFile, 'found' | 'put' | 'remove'>;
  /** Whether legs are kept, or phones alone. */
  readonly keepsLegs: boolean;
  /** What the clock on the wall says: that of the process stands still between two of them. */
  readonly wallClock?: () => number;
}

/** Of what is written here, and what it is made of (`KeptCall`, `KeptBinding`). */
export const KEPT_VERSION = 1;

interface Timed<Value> {
  readonly at: number;
  readonly value: Value;
}

const LEG = 'leg ';
const BINDING = 'phone ';

/** Devices that name themselves are known by that (RFC 5626 6). */
const nameOf = ({ user, realm, uri, instance, regId }: Binding): string => `${BINDING}${JSON.stringify([realm, user, instance ?? uri, regId])}`;
const legNameOf = ({ id }: Pick<Leg, 'id'>): string => `${LEG}${id}`;

const older = (kept: KeptLeg, ms: number): KeptLeg => {
  const { call } = kept;
  return call.session === undefined ? kept : { ...kept, call: { ...call, session: { ...call.session, agoMs: call.session.agoMs + ms } } };
};

export function createKeeping({ file, keepsLegs, wallClock = Date.now }: KeepingOptions): Keeping {
  const keepers = new WeakMap<SipCall, () => KeptCall | undefined>();
  const legOf = new WeakMap<SipCall, Leg>();
  const legs: KeptLeg[] = [];
  const bindings: KeptBinding[] = [];
  for (const [name, found] of file.found) {
    // This process has written it, or one before it of the same version.
    const { at, value } = found as Timed<unknown>;
    const ms = Math.max(0, wallClock() - at);
    if (name.startsWith(LEG)) legs.push(older(value as KeptLeg, ms));
    else if (name.startsWith(BINDING)) {
      const binding = value as KeptBinding;
      const leftMs = binding.leftMs - ms;
      if (leftMs > 0) bindings.push({ ...binding, leftMs });
      else file.remove(name);
    }
  }

  const timed = <Value>(value: Value): Timed<Value> => ({ at: wallClock(), value });

  const put = (leg: Leg): void => {
    file.put(legNameOf(leg), () => {
      const { id, direction, caller, called, who, terms, state, call } = leg;
      const kept = state === 'up' && call !== undefined ? keepers.get(call)?.() : undefined;
      if (kept === undefined) return undefined;
      return timed<KeptLeg>({ id, direction, caller, called, ...(who === undefined ? {} : { who }), ...(terms === undefined ? {} : { terms }), call: kept });
    });
  };

  return {
    found: { legs, bindings },
    stands: keepsLegs ? (call, keep) => {
      keepers.set(call, keep);
      const leg = legOf.get(call);
      if (leg?.call === call && leg.state === 'up') put(leg);
    } : undefined,
    bindings: {
      stands: (binding, keep) => { file.put(nameOf(binding), () => timed(keep())); },
      gone: (binding) => { file.remove(nameOf(binding)); },
    },
    legStands: (leg) => {
      if (!keepsLegs || leg.call === undefined) return;
      legOf.set(leg.call, leg);
      put(leg);
    },
    legEnds: (leg) => { file.remove(legNameOf(leg)); },
  };
}
