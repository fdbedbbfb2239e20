import { Type, type TObject, type TSchema } from 'typebox';
import type { Envelope } from '../envelope.ts';
import { catalogue, refusalText, type Refusal } from '../refusal.ts';
import { integer, list, object, optional, text } from '../schema.ts';
import { monitoring } from './family.ts';

/* What the operations of 12.3 have in common: where they look, and the forms in which they answer. */

export const OPENAPI = '/rest/cmsapp/v1/openapi';
export const OPENAPI_V2 = '/rest/cmsapp/v2/openapi';

/** Ranges of 12.3. */
export const MAX = { ccId: 65_535, vdn: 5000, skill: 2000, flow: 1500, agent: 59_999, anyAgent: 99_999 } as const;

export const ccId = integer('Id of the contact centre.', { min: 1, max: MAX.ccId, also: ['ccld', 'cclId', 'cclid'] });
export const vdn = integer('Id of the tenant.', { min: 1, max: MAX.vdn, also: ['vdnId'] });

/** A tenant, whole; the contact centre may be left out, as there is but one of it. */
export const inVdn = { ccId: optional(ccId), vdn } as const;

/** A page: rows are in the order of their ids. */
export const paged = (limit: number) => ({
  limit: optional(integer(`How many rows at most; ${limit} unless told.`, { min: 1, max: limit, also: ['pageSize'] })),
  offset: optional(integer('How many rows to pass over; none unless told.', { min: 0 })),
});

/** A page that must be asked for. */
export const page = (limit: number) => ({
  limit: integer('How many rows at most.', { min: 1, max: limit, also: ['pageSize'] }),
  offset: integer('How many rows to pass over: limit x (page - 1).', { min: 0 }),
});

export const agentId = integer('Work number of the agent.', { min: 101, max: MAX.agent, also: ['agentld'] });
export const agentIds = (max: number) => list(integer('A work number.', { min: 101, max: MAX.agent }), 'Work numbers. Those of no agent of the tenant are passed over.', { max, also: ['agentlds'] });
export const skillId = integer('Id of the skill queue.', { min: 1, max: MAX.skill, also: ['skillld'] });
export const skillIds = list(integer('Id of a skill queue.', { min: 1, max: MAX.skill }), 'Ids of skill queues. Those of no queue of the tenant are passed over.', { max: 1000, also: ['skilllds'] });

export const scopeErrors = catalogue({
  foreignVdn: { status: 200, code: '0101003', text: 'The key in use is not for {what}.' },
  wrongParameter: { status: 200, code: '0100002', text: 'Wrong parameter: {message}.' },
  notFound: { status: 200, code: '0100001', text: 'There is no {what}.' },
  ambiguous: { status: 200, code: '0100001', text: 'Several tenants have a {what}; ask with the key of the one that is meant.' },
  relation: { status: 200, code: '0101001', text: 'There is something wrong with this inspection relation: {message}.' },
});

export const OK = '0100000';
const code = text(`\`${OK}\` for success, else a code of 12.3.8.2.`);

const refusalSchema = object({
  ...monitoring.envelope.refusalSchema.properties,
  result: optional(text('1: refused.')),
  returnCode: optional(text('A code of 12.3.8.2.')),
  returnDesc: optional(text('The outcome in words.')),
});

/** What the signature refuses looks the same everywhere (13.2.3.2); what is refused otherwise has the form of the answer. */
const refusing = (form: (refusalCode: string, words: string) => object) => (refusal: Refusal): unknown =>
  (refusal.refused.status === 401 || refusal.refused.status === 403 ? monitoring.envelope.refusal(refusal) : form(refusal.refused.code, refusalText(refusal)));

/** The answer twice, as the reference's tables have the one name and clients of older releases the other. */
export const dual: Envelope = {
  schema: (result) => object({ result: text('0: done.'), resultCode: code, resultDatas: result, resultDesc: result }),
  refusalSchema,
  success: (result) => ({ result: '0', resultCode: OK, resultDatas: result, resultDesc: result }),
  refusal: refusing((resultCode, words) => ({ result: '1', resultCode, resultDesc: words })),
  resultOf: ({ resultDesc }) => resultDesc,
};

/** The answer twice, and beside it how many agents the tenant has; the operation's result is `{count, rows}`. */
export const counted: Envelope = {
  schema: (result) => {
    const { count, rows } = (result as TObject<{ count: TSchema; rows: TSchema }>).properties;
    return object({ result: text('0: done.'), resultCode: code, resultDatas: rows, resultDesc: rows, count });
  },
  refusalSchema,
  success: (result) => {
    const { count, rows } = result as { readonly count: unknown; readonly rows: unknown };
    return { result: '0', resultCode: OK, resultDatas: rows, resultDesc: rows, count };
  },
  refusal: dual.refusal,
  resultOf: ({ count, resultDesc }) => ({ count, rows: resultDesc }),
};

/** The answer in `resultDesc`. */
export const single: Envelope = {
  schema: (result) => object({ resultCode: code, resultDesc: result }),
  refusalSchema,
  success: (result) => ({ resultCode: OK, resultDesc: result }),
  refusal: refusing((resultCode, words) => ({ resultCode, resultDesc: words })),
  resultOf: ({ resultDesc }) => resultDesc,
};

/** The same behind `result`, as the example of 12.3.2.11 has it. */
export const resulting: Envelope = {
  schema: (result) => object({ result: text('0: done.'), resultCode: code, resultDesc: result }),
  refusalSchema,
  success: (result) => ({ result: '0', resultCode: OK, resultDesc: result }),
  refusal: dual.refusal,
  resultOf: ({ resultDesc }) => resultDesc,
};

/** The answer's fields beside `returnCode`, which is 0 here for success. */
export const returning: Envelope = {
  schema: (result) => Type.Intersect([object({ returnCode: text('`0` for success, else a code of 12.3.8.2.'), returnDesc: optional(text('The outcome in words.')) }), result]),
  refusalSchema,
  success: (result) => ({ returnCode: '0', returnDesc: 'success', ...(result as object) }),
  refusal: refusing((returnCode, words) => ({ returnCode, returnDesc: words, resultCode: returnCode, resultDesc: words })),
};
