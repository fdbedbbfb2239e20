import { flat } from '../envelope.ts';
import { operation } from '../operation.ts';
import { integer, list, object, optional, text, timestamp } from '../schema.ts';
import { oma, omaErrors as errors } from './family.ts';

const BASE = '/rest/oma/softwareconsole';
const TOKEN = 'The header `X-Auth-Token` holds a token that an operator has issued (`issueOmaToken`).';

const masked = {
  mobilePhone: text('Telephone number, but for its first and last digits.'),
  company: text('Name of the company, but for how it begins.'),
  customerName: text('Name of the person to turn to, but for the first letter.'),
  email: text('Mail address, but for how it begins and its domain.'),
};
const status = 'Whether the tenant is in service: 2 it is, 5 it is, on trial.';
const portalUrl = text('Where people sign in.');

export const queryTenantBasic = operation({
  id: 'queryTenantBasic', family: oma, section: '15.1.1', tag: 'Customer data',
  method: 'GET', path: `${BASE}/tenant/querytenantbasic`, auth: 'OMA',
  summary: 'Tell who the tenant of the token is',
  description: `${TOKEN} What an operator has put down of the customer (\`setCustomer\`); empty where nothing has been.`,
  request: {},
  result: object({
    ...masked,
    vdn: text('The tenant.'),
    createDate: timestamp('When the tenant was put down, in milliseconds since 1970; 0 where it was not.'),
    tenantSpaces: text(status),
    tenantSpaceStatus: text(`${status} The name that the example of 15.1.1 has.`),
    portalUrl,
  }),
  errors: [errors.noTenant],
  examples: [{
    response: {
      mobilePhone: '153****0991', company: 'Examp***', customerName: 'z***', email: 'sunk***@example.com', vdn: '150', createDate: 1_681_203_525_000, tenantSpaces: '2',
      tenantSpaceStatus: '2', portalUrl: 'https://parley.example.com/',
    },
  }],
});

export const queryResource = operation({
  id: 'queryResource', family: oma, section: '15.1.2', tag: 'Customer data', envelope: flat('returnCode', 'description'),
  method: 'POST', path: `${BASE}/tenant/queryresource`, auth: 'OMA',
  summary: 'List orders',
  description: `${TOKEN} Those of its tenant, or of all tenants where it is for all; the newest first. What is not known of an order is empty text.`,
  request: {
    body: object({
      limit: integer('How many at most, fewer than 100.', { min: 1, max: 99 }),
      offset: integer('How many to pass over.', { min: 0 }),
      startDate: optional(timestamp('Ordered from when on, in milliseconds since 1970.')),
      endDate: optional(timestamp('Ordered until when, included.')),
    }),
  },
  result: object({
    result: list(object({
      orderId: text('Number of the order, as whoever sold it has it.'),
      opType: text('What was ordered: newInstance and the like.'),
      remark: text('Remark.'),
      skuName: text('What the order is of.'),
      modifyTime: text('When it was changed last, in milliseconds since 1970.'),
      orderAmount: text('What it costs.'),
      procutName: text('How it is charged.'),
      vdnId: text('The tenant.'),
      customerId: text('Id of the customer.'),
      company: text('Name of the company, but for how it begins.'),
      id: text('Id of the order.'),
      manualStatus: text('Whether people have to see to it: 0, they have not.'),
      cecTenantId: text('Id of the tenant.'),
      amount: text('Of how many it is.'),
      periodNumber: text('For how many periods.'),
      productId: text('Code of how it is charged.'),
      autoStatus: text('Whether it has been carried out: 2, it has.'),
      customerName: text('Name of the person to turn to, but for the first letter.'),
      cecExpireTime: text('When it ends, in milliseconds since 1970.'),
      cecTenantName: text('Name of the tenant, but for how it begins.'),
      createSource: text('Where the order came from.'),
      periodType: text('What a period is.'),
      expireTime: text('When it ends, in milliseconds since 1970.'),
      createTime: text('When it was ordered, in milliseconds since 1970.'),
      skuCode: text('Code of what it is of.'),
      cecFeatureType: text('Kind of feature.'),
      trialFlag: integer('1 for a trial, else 0.'),
      retryTimes: text('How often it may be tried again: 0, as it has been carried out.'),
      status: text('2 effective, 8 expired, 9 historical.'),
    }), 'The orders.', { max: 99 }),
    count: text('How many there are in all.'),
  }),
  examples: [{
    request: { limit: 10, offset: 0, startDate: 1_679_558_854_000, endDate: 1_679_558_854_001 },
    response: {
      returnCode: '0', description: 'success', count: '1',
      result: [{
        orderId: '251679538126441114', opType: 'newInstance', remark: '', skuName: 'telemarketing agent', modifyTime: '1679558854000', orderAmount: '36000', procutName: 'monthly',
        vdnId: '131', customerId: '20220727032236821699', company: 'ttt***', id: '1638814724192780290', manualStatus: '0', cecTenantId: '202303232614', amount: '1',
        periodNumber: '2', productId: '0GbV000000wG80TFeSIU', autoStatus: '2', customerName: 'z***', cecExpireTime: '1684829253000', cecTenantName: 'Tena***',
        createSource: 'GTS', periodType: 'month', expireTime: '1684829253000', createTime: '1679558853000', skuCode: 'd52b28fa-e0a7-a8f7-8356-0f0aea54b862', cecFeatureType: '',
        trialFlag: 0, retryTimes: '0', status: '2',
      }],
    },
  }],
});

export const queryTrialTenant = operation({
  id: 'queryTrialTenant', family: oma, section: '15.1.4', tag: 'Customer data',
  method: 'GET', path: `${BASE}/trialtenant/querytenantinfo`, auth: 'OMA',
  summary: 'Tell until when the tenant of the token is on trial',
  description: TOKEN,
  request: {},
  result: object({
    createDate: timestamp('When the trial began, in milliseconds since 1970.'),
    expiryDate: timestamp('When it ends.'),
    ...masked,
    tenantSpaceStatus: text(status),
    portalUrl,
  }),
  errors: [errors.noTenant, errors.noTrial],
  examples: [{
    response: {
      createDate: 1_681_203_525_000, expiryDate: 1_684_650_886_000, company: 'Examp***', customerName: 'z***', email: 'wanf***@example.com', mobilePhone: '132****7077',
      tenantSpaceStatus: '5', portalUrl: 'https://parley.example.com/',
    },
  }],
});

export const querySoftwareSysParams = operation({
  id: 'querySoftwareSysParams', family: oma, section: '15.1.5', tag: 'Customer data',
  method: 'GET', path: `${BASE}/system/querysoftwaresysparams`, auth: 'OMA',
  summary: 'Tell what links this installation to the mall that sells it',
  description: `${TOKEN} What an operator has set (\`setOmaSettings\`); empty where nothing has been.`,
  request: {},
  result: object({
    softwareCloudUrl: text('Web site of the mall.'),
    clientId: text('Id by which the mall knows this installation.'),
    privacyStatementId: text('Id of the privacy statement there.'),
    privacyStatementUrl: text('Where that is to be read.'),
  }),
  examples: [{
    response: {
      softwareCloudUrl: 'https://mall.example.com', clientId: 'parley', privacyStatementId: 'privacy-1', privacyStatementUrl: 'https://mall.example.com/privacy/1',
    },
  }],
});
