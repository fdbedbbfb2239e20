import type { Telephony } from '../adapters/voice/telephony.ts';
import { realTimers, type Timers } from '../../telephony/timers.ts';
import type { RegisteredPhones } from '../engine/live.ts';
import type { RunningTrunks } from '../modules/trunk/index.ts';

/** What configuration tells to telephony and asks of it, there before the telephony is: that needs parts of Parley, which need this. */
export interface TelephonySocket {
  readonly trunks: RunningTrunks;
  readonly phones: RegisteredPhones;
  readonly plug: (telephony: Pick<Telephony, 'trunks' | 'guard' | 'registrar'>, realm: string) => void;
}

export function createTelephonySocket(timers: Pick<Timers, 'now'> = realTimers): TelephonySocket {
  let behind: { readonly telephony: Parameters<TelephonySocket['plug']>[0]; readonly realm: string } | undefined;
  return {
    plug: (telephony, realm) => { behind = { telephony, realm }; },
    trunks: {
      // Nothing is lost before: what is configured is applied when telephony stands.
      configure: (trunks) => { behind?.telephony.trunks.configure(trunks); },
      standings: () => behind?.telephony.trunks.standings() ?? [],
      bans: () => behind?.telephony.guard.bans() ?? [],
      lift: (source) => behind?.telephony.guard.lift(source) ?? false,
      now: timers.now,
    },
    phones: {
      dropAll: (user) => { if (behind !== undefined) behind.telephony.registrar.dropAll({ user, realm: behind.realm }); },
      isRegistered: (user) => behind !== undefined && behind.telephony.registrar.bindingsOf({ user, realm: behind.realm }).length > 0,
    },
  };
}
