import { errors } from '@parley/contract/admin/family.ts';
import { listImcMessages, removeImcSecret, setImcSecret, setOmaSettings, showOmaSettings } from '@parley/contract/admin/oma.ts';
import { changeOrder, createOrder, listOrders as listAllOrders, setCustomer, showCustomer } from '@parley/contract/admin/order.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkEmail } from '@parley/core/account/email.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import { newToken, type Vault } from '../../security/vault.ts';
import type { Tenants } from '../tenant/index.ts';
import { findCustomer, saveCustomer, type Customer } from './customers.ts';
import { IMC_SECRET } from './oma-operations.ts';
import { listMessages, readOma, saveOma, type OmaRow } from './oma-store.ts';
import { presentCustomer, showOrder } from './present.ts';
import { findOrder, insertOrder, listOrders, updateOrder, type Order, type OrderDetails } from './store.ts';

export interface OrderDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly tenants: Pick<Tenants, 'read'>;
}

const LIMIT = 100;

const unknownTenant = (vdnId: number): Refusal => refuse(errors.notFound, { what: 'tenant', id: vdnId });
const wrong = (field: string, message: string): Refusal => refuse(errors.invalid, { field, message: `${field}: ${message}` });
/** 0 on the wire. */
const endOf = (endsAt: number): number | null => (endsAt === 0 ? null : endsAt);

const periodFault = ({ beginsAt, endsAt }: Pick<Order, 'beginsAt' | 'endsAt'>): Refusal | undefined =>
  (endsAt !== null && endsAt <= beginsAt ? wrong('endsAt', 'an order ends after it begins') : undefined);

const webFault = (field: string, value: string | undefined): Refusal | undefined =>
  (value === undefined || value === '' || /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? undefined : wrong(field, 'this is no address of a web page'));

export function orderHandlers({ db, writer, ids, vault, tenants }: OrderDependencies): readonly Handler[] {
  const shownOma = ({ settings, imcSecretSetAt }: OmaRow): Result<typeof showOmaSettings> => ({ ...settings, ...(imcSecretSetAt === undefined ? {} : { imcSecretSetAt }) });

  return [
    handle(showCustomer, async ({ vdnId }) => {
      const customer = await findCustomer(db, vdnId);
      return customer === undefined ? refuse(errors.notFound, { what: 'customer of VDN', id: vdnId }) : presentCustomer(vdnId, customer);
    }),

    handle(setCustomer, async ({ vdnId, trialUntil, ...given }, { by }) => {
      const fault = given.email === '' ? undefined : checkEmail(given.email);
      if (fault !== undefined) return wrong('email', fault);
      if (await tenants.read(db, vdnId) === undefined) return unknownTenant(vdnId);
      // By the tenant's own writer, so that an erasure order of the tenant reaches what the trail says.
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const before = await findCustomer(tx, vdnId);
        const after: Customer = { ...given, trialUntil: trialUntil ?? null };
        await saveCustomer(tx, vdnId, after, at);
        record({ what: 'customer', id: String(vdnId), before: before ?? null, after });
        return presentCustomer(vdnId, { ...after, createdAt: before?.createdAt ?? at });
      });
    }),

    handle(listAllOrders, async ({ vdnId, limit = LIMIT, offset = 0 }) => {
      const { orders, count } = await listOrders(db, { vdnId }, { limit, offset });
      return { orders: orders.map(showOrder), total: count };
    }),

    handle(createOrder, async ({ vdnId, resource, amount, beginsAt, endsAt: end = 0, ...details }, { by }) => {
      const endsAt = endOf(end);
      const fault = periodFault({ beginsAt, endsAt });
      if (fault !== undefined) return fault;
      if (await tenants.read(db, vdnId) === undefined) return unknownTenant(vdnId);
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const order: Order = { vdnId, id: ids.next(), resource, amount, beginsAt, endsAt, status: 'effective', details, createdAt: at, changedAt: at };
        await insertOrder(tx, order);
        record({ what: 'order', id: order.id, before: null, after: order });
        return showOrder(order);
      });
    }),

    handle(changeOrder, async ({ id, resource, amount, beginsAt, endsAt, status, ...details }, { by }) => {
      const unknown = refuse(errors.notFound, { what: 'order', id });
      const known = await findOrder(db, id);
      if (known === undefined) return unknown;
      return writer.write(known.vdnId, by, async ({ tx, at, record }) => {
        const before = await findOrder(tx, id) ?? known;
        const changed = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as OrderDetails;
        const after: Order = {
          ...before, resource: resource ?? before.resource, amount: amount ?? before.amount, beginsAt: beginsAt ?? before.beginsAt,
          endsAt: endsAt === undefined ? before.endsAt : endOf(endsAt), status: status ?? before.status, details: { ...before.details, ...changed }, changedAt: at,
        };
        const fault = periodFault(after);
        if (fault !== undefined) return fault;
        await updateOrder(tx, after);
        record({ what: 'order', id, before, after });
        return showOrder(after);
      });
    }),

    handle(showOmaSettings, async () => shownOma(await readOma(db))),

    handle(setOmaSettings, async ({ softwareCloudUrl = '', clientId = '', privacyStatementId = '', privacyStatementUrl = '', portalUrl = '' }, { by }) => {
      const settings = { softwareCloudUrl, clientId, privacyStatementId, privacyStatementUrl, portalUrl };
      const fault = webFault('softwareCloudUrl', softwareCloudUrl) ?? webFault('privacyStatementUrl', privacyStatementUrl) ?? webFault('portalUrl', portalUrl);
      if (fault !== undefined) return fault;
      return writer.write(INSTALLATION, by, async ({ tx, record }) => {
        const before = await readOma(tx);
        const after = { ...before, settings };
        await saveOma(tx, after);
        record({ what: 'oma', id: 'oma', before: before.settings, after: settings });
        return shownOma(after);
      });
    }),

    handle(setImcSecret, ({ secret = newToken(24) }, { by }) => writer.write(INSTALLATION, by, async ({ tx, at, record }) => {
      const before = await readOma(tx);
      await saveOma(tx, { ...before, imcSecretSetAt: at, imcSecret: vault.seal(secret, IMC_SECRET) });
      record({ what: 'imc-secret', id: 'imc-secret', before: { setAt: before.imcSecretSetAt ?? null }, after: { setAt: at } });
      return { secret };
    })),

    handle(removeImcSecret, (_input, { by }) => writer.write(INSTALLATION, by, async ({ tx, record }) => {
      const before = await readOma(tx);
      if (before.imcSecret === undefined) return refuse(errors.notFound, { what: 'secret of', id: 'the IMC' });
      await saveOma(tx, { ...before, imcSecretSetAt: undefined, imcSecret: undefined });
      record({ what: 'imc-secret', id: 'imc-secret', before: { setAt: before.imcSecretSetAt ?? null }, after: null });
      return {};
    })),

    handle(listImcMessages, ({ limit = LIMIT, offset = 0 }) => listMessages(db, { limit, offset })),
  ];
}
