import { errors } from '@parley/contract/admin/family.ts';
import { createTrunk, deleteTrunk, liftBan, listTrunks, replaceTrunk, showTrunk, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import { passwordsChanged, takeDraft, wholeOf, type Kept, type TrunkDraft } from '@parley/core/trunk/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Vault } from '../../security/vault.ts';
import { presentBan, presentStanding, presentTrunk } from './present.ts';
import type { FaultsOf, Following, RunningTrunks } from './running.ts';
import * as store from './store.ts';

export interface TrunkDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly faultsOf: FaultsOf;
  /** Absent while calls are simulated. */
  readonly running?: Omit<RunningTrunks, 'configure'> | undefined;
  readonly following: Following;
}

/** More than anybody has; each costs a registration and a watch on its peers. */
const MAX_TRUNKS = 100;
const MAX_BANS_SHOWN = 1000;

const unknown = (id: string): Refusal => refuse(errors.notFound, { what: 'trunk', id });

export function trunkHandlers({ db, writer, ids, vault, clock, faultsOf, running, following }: TrunkDependencies): readonly Handler[] {
  const take = (draft: TrunkDraft, before?: Kept): Kept | Refusal => {
    const taken = takeDraft(draft, before);
    if (!taken.ok) return refuse(errors.invalid, { field: taken.missing, message: `${taken.missing} is missing, as none is kept for that user` });
    const faults = faultsOf([wholeOf(taken.kept)]);
    return faults.length === 0 ? taken.kept : refuse(errors.invalid, { field: 'body', message: faults.join('; ') });
  };

  /** What the other trunks do not leave room for. */
  const refuseBeside = (others: readonly store.Trunk[], { settings: { name, inbound } }: Kept): Refusal | undefined => {
    if (others.some(({ settings }) => settings.name === name)) return refuse(errors.exists, { what: 'trunk', id: name });
    // By its name alone a call that is challenged says whose it is.
    const namesake = inbound && others.find(({ settings }) => settings.inbound?.user === inbound.user);
    return namesake && refuse(errors.conflict, { field: 'inbound.user', message: `Trunk ${namesake.settings.name} is known by the user name ${inbound?.user} already` });
  };

  /** Answers when the change is in force, and not only written. */
  const inForce = async <T>(outcome: T | Refusal): Promise<T | Refusal> => {
    if (!isRefusal(outcome)) await following.apply();
    return outcome;
  };

  return [
    handle(listTrunks, async () => ({ trunks: (await store.readTrunks(db)).map(presentTrunk) })),

    handle(showTrunk, async ({ id }) => {
      const trunk = (await store.readTrunks(db)).find((each) => each.id === id);
      return trunk === undefined ? unknown(id) : presentTrunk(trunk);
    }),

    handle(createTrunk, async (draft, { by }) => {
      const kept = take(draft);
      if (isRefusal(kept)) return kept;
      return inForce(await writer.write(INSTALLATION, by, async ({ tx, at, record }) => {
        const others = await store.readTrunks(tx);
        if (others.length >= MAX_TRUNKS) return refuse(errors.conflict, { message: `No more trunks: the limit of ${MAX_TRUNKS} is reached` });
        const refused = refuseBeside(others, kept);
        if (refused !== undefined) return refused;
        const trunk: store.Trunk = { id: ids.next(), settings: kept.settings, createdAt: at };
        await store.insertTrunk(tx, trunk, store.sealPasswords(vault, trunk.id, kept.passwords));
        record({ what: 'trunk', id: trunk.id, before: null, after: trunk.settings });
        return presentTrunk(trunk);
      }));
    }),

    handle(replaceTrunk, async ({ id, ...draft }, { by }) => inForce(await writer.write(INSTALLATION, by, async ({ tx, record }) => {
      const before = await store.findTrunk(tx, vault, id);
      if (before === undefined) return unknown(id);
      const kept = take(draft, before);
      if (isRefusal(kept)) return kept;
      const refused = refuseBeside((await store.readTrunks(tx)).filter((other) => other.id !== id), kept);
      if (refused !== undefined) return refused;
      await store.updateTrunk(tx, id, kept.settings, store.sealPasswords(vault, id, kept.passwords));
      const changed = passwordsChanged(before.passwords, kept.passwords);
      record({ what: 'trunk', id, before: before.settings, after: { ...kept.settings, ...(changed.length === 0 ? {} : { passwordsChanged: changed }) } });
      return presentTrunk({ id, settings: kept.settings, createdAt: before.createdAt });
    }))),

    handle(deleteTrunk, async ({ id }, { by }) => inForce(await writer.write(INSTALLATION, by, async ({ tx, record }) => {
      const before = (await store.readTrunks(tx)).find((each) => each.id === id);
      if (before === undefined) return unknown(id);
      await store.deleteTrunk(tx, id);
      record({ what: 'trunk', id, before: before.settings, after: null });
      return {};
    }))),

    handle(showTrunkStatus, async () => {
      const trunks = await store.readTrunks(db);
      const standings = new Map(running?.standings().map((standing) => [standing.name, standing]));
      const now = running?.now() ?? 0;
      return {
        voice: running === undefined ? 'simulated' as const : 'real' as const,
        trunks: trunks.map((trunk) => presentStanding(trunk, standings.get(trunk.settings.name))),
        bans: (running?.bans() ?? []).slice(0, MAX_BANS_SHOWN).map((ban) => presentBan(ban, clock() - now)),
      };
    }),

    handle(liftBan, ({ source }, { by }) => writer.write(INSTALLATION, by, ({ record }) => {
      if (running?.lift(source) !== true) return Promise.resolve(refuse(errors.notFound, { what: 'ban of', id: source }));
      record({ what: 'ban', id: source, before: { source }, after: null });
      return Promise.resolve({});
    })),
  ];
}
