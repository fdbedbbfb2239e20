import { operation } from '../operation.ts';
import { object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/** Those that sign or authorize requests one at a time; the others open a conversation (4.4) or a service (9.1.1). */
export const SAMPLE_SCHEMES = ['C1', 'C2'] as const;
export const SAMPLE_METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** Where such keys open something; without dot segments, which browsers resolve before they send. */
const SAMPLE_PATH = '^(?!.*/(\\.|%2[Ee]){1,2}(/|$))/(rest|apiaccess|CCFS)(/[A-Za-z0-9._~!$&\'()*+,;=:@%-]+)+$';
/** As it stands in a URL. */
const QUERY = '^[A-Za-z0-9._~!$&\'()*+,;=:@%/?-]*$';

const sample = { scheme: 'C2', keyId: 'q4Zt8wX1c9LsVb2N', method: 'POST', path: '/rest/cmsapp/v1/ping', body: '{"say":"Hello world!"}' } as const;

export const createSampleRequest = operation({
  id: 'createSampleRequest', family: admin, tag: 'Keys',
  method: 'POST', path: `${ADMIN}/keys/{scheme}/{keyId}/sample-request`, auth: 'session', permission: 'tenant.write',
  summary: 'Authorize one request as a program with this key would',
  description: 'For C2 the signature of exactly this request to the host that this operation itself was sent to (4.3); for C1 a token (4.2). The secret stays here. '
    + 'Who asked for what stands in the audit trail.',
  request: {
    path: object({ scheme: oneOf(SAMPLE_SCHEMES, 'C1 app key (4.2) or C2 access key (4.3).'), keyId: word('Name of one of the tenant\'s keys.', { max: 128 }) }),
    body: object({
      method: oneOf(SAMPLE_METHODS, 'Method of the request.'),
      path: word('Its path, which starts with `/rest/`, `/apiaccess/` or `/CCFS/`.', { max: 500, pattern: SAMPLE_PATH }),
      query: optional(text('Its query as it stands in the URL, without the question mark.', { max: 2000, pattern: QUERY })),
      body: optional(text('Its body, to the letter.', { max: 200_000 })),
    }),
  },
  result: object({
    host: text('The host that it is for.'),
    url: text('Path and query as they are to be sent.'),
    authorization: text('Value of the header Authorization.'),
    expiresAt: timestamp('Until when it is good.'),
  }),
  errors: [errors.invalid, errors.notFound, errors.conflict],
  examples: [{
    request: sample,
    response: {
      host: 'parley.example.com', url: sample.path, expiresAt: 1_790_000_900_000,
      authorization: `auth-v2/${sample.keyId}/2026-09-21T14:13:20Z/host/${'0f'.repeat(32)}`,
    },
  }],
});
