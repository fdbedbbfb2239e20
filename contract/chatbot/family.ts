import { Type, type TSchema } from 'typebox';
import type { Envelope } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue, refusalText } from '../refusal.ts';

/**
 * 4.4 and chapter 10. The codes are those of Table 10-1; a refusal of the business is HTTP 200 with a code, and only what
 * HTTP itself refuses has another status.
 */
export const chatbotErrors = catalogue({
  malformed: { status: 400, code: '10000002', text: 'The body is not JSON: {message}.' },
  invalid: { status: 200, code: '10000002', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 200, code: '900001', text: 'No token, or an expired one: {message}.' },
  forbidden: { status: 200, code: '900002', text: 'The token does not allow this: {message}.' },
  locked: { status: 200, code: '200800003', text: 'The account is locked: {message}.' },
  unknownPath: { status: 404, code: '10000003', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '10000002', text: 'The body is too large.' },
  tooMany: { status: 429, code: '10000001', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '10000001', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '10000001', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '10000001', text: 'The request failed on our side; quote {requestId} when you report it.' },
  keyUnknown: { status: 200, code: '200800001', text: 'There is no key {appKey}.' },
  keyWrong: { status: 200, code: '200800002', text: 'The secret is wrong.' },
});

const head = {
  errorCode: Type.Integer({ description: '0 for success, else a code of Table 10-1: a number.' }),
  errorMsg: Type.Optional(Type.String({ description: 'What was refused; empty for success.' })),
};

/** Unlike in the other families, the code is a number. */
const numbered: Envelope = {
  schema: (result: TSchema) => Type.Object({ ...head, ...('properties' in result ? result.properties as Record<string, TSchema> : {}) }),
  refusalSchema: Type.Object(head),
  success: (result, done) => ({ errorCode: 0, errorMsg: done, ...(result as object) }),
  refusal: (refusal) => ({ errorCode: Number(refusal.refused.code), errorMsg: refusalText(refusal) }),
};

export const chatbot: Family = {
  id: 'chatbot',
  title: 'Chatbot',
  prefixes: ['/oifde/'],
  envelope: numbered,
  refusals: chatbotErrors,
};
