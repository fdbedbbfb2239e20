import type { listOrders, showCustomer } from '@parley/contract/admin/order.ts';
import type { queryResource } from '@parley/contract/oma/tenant.ts';
import type { Result } from '@parley/contract/operation.ts';
import { maskCompany, maskEmail, maskName, maskPhone } from '@parley/core/order/mask.ts';
import type { Tenant } from '../tenant/index.ts';
import type { KnownCustomer } from './customers.ts';
import type { Order, OrderStatus } from './store.ts';

const given = <T extends object>(fields: T): { readonly [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { readonly [Name in keyof T]: Exclude<T[Name], undefined> };

export const showOrder = ({ details, ...order }: Order): Result<typeof listOrders>['orders'][number] => ({ ...order, endsAt: order.endsAt ?? 0, ...given(details) });

export const presentCustomer = (vdnId: number, { trialUntil, ...customer }: KnownCustomer): Result<typeof showCustomer> =>
  ({ vdnId, ...customer, ...(trialUntil === null ? {} : { trialUntil }) });

/** What 15.1.1 and 15.1.4 show of a customer. */
export const masked = ({ phone, company, contact, email }: Pick<KnownCustomer, 'phone' | 'company' | 'contact' | 'email'>) =>
  ({ mobilePhone: maskPhone(phone), company: maskCompany(company), customerName: maskName(contact), email: maskEmail(email) });

/** 15.1 numbers what it calls the status of a tenant's space, and does not say what the numbers mean: those of its examples are taken. */
export const spaceStatus = (trialUntil: number | null | undefined): string => (trialUntil == null ? '2' : '5');

const STATUSES: Readonly<Record<OrderStatus, string>> = { effective: '2', expired: '8', historical: '9' };
const text = (value: string | number | null | undefined): string => (value == null ? '' : String(value));

/** 15.1.2 has nearly everything as text. */
export function presentResource(order: Order, tenant: Pick<Tenant, 'tenantId' | 'name'> | undefined, customer: { readonly company: string; readonly contact: string } | undefined): Result<typeof queryResource>['result'][number] {
  const { details } = order;
  return {
    orderId: details.orderNumber ?? order.id, opType: text(details.kind), remark: text(details.remark), skuName: order.resource, modifyTime: text(order.changedAt),
    orderAmount: text(details.price), procutName: text(details.chargingMode), vdnId: text(order.vdnId), customerId: text(details.customerId),
    company: maskCompany(customer?.company ?? ''), id: order.id, manualStatus: '0', cecTenantId: tenant?.tenantId ?? '', amount: text(order.amount),
    periodNumber: text(details.periods), productId: text(details.chargingModeCode), autoStatus: '2', customerName: maskName(customer?.contact ?? ''),
    cecExpireTime: text(order.endsAt), cecTenantName: maskCompany(tenant?.name ?? ''), createSource: text(details.source), periodType: text(details.periodUnit),
    expireTime: text(order.endsAt), createTime: text(order.createdAt), skuCode: text(details.skuCode), cecFeatureType: text(details.featureType),
    trialFlag: details.trial === true ? 1 : 0, retryTimes: '0', status: STATUSES[order.status],
  };
}
