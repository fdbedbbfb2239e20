import { operation } from '../operation.ts';
import { integer, list, longId, nothing, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const OMA = `${ADMIN}/installation/oma`;
const TOKENS = `${ADMIN}/installation/oma-tokens`;
const DAY_SECONDS = 86_400;
export const OMA_TOKEN_LIFE_SECONDS = 30 * DAY_SECONDS;

const url = (description: string) => text(description, { max: 1000 });
const settings = {
  softwareCloudUrl: url('Web site of the mall that sells this installation.'),
  clientId: text('Id by which the mall knows it.', { max: 200 }),
  privacyStatementId: text('Id of the privacy statement there.', { max: 200 }),
  privacyStatementUrl: url('Where that is to be read.'),
  portalUrl: url('Where customers are told to sign in; this installation\'s own console unless told.'),
};
const hasImcSecret = object({ ...settings, imcSecretSetAt: optional(timestamp('When the secret of 15.1.3 was set; absent while there is none.')) }, 'What is told of the installation (15.1).');
const sample = {
  softwareCloudUrl: 'https://mall.example.com', clientId: 'parley', privacyStatementId: 'privacy-1', privacyStatementUrl: 'https://mall.example.com/privacy/1',
  portalUrl: 'https://parley.example.com/',
};

export const showOmaSettings = operation({
  id: 'showOmaSettings', family: admin, tag: 'Customer data',
  method: 'GET', path: OMA, auth: 'session', permission: 'installation',
  summary: 'Show what links this installation to the mall that sells it',
  request: {},
  result: hasImcSecret,
  examples: [{ response: sample }],
});

export const setOmaSettings = operation({
  id: 'setOmaSettings', family: admin, tag: 'Customer data',
  method: 'PUT', path: OMA, auth: 'session', permission: 'installation',
  summary: 'Set what links this installation to the mall that sells it',
  description: 'As a whole: what is left out is empty. 15.1.5 tells it.',
  request: {
    body: object({
      softwareCloudUrl: optional(settings.softwareCloudUrl), clientId: optional(settings.clientId), privacyStatementId: optional(settings.privacyStatementId),
      privacyStatementUrl: optional(settings.privacyStatementUrl), portalUrl: optional(settings.portalUrl),
    }),
  },
  result: hasImcSecret,
  errors: [errors.invalid],
  examples: [{ request: sample, response: sample }],
});

export const setImcSecret = operation({
  id: 'setImcSecret', family: admin, tag: 'Customer data',
  method: 'PUT', path: `${OMA}/imc-secret`, auth: 'session', permission: 'installation',
  summary: 'Set the secret that messages of the IMC are signed with',
  description: 'Messages that were signed with another one are refused from now on (15.1.3). Without a secret all are.',
  request: { body: object({ secret: optional(word('A secret of one\'s own choice; a random one unless given.', { min: 16, max: 256 })) }) },
  result: object({ secret: word('The secret: it is told this once and can be replaced, not read again.') }),
  examples: [{ request: {}, response: { secret: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' } }],
});

export const removeImcSecret = operation({
  id: 'removeImcSecret', family: admin, tag: 'Customer data',
  method: 'DELETE', path: `${OMA}/imc-secret`, auth: 'session', permission: 'installation',
  summary: 'Take no messages of the IMC any more',
  request: {},
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: {}, response: {} }],
});

export const listImcMessages = operation({
  id: 'listImcMessages', family: admin, tag: 'Customer data',
  method: 'GET', path: `${OMA}/imc-messages`, auth: 'session', permission: 'installation',
  summary: 'List the messages of the IMC',
  description: 'Those of the last 30 days (15.1.3).',
  request: {
    query: object({
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 1000 })),
      offset: optional(integer('How many to pass over.', { min: 0 })),
    }),
  },
  result: object({
    messages: list(object({
      id: text('What the sender was told as the id of the message.'), message: text('The message, decrypted.', { max: 200_000 }), receivedAt: timestamp('When it came first.'),
    }), 'The messages, the newest first.'),
    total: integer('How many there are in all.'),
  }),
  examples: [{ request: { limit: 10 }, response: { messages: [{ id: 'qZ3xv0', message: '{"eventType":"newInstance"}', receivedAt: 1_790_000_000_000 }], total: 1 } }],
});

const shownToken = {
  id: text('Id of the token; not the token itself.'),
  vdnId: optional(integer('The tenant that it speaks for; absent for one that speaks for all.')),
  label: text('What it is for.'),
  createdAt: timestamp('When it was issued.'),
  expiresAt: timestamp('When it ends.'),
};
const tokenSample = { id: '1239554736420597767', vdnId: 7, label: 'Mall', createdAt: 1_790_000_000_000, expiresAt: 1_792_592_000_000 };

export const listOmaTokens = operation({
  id: 'listOmaTokens', family: admin, tag: 'Customer data',
  method: 'GET', path: TOKENS, auth: 'session', permission: 'installation',
  summary: 'List the tokens for customer data',
  request: {},
  result: object({ tokens: list(object(shownToken), 'Those that are good, oldest first.', { max: 10_000 }) }),
  examples: [{ response: { tokens: [tokenSample] } }],
});

export const issueOmaToken = operation({
  id: 'issueOmaToken', family: admin, tag: 'Customer data',
  method: 'POST', path: TOKENS, auth: 'session', permission: 'installation',
  summary: 'Issue a token for customer data',
  description: 'It is sent in the header `X-Auth-Token` (15.1) and opens nothing else. For one tenant, whose customer and orders it shows, or, without `vdnId`, for the orders of all.',
  request: {
    body: object({
      vdnId: optional(integer('The tenant that it shall speak for.', { min: 1 })),
      label: optional(text('What it is for.', { max: 100 })),
      lifeSeconds: optional(integer('How long it shall live; 30 days unless told, ten years at most.', { min: 60, max: 3650 * DAY_SECONDS })),
    }),
  },
  result: object({ ...shownToken, token: word('The token; it is told this once.') }),
  errors: [errors.notFound, errors.conflict],
  examples: [{ request: { vdnId: 7, label: 'Mall' }, response: { ...tokenSample, token: 'zzzzzzzzzzzzzzzzzz' } }],
});

export const revokeOmaToken = operation({
  id: 'revokeOmaToken', family: admin, tag: 'Customer data',
  method: 'DELETE', path: `${TOKENS}/{id}`, auth: 'session', permission: 'installation',
  summary: 'End a token for customer data',
  description: 'From the next call on it is unknown.',
  request: { path: object({ id: longId('Id of the token.') }) },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { id: tokenSample.id }, response: {} }],
});
