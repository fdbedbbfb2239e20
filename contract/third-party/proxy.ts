import { Type } from 'typebox';
import type { Envelope } from '../envelope.ts';
import { operation } from '../operation.ts';
import { refusalText } from '../refusal.ts';
import { flag, integer, list, object, optional, text, word } from '../schema.ts';
import { thirdParty, thirdPartyErrors as errors } from './family.ts';

/** Under which purposes tenants put down where their systems are (`putCallbackAddress`). */
export const VALIDATION_PURPOSE = 'third-party-validation';
export const CUSTOMER_PURPOSE = 'third-party-customer';

const CALLER = 'The reference leaves it to elements within the cloud, without saying how they show who they are. Here it takes the token of the tenant (C1), so that a tenant reaches its own system and no other.';
const FORWARDS = (purpose: string): string => `It is passed on to the callback address that the tenant has for \`${purpose}\`, which must be covered by its trusted URLs, and signed as docs/third-party.md says where that has a shared key.`;

const retCode = integer('0 when the system of the tenant knows the token, else what it says, or the HTTP status of a refusal.');
const message = text('The outcome in words.', { max: 10_000 });

/** The form that the system itself has to answer in (Developing a Token Generation Mechanism and Verification API). */
const validated: Envelope = {
  schema: (result) => result,
  refusalSchema: Type.Object({ retCode, message }),
  success: (result) => result,
  refusal: (refusal) => ({ retCode: Number(refusal.refused.code), message: refusalText(refusal) }),
};

const validationBody = object({
  access_token: word('The token that the page of the agent was given by the system of the tenant.', { max: 10_000 }),
  tenantSpaceId: word('The tenant space.', { max: 64 }),
  userAccount: word('Account of the agent.', { max: 100 }),
});
const validationReply = object({ retCode, message });

export const thirdPartyValidate = operation({
  id: 'thirdPartyValidate', family: thirdParty, section: '17.4.1', tag: 'Systems of third parties', envelope: validated,
  method: 'POST', path: '/apiaccess/ccbar/v1/thirdparty/thirdPartyValidate', auth: 'C1',
  summary: 'Have the system of the tenant tell whether a token of its own is good',
  description: `${FORWARDS(VALIDATION_PURPOSE)} What it answers is passed back. ${CALLER}`,
  request: { body: validationBody },
  result: validationReply,
  errors: [errors.foreignSpace, errors.notConfigured, errors.unreachable, errors.misunderstood],
  callbacks: { thirdPartyTokenAsked: { summary: 'Whether this token is good; to be answered within ten seconds', body: validationBody, reply: validationReply } },
  examples: [{
    request: { access_token: 'zzzzzzzzzzzzzzzz', tenantSpaceId: '202101134979', userAccount: 'ann' },
    response: { retCode: 0, message: 'validate success' },
  }],
});

const property = object({
  valueNo: optional(text('Its place.')),
  name: text('Its name.', { max: 1000 }),
  value: text('Its value, as text.', { max: 10_000 }),
  type: text('1 text, 2 number, 3 date, 4 time, 5 one of `dictItems`.'),
  length: optional(text('How long it may be.')),
  isMandatory: optional(flag('Whether it must be there.')),
  maskStyle: optional(text('What is to be shown of it: 1 its last four characters, 2 its first four.')),
  dictItems: optional(list(object({ key: text('What stands in `value`.', { max: 1000 }), value: text('What it means.', { max: 1000 }) }), 'The values there are.')),
});
const described = object({ objectName: text('What it is about.', { max: 1000 }), values: list(property, 'What is known.') });

export const queryThirdPartyCustomerInfo = operation({
  id: 'queryThirdPartyCustomerInfo', family: thirdParty, section: '17.4.2', tag: 'Systems of third parties',
  method: 'POST', path: '/apiaccess/ccmanagement/v1/thirdParty/queryThirdpartyCustomerInfo', auth: 'C1',
  summary: 'Have the system of the tenant tell who a customer is',
  description: `${FORWARDS(CUSTOMER_PURPOSE)} What it answers is passed back, fields that nobody has agreed on left out. ${CALLER}`,
  request: { body: object({ param: word('By what the customer is looked for, such as the telephone number.', { max: 1000 }) }) },
  result: Type.Array(described, { description: 'What is known of the customer.' }),
  errors: [errors.notConfigured, errors.unreachable, errors.misunderstood],
  callbacks: {
    thirdPartyCustomerAsked: {
      summary: 'Who this customer is; to be answered within ten seconds', body: object({ param: text('By what the customer is looked for.') }),
      reply: Type.Array(described, { description: 'What is known of the customer.' }),
    },
  },
  examples: [{
    request: { param: '15212341028' },
    response: [{
      objectName: 'Customer',
      values: [
        { valueNo: '1', length: '128', type: '1', value: 'Zhang San', isMandatory: true, name: 'Name' },
        { valueNo: '2', type: '5', value: '1', isMandatory: true, name: 'Payment', dictItems: [{ key: '1', value: 'prepaid' }, { key: '2', value: 'postpaid' }] },
      ],
    }],
  }],
});
