import { realTimers, type Timers } from '../../telephony/timers.ts';
import type { Telephony } from '../adapters/voice/telephony.ts';
import type { World } from '../compose.ts';

type Plugged = Pick<Telephony, 'trunks' | 'guard' | 'registrar' | 'tolls' | 'figures'>;

/** What is administered of telephony, before telephony is there: it needs parts of Parley, which need this. */
export interface TelephonySocket extends Required<Pick<World, 'phones' | 'trunks' | 'tollUsage' | 'switchFigures'>> {
  readonly plug: (telephony: Plugged, realm: string) => void;
}

export function createTelephonySocket(timers: Pick<Timers, 'now'> = realTimers): TelephonySocket {
  let plugged: { readonly telephony: Plugged; readonly realm: string } | undefined;
  return {
    plug: (telephony, realm) => { plugged = { telephony, realm }; },
    tollUsage: (vdnId) => plugged?.telephony.tolls.usage(vdnId),
    switchFigures: {
      periods: () => plugged?.telephony.figures.periods() ?? [],
      blocks: () => plugged?.telephony.figures.blocks() ?? Promise.resolve(undefined),
      terminal: (number) => plugged?.telephony.figures.terminal(number),
    },
    phones: {
      dropAll: (user) => { plugged?.telephony.registrar.dropAll({ user, realm: plugged.realm }); },
      isRegistered: (user) => plugged !== undefined && plugged.telephony.registrar.bindingsOf({ user, realm: plugged.realm }).length > 0,
    },
    trunks: {
      configure: (trunks) => { plugged?.telephony.trunks.configure(trunks); },
      standings: () => plugged?.telephony.trunks.standings() ?? [],
      bans: () => plugged?.telephony.guard.bans() ?? [],
      lift: (source) => plugged?.telephony.guard.lift(source) ?? false,
      now: timers.now,
    },
  };
}
