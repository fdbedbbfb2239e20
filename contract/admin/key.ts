import { operation } from '../operation.ts';
import { flag, list, nothing, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

export const KEY_SCHEMES = ['C1', 'C2', 'C3', 'SIA'] as const;

/** Nothing that would need escaping in a path, a header or the `/`-separated signature of 4.3. */
const KEY_ID = '^[A-Za-z0-9._@-]{1,128}$';

const scheme = oneOf(KEY_SCHEMES, 'C1 app key (4.2), C2 access key (4.3), C3 chatbot key (4.4), SIA service of the knowledge base (9.1.1).');
const keyId = word('Name of the key, unique in the installation for its scheme.', { max: 128 });
const label = text('What the key is for.', { max: 100 });
const secret = word('The secret of one\'s own choice; a random one unless given.', { min: 16, max: 256 });

const shown = {
  scheme, keyId, label,
  enabled: flag('False when calls with this key are refused.'),
  createdAt: timestamp('When it was made.'),
};

const withSecret = object({ ...shown, secret: word('The secret: it is told this once and can be replaced, not read again.') });
const path = object({ scheme, keyId });
const sample = { scheme: 'C2', keyId: 'q4Zt8wX1c9LsVb2N', label: 'CRM', enabled: true, createdAt: 1_790_000_000_000 } as const;
const sampleSecret = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';

const ENDS = 'Tokens that the key was given end at once.';

export const listKeys = operation({
  id: 'listKeys', family: admin, tag: 'Keys',
  method: 'GET', path: `${ADMIN}/keys`, auth: 'session', permission: 'tenant.read',
  summary: 'List the tenant\'s keys',
  request: {},
  result: object({ keys: list(object(shown), 'The keys, oldest first.') }),
  examples: [{ response: { keys: [sample] } }],
});

export const createKey = operation({
  id: 'createKey', family: admin, tag: 'Keys',
  method: 'POST', path: `${ADMIN}/keys`, auth: 'session', permission: 'tenant.write',
  summary: 'Make a key for the tenant',
  description: 'A C3 key is called as the tenant\'s id is (4.4), so there is one at most; the others get a random name unless one is given.',
  request: {
    body: object({ scheme, label: optional(label), keyId: optional(word('Name of one\'s own choice.', { max: 128, pattern: KEY_ID })), secret: optional(secret) }),
  },
  result: withSecret,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: { scheme: 'C2', label: 'CRM' }, response: { ...sample, secret: sampleSecret } }],
});

export const replaceKeySecret = operation({
  id: 'replaceKeySecret', family: admin, tag: 'Keys',
  method: 'POST', path: `${ADMIN}/keys/{scheme}/{keyId}/secret`, auth: 'session', permission: 'tenant.write',
  summary: 'Replace a key\'s secret',
  description: ENDS,
  request: { path, body: object({ secret: optional(secret) }) },
  result: withSecret,
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId }, response: { ...sample, secret: sampleSecret } }],
});

export const changeKey = operation({
  id: 'changeKey', family: admin, tag: 'Keys',
  method: 'PATCH', path: `${ADMIN}/keys/{scheme}/{keyId}`, auth: 'session', permission: 'tenant.write',
  summary: 'Switch a key off or on',
  description: `When it is switched off: ${ENDS.charAt(0).toLowerCase()}${ENDS.slice(1)}`,
  request: { path, body: object({ enabled: flag('False to refuse calls with this key.') }) },
  result: object(shown),
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId, enabled: false }, response: { ...sample, enabled: false } }],
});

export const deleteKey = operation({
  id: 'deleteKey', family: admin, tag: 'Keys',
  method: 'DELETE', path: `${ADMIN}/keys/{scheme}/{keyId}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete a key',
  description: ENDS,
  request: { path },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId }, response: {} }],
});

const INSTALLATION = `${ADMIN}/installation/keys`;
const GLOBAL_SCHEMES = ['C2', 'C3', 'SIA'] as const;

const globalScheme = oneOf(GLOBAL_SCHEMES, 'C2 access key for every tenant (4.3), C3 machine account (4.4), SIA service (9.1.1). A C1 key needs a tenant.');
const globalPath = object({ scheme: globalScheme, keyId });
const globalSample = { ...sample, label: 'Reporting' };

export const listInstallationKeys = operation({
  id: 'listInstallationKeys', family: admin, tag: 'Keys',
  method: 'GET', path: INSTALLATION, auth: 'session', permission: 'installation',
  summary: 'List the keys that are valid for every tenant',
  request: {},
  result: object({ keys: list(object(shown), 'The keys, oldest first.') }),
  examples: [{ response: { keys: [globalSample] } }],
});

export const createInstallationKey = operation({
  id: 'createInstallationKey', family: admin, tag: 'Keys',
  method: 'POST', path: INSTALLATION, auth: 'session', permission: 'installation',
  summary: 'Make a key that is valid for every tenant',
  description: 'A C3 key is a machine account (4.4) and needs a name: `ipcc` is the internal account, which may act for every tenant; any other one is a third party\'s, '
    + 'usually `ODFS_SYS_OPENAPI`, which may call the conversion callback of 10.22 and nothing else.',
  request: {
    body: object({
      scheme: globalScheme, label: optional(label),
      keyId: optional(word('Name of one\'s own choice.', { max: 128, pattern: KEY_ID })), secret: optional(secret),
    }),
  },
  result: withSecret,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: { scheme: 'C2', label: 'Reporting' }, response: { ...globalSample, secret: sampleSecret } }],
});

export const replaceInstallationKeySecret = operation({
  id: 'replaceInstallationKeySecret', family: admin, tag: 'Keys',
  method: 'POST', path: `${INSTALLATION}/{scheme}/{keyId}/secret`, auth: 'session', permission: 'installation',
  summary: 'Replace the secret of a key that is valid for every tenant',
  description: ENDS,
  request: { path: globalPath, body: object({ secret: optional(secret) }) },
  result: withSecret,
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId }, response: { ...globalSample, secret: sampleSecret } }],
});

export const changeInstallationKey = operation({
  id: 'changeInstallationKey', family: admin, tag: 'Keys',
  method: 'PATCH', path: `${INSTALLATION}/{scheme}/{keyId}`, auth: 'session', permission: 'installation',
  summary: 'Switch a key that is valid for every tenant off or on',
  request: { path: globalPath, body: object({ enabled: flag('False to refuse calls with this key.') }) },
  result: object(shown),
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId, enabled: false }, response: { ...globalSample, enabled: false } }],
});

export const deleteInstallationKey = operation({
  id: 'deleteInstallationKey', family: admin, tag: 'Keys',
  method: 'DELETE', path: `${INSTALLATION}/{scheme}/{keyId}`, auth: 'session', permission: 'installation',
  summary: 'Delete a key that is valid for every tenant',
  description: ENDS,
  request: { path: globalPath },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { scheme: 'C2', keyId: sample.keyId }, response: {} }],
});
