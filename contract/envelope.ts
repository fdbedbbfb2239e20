import { Type, type TObject, type TSchema } from 'typebox';
import { refusalText, type Refusal } from './refusal.ts';

/** How a family wraps a result and a refusal on the wire. */
export interface Envelope {
  /** Schema of the whole successful reply. */
  readonly schema: (result: TSchema) => TSchema;
  /** Schema of a refusal. */
  readonly refusalSchema: TObject;
  readonly success: (result: unknown, done: string) => unknown;
  readonly refusal: (refusal: Refusal) => unknown;
  /** The result in a successful reply, where it does not stand in the whole of it. */
  readonly resultOf?: (reply: Readonly<Record<string, unknown>>) => unknown;
}

const properties = (result: TSchema): Record<string, TSchema> => {
  if ('properties' in result) return result.properties as Record<string, TSchema>;
  throw new Error('a flat envelope needs an object as its result');
};

/** Code and message stand beside the result's own fields, as chapter 5 does in three dialects. */
export function flat(codeField: string, messageField: string, ok = '0'): Envelope {
  const head = {
    [codeField]: Type.String({ description: `\`${ok}\` for success, anything else for a refusal.` }),
    [messageField]: Type.Optional(Type.String({ description: 'The outcome in words.' })),
  };
  return {
    schema: (result) => Type.Object({ ...head, ...properties(result) }),
    refusalSchema: Type.Object(head),
    success: (result, done) => ({ [codeField]: ok, ...(result as object), [messageField]: done }),
    refusal: (refusal) => ({ [codeField]: refusal.refused.code, [messageField]: refusalText(refusal) }),
  };
}

/** The result as it is; a refusal as `{error: {code, message}}`. */
export const bare: Envelope = {
  schema: (result) => result,
  refusalSchema: Type.Object({
    error: Type.Object({
      code: Type.String({ description: 'A stable word for programs.' }),
      message: Type.String({ description: 'What was refused and what to do, for people.' }),
      field: Type.Optional(Type.String({ description: 'The field that was refused, where it is one.' })),
    }),
  }),
  success: (result) => result,
  refusal: (refusal) => ({
    error: {
      code: refusal.refused.code,
      message: refusalText(refusal),
      ...(refusal.details['field'] === undefined ? {} : { field: String(refusal.details['field']) }),
    },
  }),
};

/** The agent gateway's where nothing stands in `result`: message, retcode, and the fields of the reply beside them. */
export const gatewayFlat: Envelope = {
  schema: (result) =>
    Type.Object({
      message: Type.String({ description: 'The outcome in words.' }),
      retcode: Type.String({ description: '`0` for success, else a code of 6.5.2.' }),
      ...properties(result),
    }),
  refusalSchema: Type.Object({
    message: Type.String({ description: 'The outcome in words.' }),
    retcode: Type.String({ description: 'A code of 6.5.2.' }),
  }),
  success: (result, done) => ({ message: done, retcode: '0', ...(result as object) }),
  refusal: (refusal) => ({ message: refusalText(refusal), retcode: refusal.refused.code }),
};

/** The agent gateway's: message, retcode, result (6.5.2). */
export const gatewayEnvelope: Envelope = {
  schema: (result) =>
    Type.Object({
      message: Type.String({ description: 'The outcome in words.' }),
      retcode: Type.String({ description: '`0` for success, else a code of 6.5.2.' }),
      result,
    }),
  refusalSchema: Type.Object({
    ...gatewayFlat.refusalSchema.properties,
    result: Type.Optional(Type.Object({
      errorReason: Type.Integer({ description: 'Code of Table 6-450 that tells why, beneath `100-007` (6.1.6).' }),
    }, { description: 'Stands there only where a finer reason is known.' })),
  }),
  success: (result, done) => ({ message: done, retcode: '0', result }),
  resultOf: ({ result }) => result,
  refusal: (refusal) => {
    const { reason } = refusal.refused;
    return { ...(gatewayFlat.refusal(refusal) as object), ...(reason === undefined ? {} : { result: { errorReason: reason } }) };
  },
};
