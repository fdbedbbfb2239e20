import { errors } from '@parley/contract/admin/family.ts';
import {
  changeInstallationKey, changeKey, createInstallationKey, createKey, deleteInstallationKey, deleteKey, listInstallationKeys, listKeys,
  replaceInstallationKeySecret, replaceKeySecret,
} from '@parley/contract/admin/key.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { By, Writer, Writing } from '../../engine/writer.ts';
import { newToken } from '../../security/vault.ts';
import type { Tenants } from '../tenant/index.ts';
import type { Keys, KeyScheme, ShownKey } from './keys.ts';
import type { TokenKind, Tokens } from './tokens.ts';

export interface KeyDependencies {
  readonly writer: Writer;
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly tenants: Pick<Tenants, 'read'>;
}

const MAX_KEYS = 100;

/** Kinds of tokens that a key of each scheme is given; a C2 key signs every request anew. */
const TOKENS: Readonly<Record<KeyScheme, readonly TokenKind[]>> = { C1: ['C1'], C2: [], C3: ['C3'], SIA: ['SIA'] };

interface Named {
  readonly scheme: KeyScheme;
  readonly keyId: string;
}

interface Wanted {
  readonly scheme: KeyScheme;
  readonly label?: string | undefined;
  readonly keyId?: string | undefined;
  readonly secret?: string | undefined;
}

const nameOf = ({ scheme, keyId }: Named): string => `${scheme}:${keyId}`;
const present = ({ vdnId: _vdnId, ...shown }: ShownKey): Omit<ShownKey, 'vdnId'> => shown;

export function keyHandlers({ writer, keys, tokens, tenants }: KeyDependencies): readonly Handler[] {
  /** A change of one key. Tokens go in the same transaction; what is cached goes when it has committed. */
  const change = async <T extends object>(vdnId: number, by: By, named: Named, work: (writing: Writing, before: ShownKey) => Promise<{ readonly reply: T; readonly ends: boolean }>): Promise<T | Refusal> => {
    let ended: readonly string[] = [];
    const outcome = await writer.write(vdnId, by, async (writing) => {
      const before = (await keys.list(vdnId, writing.tx)).find((key) => key.scheme === named.scheme && key.keyId === named.keyId);
      if (before === undefined) return refuse(errors.notFound, { what: `${named.scheme} key`, id: named.keyId });
      const { reply, ends } = await work(writing, before);
      const kinds = TOKENS[named.scheme];
      if (ends && kinds.length > 0) ended = await tokens.revokeSubject(vdnId, kinds, named.keyId, writing.tx);
      return reply;
    });
    if (!isRefusal(outcome)) {
      keys.forget(named.scheme, named.keyId);
      tokens.forget(ended);
    }
    return outcome;
  };

  const list = async (vdnId: number) => ({ keys: (await keys.list(vdnId)).map(present) });

  const create = (vdnId: number, by: By, { scheme, label = '', keyId, secret }: Wanted) =>
    writer.write(vdnId, by, async ({ tx, at, record }) => {
      if ((await keys.list(vdnId, tx)).length >= MAX_KEYS) return refuse(errors.conflict, { message: `there are ${MAX_KEYS} keys, the most there may be` });
      const name = await nameFor(tx, vdnId, scheme, keyId);
      if (typeof name === 'object') return name;
      const made = await keys.tryInsert(tx, { vdnId, scheme, label, ...(name === undefined ? {} : { keyId: name }), ...(secret === undefined ? {} : { secret }) }, at);
      if (made === undefined) return refuse(errors.exists, { what: `${scheme} key`, id: name ?? '' });
      const shown = { scheme, keyId: made.keyId, label, enabled: true, createdAt: at };
      record({ what: 'key', id: nameOf(made), before: null, after: shown });
      return { ...shown, secret: made.secret };
    });

  /** 4.4: a tenant's C3 key is called as its tenant id, and a machine account has the name that both sides agreed on. */
  const nameFor = async (tx: Database, vdnId: number, scheme: KeyScheme, wanted: string | undefined): Promise<string | undefined | Refusal> => {
    if (vdnId === INSTALLATION) {
      return wanted === undefined && scheme !== 'C2' ? refuse(errors.invalid, { field: 'keyId', message: `a ${scheme} key of the installation needs a keyId` }) : wanted;
    }
    if (scheme !== 'C3') return wanted;
    const tenantId = (await tenants.read(tx, vdnId))?.tenantId;
    if (wanted !== undefined && wanted !== tenantId) return refuse(errors.conflict, { message: `the C3 key of this tenant is called ${tenantId}` });
    return tenantId;
  };

  const replaceSecret = (vdnId: number, by: By, { secret = newToken(24), ...named }: Named & { readonly secret?: string | undefined }) =>
    change(vdnId, by, named, async ({ tx, record }, before) => {
      await keys.setSecret(tx, vdnId, named.scheme, named.keyId, secret);
      record({ what: 'key', id: nameOf(named), before: present(before), after: { ...present(before), secretReplaced: true } });
      return { reply: { ...present(before), secret }, ends: true };
    });

  const setEnabled = (vdnId: number, by: By, { enabled, ...named }: Named & { readonly enabled: boolean }) =>
    change(vdnId, by, named, async ({ tx, record }, before) => {
      const after = { ...present(before), enabled };
      await keys.setEnabled(tx, vdnId, named.scheme, named.keyId, enabled);
      record({ what: 'key', id: nameOf(named), before: present(before), after });
      return { reply: after, ends: !enabled };
    });

  const remove = (vdnId: number, by: By, named: Named) =>
    change(vdnId, by, named, async ({ tx, record }, before) => {
      await keys.remove(tx, vdnId, named.scheme, named.keyId);
      record({ what: 'key', id: nameOf(named), before: present(before), after: null });
      return { reply: {}, ends: true };
    });

  return [
    handle(listKeys, (_input, { vdnId }) => list(vdnId)),
    handle(createKey, (input, { vdnId, by }) => create(vdnId, by, input)),
    handle(replaceKeySecret, (input, { vdnId, by }) => replaceSecret(vdnId, by, input)),
    handle(changeKey, (input, { vdnId, by }) => setEnabled(vdnId, by, input)),
    handle(deleteKey, (input, { vdnId, by }) => remove(vdnId, by, input)),
    handle(listInstallationKeys, () => list(INSTALLATION)),
    handle(createInstallationKey, (input, { by }) => create(INSTALLATION, by, input)),
    handle(replaceInstallationKeySecret, (input, { by }) => replaceSecret(INSTALLATION, by, input)),
    handle(changeInstallationKey, (input, { by }) => setEnabled(INSTALLATION, by, input)),
    handle(deleteInstallationKey, (input, { by }) => remove(INSTALLATION, by, input)),
  ];
}
