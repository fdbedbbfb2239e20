import { operation } from '../operation.ts';
import { flag, integer, list, longId, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const CUSTOMER = `${ADMIN}/tenants/{vdnId}/customer`;
const ORDERS = `${ADMIN}/installation/orders`;
const vdnId = integer('The tenant.', { min: 1 });

const customer = {
  company: text('Name of the company.', { max: 200 }),
  contact: text('Name of the person to turn to.', { max: 100 }),
  phone: text('Telephone number of that person.', { max: 25, pattern: '^[0-9+()*# -]*$' }),
  email: text('Mail address of that person; empty is none.', { max: 320 }),
};
const trialUntil = timestamp('Until when the tenant is on trial; without it, it is not.');
const shown = object({ vdnId, ...customer, trialUntil: optional(trialUntil), createdAt: timestamp('When this was put down first.') }, 'Who a tenant is.');
const sample = { company: 'Example Ltd', contact: 'Zhang San', phone: '15312340991', email: 'zhang@example.com' };

export const showCustomer = operation({
  id: 'showCustomer', family: admin, tag: 'Orders',
  method: 'GET', path: CUSTOMER, auth: 'session', permission: 'installation',
  summary: 'Show who a tenant is',
  request: { path: object({ vdnId }) },
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7 }, response: { vdnId: 7, ...sample, createdAt: 1_790_000_000_000 } }],
});

export const setCustomer = operation({
  id: 'setCustomer', family: admin, tag: 'Orders',
  method: 'PUT', path: CUSTOMER, auth: 'session', permission: 'installation',
  summary: 'Put down who a tenant is',
  description: 'As a whole. 15.1.1 and 15.1.4 show it, with most of it hidden. Nobody who has this number or this mail address is given a trial (17.3).',
  request: { path: object({ vdnId }), body: object({ ...customer, trialUntil: optional(trialUntil) }) },
  result: shown,
  errors: [errors.invalid, errors.notFound],
  examples: [{ request: { vdnId: 7, ...sample }, response: { vdnId: 7, ...sample, createdAt: 1_790_000_000_000 } }],
});

const status = oneOf(['effective', 'expired', 'historical'], 'Whether it holds, is over, or was replaced by another one.');
const details = {
  orderNumber: text('Number of the order, as whoever sold it has it.', { max: 64 }),
  kind: text('What was ordered, such as newInstance, renewal or change.', { max: 64 }),
  remark: text('Remark.', { max: 1000 }),
  price: text('What it costs.', { max: 32 }),
  chargingMode: text('How it is charged, such as monthly.', { max: 64 }),
  chargingModeCode: text('Code of that.', { max: 64 }),
  skuCode: text('Code of what the order is of.', { max: 64 }),
  customerId: text('Id of the customer.', { max: 64 }),
  periods: integer('For how many periods.', { min: 0 }),
  periodUnit: text('What a period is, such as month.', { max: 32 }),
  featureType: text('Kind of feature.', { max: 64 }),
  source: text('Where the order came from.', { max: 64 }),
  trial: flag('Whether it is a trial: when its time is over, the tenant is switched off.'),
};
const asked = {
  orderNumber: optional(details.orderNumber), kind: optional(details.kind), remark: optional(details.remark), price: optional(details.price),
  chargingMode: optional(details.chargingMode), chargingModeCode: optional(details.chargingModeCode), skuCode: optional(details.skuCode), customerId: optional(details.customerId),
  periods: optional(details.periods), periodUnit: optional(details.periodUnit), featureType: optional(details.featureType), source: optional(details.source),
  trial: optional(details.trial),
};
const resource = word('What the order is of, such as voice agents.', { max: 100 });
const amount = integer('Of how many it is.', { min: 0 });
const beginsAt = timestamp('From when it holds.');
const endsAt = timestamp('Until when; 0 for ever.');

const order = object({
  id: text('Id of the order.'), vdnId, resource, amount, beginsAt, endsAt, status, ...asked,
  createdAt: timestamp('When it was put down.'), changedAt: timestamp('When it was changed last.'),
}, 'An order.');
const orderSample = {
  id: '1239554736420597767', vdnId: 7, resource: 'Voice agents', amount: 20, beginsAt: 1_790_000_000_000, endsAt: 1_821_536_000_000, status: 'effective', kind: 'newInstance',
  price: '36000', chargingMode: 'monthly', periods: 12, periodUnit: 'month', createdAt: 1_790_000_000_000, changedAt: 1_790_000_000_000,
} as const;
const { id: _id, status: _status, createdAt: _createdAt, changedAt: _changedAt, ...request } = orderSample;

export const listOrders = operation({
  id: 'listOrders', family: admin, tag: 'Orders',
  method: 'GET', path: ORDERS, auth: 'session', permission: 'installation',
  summary: 'List what tenants have ordered',
  request: {
    query: object({
      vdnId: optional(vdnId),
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 1000 })),
      offset: optional(integer('How many to pass over.', { min: 0 })),
    }),
  },
  result: object({ orders: list(order, 'The orders, the newest first.'), total: integer('How many there are in all.') }),
  examples: [{ request: { vdnId: 7 }, response: { orders: [orderSample], total: 1 } }],
});

export const createOrder = operation({
  id: 'createOrder', family: admin, tag: 'Orders',
  method: 'POST', path: ORDERS, auth: 'session', permission: 'installation',
  summary: 'Put down what a tenant has ordered',
  description: '15.1.2 shows it. It changes nothing of the tenant, but for a trial, which ends with its order.',
  request: { body: object({ vdnId, resource, amount, beginsAt, endsAt: optional(endsAt), ...asked }) },
  result: order,
  errors: [errors.invalid, errors.notFound],
  examples: [{ request, response: orderSample }],
});

export const changeOrder = operation({
  id: 'changeOrder', family: admin, tag: 'Orders',
  method: 'PATCH', path: `${ORDERS}/{id}`, auth: 'session', permission: 'installation',
  summary: 'Change an order',
  description: 'What is left out stays as it is. Orders whose time is over become expired by themselves, within the hour.',
  request: {
    path: object({ id: longId('Id of the order.') }),
    body: object({ resource: optional(resource), amount: optional(amount), beginsAt: optional(beginsAt), endsAt: optional(endsAt), status: optional(status), ...asked }),
  },
  result: order,
  errors: [errors.invalid, errors.notFound],
  examples: [{ request: { id: orderSample.id, amount: 20, status: 'effective' }, response: orderSample }],
});
