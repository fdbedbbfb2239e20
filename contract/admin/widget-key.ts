import { operation } from '../operation.ts';
import { flag, integer, list, longId, nothing, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const BASE = `${ADMIN}/widget-keys`;

const name = word('What it is for, such as the name of the web site.', { max: 100 });
const origins = list(word('Scheme, host and port as browsers send them, such as `https://shop.example.com`.', { max: 300 }), 'Web pages that may use the key.', { min: 1, max: 50 });
const accessCodes = list(
  word('Digits, `*`, `#` and `+`: an access code, with an extension code behind it where that one is meant.', { max: 64, pattern: '^[0-9*#+]+$' }),
  'Numbers that may be called, each of which leads to a called route of the tenant.', { min: 1, max: 50 },
);
const callsPerMinute = integer('Calls a minute that may be made with it.', { min: 1, max: 100_000 });
const enabled = flag('Whether it may be used.');

const widgetKey = object({
  id: text('Id of the key. It stands in the web page and is no secret.'),
  name, origins, accessCodes, callsPerMinute, enabled,
  createdAt: timestamp('When it was made.'),
}, 'What lets visitors of a web page call.');

const sample = {
  id: 'wk-pXk2Zq0V5mJr1uQ8', name: 'Shop', origins: ['https://shop.example.com'], accessCodes: ['1000'], callsPerMinute: 60, enabled: true, createdAt: 1_790_000_000_000,
};

export const listWidgetKeys = operation({
  id: 'listWidgetKeys', family: admin, tag: 'Widget',
  method: 'GET', path: BASE, auth: 'session', permission: 'tenant.read',
  summary: 'List the keys by which visitors of web pages may call',
  request: {},
  result: object({ widgetKeys: list(widgetKey, 'The keys, by name.') }),
  examples: [{ response: { widgetKeys: [sample] } }],
});

export const createWidgetKey = operation({
  id: 'createWidgetKey', family: admin, tag: 'Widget',
  method: 'POST', path: BASE, auth: 'session', permission: 'tenant.write',
  summary: 'Make a key by which visitors of web pages may call',
  description: 'Pages of these origins, and no others, get call tokens for these numbers (createCallToken).',
  request: {
    body: object({ name, origins, accessCodes, callsPerMinute: optional(callsPerMinute), enabled: optional(enabled) }),
  },
  result: widgetKey,
  errors: [errors.invalid, errors.conflict],
  examples: [{ request: { name: 'Shop', origins: ['https://shop.example.com'], accessCodes: ['1000'] }, response: sample }],
});

export const changeWidgetKey = operation({
  id: 'changeWidgetKey', family: admin, tag: 'Widget',
  method: 'PATCH', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Change a widget key, or switch it off or on',
  description: 'What is left out stays as it is. It counts from the next token on; calls that go on are not touched.',
  request: {
    path: object({ id: longId('Id of the key.') }),
    body: object({
      name: optional(name), origins: optional(origins), accessCodes: optional(accessCodes), callsPerMinute: optional(callsPerMinute), enabled: optional(enabled),
    }),
  },
  result: widgetKey,
  errors: [errors.invalid, errors.notFound, errors.conflict],
  examples: [{ request: { id: sample.id, enabled: false }, response: { ...sample, enabled: false } }],
});

export const deleteWidgetKey = operation({
  id: 'deleteWidgetKey', family: admin, tag: 'Widget',
  method: 'DELETE', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete a widget key',
  request: { path: object({ id: longId('Id of the key.') }) },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { id: sample.id }, response: {} }],
});
