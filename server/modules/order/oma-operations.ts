import { omaErrors as errors } from '@parley/contract/oma/family.ts';
import { imcCallback } from '@parley/contract/oma/imc-callback.ts';
import { queryResource, querySoftwareSysParams, queryTenantBasic, queryTrialTenant } from '@parley/contract/oma/tenant.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import { digestOf, type Vault } from '../../security/vault.ts';
import type { Tenants } from '../tenant/index.ts';
import { findCustomer } from './customers.ts';
import type { ImcCipher } from './imc-cipher.ts';
import { keepMessage, readOma, type OmaSettings } from './oma-store.ts';
import { masked, presentResource, spaceStatus } from './present.ts';
import { customersOf, listOrders } from './store.ts';

export interface OmaDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly tenants: Pick<Tenants, 'find'>;
  readonly portalUrl: string;
  readonly imc: ImcCipher;
}

/** What the secret of 15.1.3 is sealed to. */
export const IMC_SECRET = 'imc-secret';

const NOBODY = { company: '', contact: '', phone: '', email: '', trialUntil: null, createdAt: 0 } as const;

export function omaHandlers({ db, vault, tenants, portalUrl, imc }: OmaDependencies): readonly Handler[] {
  const portalOf = ({ portalUrl: own }: OmaSettings): string => (own === '' ? portalUrl : own);

  return [
    handle(queryTenantBasic, async (_input, { vdnId }) => {
      if (vdnId === INSTALLATION) return refuse(errors.noTenant);
      const customer = await findCustomer(db, vdnId) ?? NOBODY;
      const status = spaceStatus(customer.trialUntil);
      return {
        ...masked(customer), vdn: String(vdnId), createDate: customer.createdAt, tenantSpaces: status, tenantSpaceStatus: status,
        portalUrl: portalOf((await readOma(db)).settings),
      };
    }),

    handle(queryResource, async ({ limit, offset, startDate: from, endDate: to }, { vdnId }) => {
      if (from !== undefined && to !== undefined && from > to) return refuse(errors.invalid, { field: 'startDate', message: 'startDate is after endDate' });
      const { orders, count } = await listOrders(db, { vdnId: vdnId === INSTALLATION ? undefined : vdnId, from, to }, { limit, offset });
      const customers = await customersOf(db, orders.map((order) => order.vdnId));
      const result = [];
      for (const order of orders) result.push(presentResource(order, await tenants.find(order.vdnId), customers.get(order.vdnId)));
      return { result, count: String(count) };
    }),

    handle(queryTrialTenant, async (_input, { vdnId }) => {
      if (vdnId === INSTALLATION) return refuse(errors.noTenant);
      const customer = await findCustomer(db, vdnId);
      if (customer === undefined || customer.trialUntil === null) return refuse(errors.noTrial);
      return {
        createDate: customer.createdAt, expiryDate: customer.trialUntil, ...masked(customer), tenantSpaceStatus: spaceStatus(customer.trialUntil),
        portalUrl: portalOf((await readOma(db)).settings),
      };
    }),

    handle(querySoftwareSysParams, async () => {
      const { portalUrl: _portal, ...told } = (await readOma(db)).settings;
      return told;
    }),

    handle(imcCallback, async (input, { now }) => {
      const { data = '', signature = '' } = input.reqBody ?? input;
      const { imcSecret } = await readOma(db);
      if (imcSecret === undefined) return refuse(errors.unsigned, { message: 'no secret is set by which messages could be known' });
      const secret = vault.open(imcSecret, IMC_SECRET);
      if (data === '' || signature === '' || !imc.verifies(secret, { data, signature })) return refuse(errors.unsigned, { message: 'this is not signed by the IMC' });
      const message = imc.open(secret, data);
      // The database holds no NUL in text.
      if (message === undefined || message.includes('\0')) return refuse(errors.unreadable);
      const id = digestOf(data);
      await keepMessage(db, id, message, now);
      return { data: imc.seal(secret, JSON.stringify({ received: id })) };
    }),
  ];
}
