import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { object, optional, word } from '../schema.ts';
import { monitoring } from './family.ts';

const PATH = '/rest/cmsapp/v1/ping';

/** Whatever fields a client likes: they are its own, and come back as they went. */
const anything = { additionalProperties: true } as const;

const state = word('`UP` when Parley can do its work.');

export const cmsPing = operation({
  id: 'cmsPing', family: monitoring, section: '12.3.7', tag: 'Monitoring',
  method: 'POST', path: PATH, auth: 'C2',
  summary: 'See whether Parley works, and try a signature',
  description: 'The body comes back in `request`. It is the request that 4.3 signs as its example, so it is the one to try a new signing program on.',
  request: {
    body: Type.Object({
      say: Type.Optional(Type.Unknown({ description: 'Anything; other names are as welcome.' })),
      // Named, or it would be taken for a wrapper around the fields of the operation.
      request: Type.Optional(Type.Unknown({ description: 'The head of the bodies of 12.3, as anything else.' })),
    }, anything),
  },
  result: object({
    request: Type.Object({}, { ...anything, description: 'What was sent.' }),
    status: state,
  }),
  examples: [{ request: { say: 'Hello world!' }, response: { request: { say: 'Hello world!' }, status: 'UP' } }],
});

export const cmsPingGet = operation({
  id: 'cmsPingGet', family: monitoring, section: '4.3', tag: 'Monitoring',
  method: 'GET', path: PATH, auth: 'C2',
  summary: 'Try the signature of a request without a body',
  description: 'Any query is taken, and covered by the signature; it changes nothing.',
  request: {},
  result: object({ request: optional(Type.Object({}, { description: 'Always empty.' })), status: state }),
  examples: [{ response: { request: {}, status: 'UP' } }],
});
