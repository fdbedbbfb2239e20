import type { TrunkSettings } from '@parley/core/trunk/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Vault } from '../../security/vault.ts';
import { listTrunks } from './store.ts';

/** How one trunk stands. */
export interface TrunkStanding {
  readonly name: string;
  readonly calls: number;
  readonly registration?: 'registering' | 'registered' | 'failed' | 'refused' | 'ended';
  readonly peers: readonly {
    readonly peer: { readonly host: string; readonly port?: number; readonly kind: string };
    readonly state: 'up' | 'avoided' | 'held';
  }[];
}

/** A source from which no SIP is taken. */
export interface Ban {
  readonly source: string;
  readonly fault: 'badCredentials' | 'unknownUser' | 'malformed' | 'scanner';
  /** By `now` of whoever keeps the bans. */
  readonly untilMs: number;
  readonly times: number;
}

/** Telephony, as those see it who administer trunks. */
export interface RunningTrunks {
  /** Puts others in force; what is the same in them goes on as it is. */
  readonly configure: (trunks: readonly TrunkSettings[]) => void;
  readonly standings: () => readonly TrunkStanding[];
  readonly bans: () => readonly Ban[];
  /** Whether there was one to lift. */
  readonly lift: (source: string) => boolean;
  /** The clock of the bans; only differences mean something. */
  readonly now: () => number;
}

/** What is wrong with settings, a sentence each. */
export type FaultsOf = (trunks: readonly TrunkSettings[]) => readonly string[];

export interface FollowingDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly writer: Pick<Writer, 'subscribe'>;
  readonly faultsOf: FaultsOf;
  /** Absent while calls are simulated. */
  readonly running?: Pick<RunningTrunks, 'configure'> | undefined;
  readonly onFault: (message: string, details: object) => void;
  readonly retryMs?: number;
}

export interface Following {
  /** Resolves when what is configured by now is in force, or could not be read and will be later. */
  readonly apply: () => Promise<void>;
}

const RETRY_MS = 5000;

/** Keeps the trunks that run to those that are configured. */
export function followTrunks({ db, vault, writer, faultsOf, running, onFault, retryMs = RETRY_MS }: FollowingDependencies): Following {
  if (running === undefined) return { apply: () => Promise.resolve() };
  let last: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;

  const configure = async (): Promise<void> => {
    clearTimeout(retry);
    try {
      const trunks = await listTrunks(db, vault);
      // They were free of faults when they were written; a later release may find one all the same, and the others are still to run.
      const sound = trunks.filter((trunk) => {
        const faults = faultsOf([trunk]);
        if (faults.length > 0) onFault('a trunk is not in use, for its faults', { trunk: trunk.name, faults });
        return faults.length === 0;
      });
      running.configure(sound);
    } catch (error) {
      onFault('the trunks could not be read; those of before go on', { error });
      retry = setTimeout(() => { void apply(); }, retryMs);
      retry.unref();
    }
  };

  /** One after the other, so that what was read first is not put in force last. */
  function apply(): Promise<void> {
    last = last.then(configure);
    return last;
  }
  writer.subscribe(({ change }) => { if (change.what === 'trunk') void apply(); });
  return { apply };
}
