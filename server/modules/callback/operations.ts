import {
  addTrustedUrl, createSharedKey, deleteCallbackAddress, deleteSharedKey, deleteTrustedUrl, listCallbackAddresses, listSharedKeys, listTrustedUrls,
  putCallbackAddress, replaceSharedKeySecret,
} from '@parley/contract/admin/callback.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { checkCallable, isTrusted, readTrustedUrl, withoutQuery, writeTrustedUrl } from '@parley/core/callback/trusted-url.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import { newToken, type Vault } from '../../security/vault.ts';
import {
  insertTrusted, listAddresses, listSharedKeyNames, listTrusted, putAddress, putSharedKey, removeAddress, removeSharedKey, removeTrusted, rulesOf,
  type CallbackAddress, type SharedKey, type TrustedEntry,
} from './store.ts';
import { sharedKeyOwner } from './trustlist.ts';

export interface CallbackDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly vault: Vault;
}

/** More than anybody has; it bounds the lists and the time a check takes. */
const MAX_OF_EACH = 200;

const full = (what: string) => refuse(errors.conflict, { message: `No more ${what}: the limit of ${MAX_OF_EACH} is reached` });

export function callbackHandlers(deps: CallbackDependencies): readonly Handler[] {
  return [...trustedUrlHandlers(deps), ...addressHandlers(deps), ...sharedKeyHandlers(deps)];
}

function trustedUrlHandlers({ db, writer, ids }: CallbackDependencies): readonly Handler[] {
  return [
    handle(listTrustedUrls, async (_input, { vdnId }) => ({ trustedUrls: [...await listTrusted(db, vdnId)] })),

    handle(addTrustedUrl, async (input, { vdnId, by }) => {
      const reading = readTrustedUrl(input.url);
      if (!reading.ok) return refuse(errors.invalid, { field: 'url', message: `url: ${reading.message}` });
      const url = writeTrustedUrl(reading.entry);
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const entries = await listTrusted(tx, vdnId);
        if (entries.some((entry) => entry.url === url)) return refuse(errors.exists, { what: 'trusted URL', id: url });
        if (entries.length >= MAX_OF_EACH) return full('trusted URLs');
        const entry: TrustedEntry = { id: ids.next(), url, note: input.note ?? '', createdAt: at };
        await insertTrusted(tx, vdnId, entry);
        record({ what: 'trusted-url', id: entry.id, before: null, after: entry });
        return entry;
      });
    }),

    handle(deleteTrustedUrl, async ({ id }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const entries = await listTrusted(tx, vdnId);
      const entry = entries.find((known) => known.id === id);
      if (entry === undefined) return refuse(errors.notFound, { what: 'trusted URL', id });
      const left = rulesOf(entries.filter((known) => known.id !== id));
      const needing = (await listAddresses(tx, vdnId)).find(({ url }) => !isTrusted(url, left));
      if (needing !== undefined) {
        return refuse(errors.inUse, { what: 'Trusted URL', id, by: `the callback address for ${needing.purpose} is trusted by it` });
      }
      await removeTrusted(tx, vdnId, id);
      record({ what: 'trusted-url', id, before: entry, after: null });
      return {};
    })),
  ];
}

function addressHandlers({ db, writer }: CallbackDependencies): readonly Handler[] {
  return [
    handle(listCallbackAddresses, async (_input, { vdnId }) => ({ callbackAddresses: [...await listAddresses(db, vdnId)] })),

    handle(putCallbackAddress, async (input, { vdnId, by }) => {
      const wrong = checkCallable(input.url);
      if (wrong !== undefined) return refuse(errors.invalid, { field: 'url', message: `url: ${wrong}` });
      return writer.write(vdnId, by, async ({ tx, record }) => {
        if (!isTrusted(input.url, rulesOf(await listTrusted(tx, vdnId)))) {
          return refuse(errors.conflict, { field: 'url', message: 'No trusted URL covers this address: add one first' });
        }
        const sharedKey = input.sharedKey ?? null;
        if (sharedKey !== null && !(await listSharedKeyNames(tx, vdnId)).some(({ name }) => name === sharedKey)) {
          return refuse(errors.notFound, { field: 'sharedKey', what: 'shared key', id: sharedKey });
        }
        const addresses = await listAddresses(tx, vdnId);
        const before = addresses.find(({ purpose }) => purpose === input.purpose) ?? null;
        if (before === null && addresses.length >= MAX_OF_EACH) return full('callback addresses');
        const after: CallbackAddress = { purpose: input.purpose, url: input.url, sharedKey };
        await putAddress(tx, vdnId, after);
        record({ what: 'callback-address', id: after.purpose, before: before && shownInTrail(before), after: shownInTrail(after) });
        return after;
      });
    }),

    handle(deleteCallbackAddress, async ({ purpose }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = (await listAddresses(tx, vdnId)).find((address) => address.purpose === purpose);
      if (before === undefined) return refuse(errors.notFound, { what: 'callback address', id: purpose });
      await removeAddress(tx, vdnId, purpose);
      record({ what: 'callback-address', id: purpose, before: shownInTrail(before), after: null });
      return {};
    })),
  ];
}

function sharedKeyHandlers({ db, writer, vault }: CallbackDependencies): readonly Handler[] {
  return [
    handle(listSharedKeys, async (_input, { vdnId }) => ({ sharedKeys: [...await listSharedKeyNames(db, vdnId)] })),

    handle(createSharedKey, async ({ name, secret = newToken() }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, at, record }) => {
      const keys = await listSharedKeyNames(tx, vdnId);
      if (keys.some((key) => key.name === name)) return refuse(errors.exists, { what: 'shared key', id: name });
      if (keys.length >= MAX_OF_EACH) return full('shared keys');
      const key: SharedKey = { name, createdAt: at };
      await putSharedKey(tx, vdnId, key, vault.seal(secret, sharedKeyOwner(vdnId, name)));
      record({ what: 'shared-key', id: name, before: null, after: key });
      return { ...key, secret };
    })),

    handle(replaceSharedKeySecret, async ({ name, secret = newToken() }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, at, record }) => {
      const before = (await listSharedKeyNames(tx, vdnId)).find((key) => key.name === name);
      if (before === undefined) return refuse(errors.notFound, { what: 'shared key', id: name });
      const after: SharedKey = { name, createdAt: at };
      await putSharedKey(tx, vdnId, after, vault.seal(secret, sharedKeyOwner(vdnId, name)));
      record({ what: 'shared-key', id: name, before, after });
      return { ...after, secret };
    })),

    handle(deleteSharedKey, async ({ name }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = (await listSharedKeyNames(tx, vdnId)).find((key) => key.name === name);
      if (before === undefined) return refuse(errors.notFound, { what: 'shared key', id: name });
      const signed = (await listAddresses(tx, vdnId)).find(({ sharedKey }) => sharedKey === name);
      if (signed !== undefined) {
        return refuse(errors.inUse, { what: 'Shared key', id: name, by: `the callback address for ${signed.purpose} is signed with it` });
      }
      await removeSharedKey(tx, vdnId, name);
      record({ what: 'shared-key', id: name, before, after: null });
      return {};
    })),
  ];
}

const shownInTrail = (address: CallbackAddress): CallbackAddress => ({ ...address, url: withoutQuery(address.url) });
