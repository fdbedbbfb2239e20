import { operation } from '../operation.ts';
import { flag, integer, list, nothing, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const TRIAL = `${ADMIN}/installation/trial`;
const CODES = `${TRIAL}/access-codes`;

const settings = {
  enabled: flag('Whether anybody may apply for a tenant (17.2, 17.3). Unless told, only while mail stays in the folder, so that nobody outside is written to.'),
  days: integer('For how many days a trial lasts; 30 unless told.', { min: 1, max: 3650 }),
  mailsPerDay: integer('Most letters of codes and of passwords a day (UTC), 100 unless told. Beyond it, 205.', { min: 0, max: 1_000_000 }),
  phoneAddress: text(
    'Where mail for a telephone number goes, with `{phone}` for it, such as `{phone}@sms.example.com`. Unless told, to the mail folder, or nowhere where there is none (202).', { max: 320 },
  ),
  timeZone: word('Time zone of the tenants; UTC unless told.', { max: 64 }),
  portalUrl: text('Address of the console, as it is mailed. Unless told, the one that this Parley has.', { max: 1000 }),
};
const trial = object({ ...settings, mailsToday: integer('Letters sent today.') }, 'How trials are given out.');
const example = { enabled: true, days: 30, mailsPerDay: 100, phoneAddress: '{phone}@sms.example.com', timeZone: 'Europe/Berlin', portalUrl: 'https://parley.example.com/' };

export const showTrial = operation({
  id: 'showTrial', family: admin, tag: 'Trials',
  method: 'GET', path: TRIAL, auth: 'session', permission: 'installation',
  summary: 'Show how trials are given out',
  request: {},
  result: trial,
  examples: [{ response: { ...example, mailsToday: 3 } }],
});

export const setTrial = operation({
  id: 'setTrial', family: admin, tag: 'Trials',
  method: 'PUT', path: TRIAL, auth: 'session', permission: 'installation',
  summary: 'Set how trials are given out',
  description: 'As a whole: what is left out is as it is unless told. Trials that are given out already stay as they are.',
  request: {
    body: object({
      enabled: optional(settings.enabled), days: optional(settings.days), mailsPerDay: optional(settings.mailsPerDay), phoneAddress: optional(settings.phoneAddress),
      timeZone: optional(settings.timeZone), portalUrl: optional(settings.portalUrl),
    }),
  },
  result: trial,
  errors: [errors.invalid],
  examples: [{ request: example, response: { ...example, mailsToday: 3 } }],
});

const code = word('The number that is dialled: digits, `*`, `#` and `+`.', { max: 32, pattern: '^[0-9*#+]+$' });
const accessCode = object({
  code: text('The number that is dialled.'),
  vdnId: optional(integer('The tenant that has been given it; absent while it is free.')),
  addedAt: timestamp('When it was put there.'),
}, 'An access code for trials.');

export const listTrialAccessCodes = operation({
  id: 'listTrialAccessCodes', family: admin, tag: 'Trials',
  method: 'GET', path: CODES, auth: 'session', permission: 'installation',
  summary: 'List the access codes that are there for trials',
  request: {},
  result: object({ accessCodes: list(accessCode, 'The codes, as they are given out.', { max: 10_000 }), free: integer('How many are free.') }),
  examples: [{ response: { accessCodes: [{ code: '9001', vdnId: 7, addedAt: 1_790_000_000_000 }, { code: '9002', addedAt: 1_790_000_000_000 }], free: 1 } }],
});

export const addTrialAccessCode = operation({
  id: 'addTrialAccessCode', family: admin, tag: 'Trials',
  method: 'POST', path: CODES, auth: 'session', permission: 'installation',
  summary: 'Provide an access code for trials',
  description: 'Each trial is given one. A code that calls reach already, being some tenant\'s or beginning with one that is, is refused.',
  request: { body: object({ code }) },
  result: accessCode,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: { code: '9002' }, response: { code: '9002', addedAt: 1_790_000_000_000 } }],
});

export const removeTrialAccessCode = operation({
  id: 'removeTrialAccessCode', family: admin, tag: 'Trials',
  method: 'DELETE', path: `${CODES}/{code}`, auth: 'session', permission: 'installation',
  summary: 'Take an access code from those for trials',
  description: 'One that was given to a tenant stays with the tenant. To give it out again, delete it there and provide it anew.',
  request: { path: object({ code }) },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { code: '9002' }, response: {} }],
});
