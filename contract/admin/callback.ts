import { operation } from '../operation.ts';
import { list, longId, nothing, nullable, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const TRUSTED = `${ADMIN}/trusted-urls`;
const ADDRESSES = `${ADMIN}/callback-addresses`;
const KEYS = `${ADMIN}/shared-keys`;

const note = text('Whose address it is, or why it is trusted.', { max: 200 });
const trustedUrl = object({
  id: longId('Id of the entry.'),
  url: text('Scheme, host with port, and the path to begin with, in normal form.'),
  note,
  createdAt: timestamp('When it was added.'),
}, 'A place that Parley may call for the tenant.');

const trustedSample = { id: '1239554736420597767', url: 'https://crm.example.com/hooks', note: 'CRM', createdAt: 1_790_000_000_000 };

export const listTrustedUrls = operation({
  id: 'listTrustedUrls', family: admin, tag: 'Callbacks',
  method: 'GET', path: TRUSTED, auth: 'session', permission: 'tenant.read',
  summary: 'List the URLs that Parley may call for the tenant',
  request: {},
  result: object({ trustedUrls: list(trustedUrl, 'The entries, by URL.') }),
  examples: [{ response: { trustedUrls: [trustedSample] } }],
});

export const addTrustedUrl = operation({
  id: 'addTrustedUrl', family: admin, tag: 'Callbacks',
  method: 'POST', path: TRUSTED, auth: 'session', permission: 'tenant.write',
  summary: 'Trust a URL and all that lies under it',
  description: 'A URL is called when its scheme, host and port are those of an entry and its path is the entry\'s or lies under '
    + 'it: `/hooks` stands for `/hooks/a`, not for `/hooksy`. Private networks need the setting PARLEY_OUTGOING_PRIVATE besides.',
  request: {
    body: object({
      url: word('Such as `https://crm.example.com/hooks`; without user name, query, fragment or wildcard.', { max: 1000 }),
      note: optional(note),
    }),
  },
  result: trustedUrl,
  errors: [errors.invalid, errors.exists, errors.conflict],
  examples: [{ request: { url: 'https://crm.example.com/hooks', note: 'CRM' }, response: trustedSample }],
});

export const deleteTrustedUrl = operation({
  id: 'deleteTrustedUrl', family: admin, tag: 'Callbacks',
  method: 'DELETE', path: `${TRUSTED}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Trust a URL no longer',
  description: 'Refused while a callback address is trusted by this entry alone. What is still to be sent there is not sent any more.',
  request: { path: object({ id: longId('Id of the entry.') }) },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { id: trustedSample.id }, response: {} }],
});

const purpose = word('What is sent there: lower-case letters, digits and hyphens.', { max: 50, pattern: '^[a-z][a-z0-9-]*$' });
const keyName = word('Name of the key, unique in the tenant: letters, digits, `.`, `_` and `-`.', {
  max: 64, pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]*$',
});
const purposePath = object({ purpose });

const callbackAddress = object({
  purpose,
  url: text('Where it is sent.'),
  sharedKey: nullable(text('Name of the shared key that signs it; null when it is not signed.')),
}, 'Where the tenant wants to be called back.');

const addressSample = { purpose: 'two-way-calls', url: 'https://crm.example.com/hooks/calls', sharedKey: 'crm' };

export const listCallbackAddresses = operation({
  id: 'listCallbackAddresses', family: admin, tag: 'Callbacks',
  method: 'GET', path: ADDRESSES, auth: 'session', permission: 'tenant.read',
  summary: 'List the tenant\'s callback addresses',
  request: {},
  result: object({ callbackAddresses: list(callbackAddress, 'The addresses, by purpose.') }),
  examples: [{ response: { callbackAddresses: [addressSample] } }],
});

export const putCallbackAddress = operation({
  id: 'putCallbackAddress', family: admin, tag: 'Callbacks',
  method: 'PUT', path: `${ADDRESSES}/{purpose}`, auth: 'session', permission: 'tenant.write',
  summary: 'Set where the tenant is called back for a purpose',
  description: 'The URL must be covered by the list of trusted URLs. Without `sharedKey`, what is sent is not signed.',
  request: {
    path: purposePath,
    body: object({ url: word('Where to send it.', { max: 1000 }), sharedKey: optional(keyName) }),
  },
  result: callbackAddress,
  errors: [errors.invalid, errors.notFound, errors.conflict],
  examples: [{ request: addressSample, response: addressSample }],
});

export const deleteCallbackAddress = operation({
  id: 'deleteCallbackAddress', family: admin, tag: 'Callbacks',
  method: 'DELETE', path: `${ADDRESSES}/{purpose}`, auth: 'session', permission: 'tenant.write',
  summary: 'Remove a callback address',
  request: { path: purposePath },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { purpose: addressSample.purpose }, response: {} }],
});

const sharedKey = { name: keyName, createdAt: timestamp('When it was made or its secret replaced.') };
const sharedKeyWithSecret = object({ ...sharedKey, secret: word('The secret: it is told this once and can be replaced, not read again.') });
const secret = word('The secret of one\'s own choice; a random one unless given.', { min: 16, max: 256 });
const namePath = object({ name: keyName });

const keySample = { name: 'crm', createdAt: 1_790_000_000_000 };
const secretSample = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';

export const listSharedKeys = operation({
  id: 'listSharedKeys', family: admin, tag: 'Callbacks',
  method: 'GET', path: KEYS, auth: 'session', permission: 'tenant.read',
  summary: 'List the keys that sign callbacks',
  request: {},
  result: object({ sharedKeys: list(object(sharedKey), 'The keys, by name, without their secrets.') }),
  examples: [{ response: { sharedKeys: [keySample] } }],
});

export const createSharedKey = operation({
  id: 'createSharedKey', family: admin, tag: 'Callbacks',
  method: 'POST', path: KEYS, auth: 'session', permission: 'tenant.write',
  summary: 'Make a key that signs callbacks',
  request: { body: object({ name: keyName, secret: optional(secret) }) },
  result: sharedKeyWithSecret,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: { name: 'crm' }, response: { ...keySample, secret: secretSample } }],
});

export const replaceSharedKeySecret = operation({
  id: 'replaceSharedKeySecret', family: admin, tag: 'Callbacks',
  method: 'POST', path: `${KEYS}/{name}/secret`, auth: 'session', permission: 'tenant.write',
  summary: 'Replace the secret of a shared key',
  description: 'What is sent from now on is signed with the new one.',
  request: { path: namePath, body: object({ secret: optional(secret) }) },
  result: sharedKeyWithSecret,
  errors: [errors.notFound],
  examples: [{ request: { name: 'crm' }, response: { ...keySample, secret: secretSample } }],
});

export const deleteSharedKey = operation({
  id: 'deleteSharedKey', family: admin, tag: 'Callbacks',
  method: 'DELETE', path: `${KEYS}/{name}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete a shared key',
  description: 'Refused while a callback address is signed with it.',
  request: { path: namePath },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { name: 'crm' }, response: {} }],
});
