import { operation } from '../operation.ts';
import { integer, list, nothing, object, optional, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const PATH = `${ADMIN}/tenants/{vdnId}/toll-limits`;

const prefix = word('A beginning: digits, * and #, with a + before it where it is the one of a country.', { max: 21, pattern: '^\\+?[0-9*#]{1,20}$' });
const FORMS = 'A number counts as it was dialled, as the trunk is told it and, where the trunk says how numbers are written there, with + and its country: it begins so if one of these does.';

const limits = {
  concurrentCalls: integer('Most calls at a time, those included that ring; 30 unless told. A call beyond ends with cause 564.', { min: 0, max: 100_000 }),
  callsPerMinute: integer('Most calls begun within a minute; 60 unless told. A call beyond ends with cause 565.', { min: 0, max: 1_000_000 }),
  callsPerDay: integer('Most calls begun within 24 hours; 5000 unless told. A call beyond ends with cause 565.', { min: 0, max: 10_000_000 }),
  minutesPerDay: integer(
    'Most minutes of talk within 24 hours, all calls together; 10000 unless told. When they are used up, calls that stand are cut off and new ones refused, with cause 565.',
    { min: 0, max: 10_000_000 },
  ),
  allowed: list(prefix, `Beginnings of the numbers that may be called, and no others; all where there are none, which is so unless told. ${FORMS}`, { max: 500 }),
  denied: list(
    prefix,
    'Beginnings of numbers that may not be called: such a call ends with cause 567. Where an allowed one fits as well the longer decides. Unless told, satellites (870, 881), '
    + 'numbers of no country (878, 882, 883) and those at a premium (979, 1 900), behind + and 00.',
    { max: 500 },
  ),
};

const change = {
  concurrentCalls: optional(limits.concurrentCalls), callsPerMinute: optional(limits.callsPerMinute), callsPerDay: optional(limits.callsPerDay),
  minutesPerDay: optional(limits.minutesPerDay), allowed: optional(limits.allowed), denied: optional(limits.denied),
};

const shown = object({
  vdnId: integer('Id of the VDN.'),
  set: object(change, 'What was set for this tenant.'),
  inForce: object(limits, 'What holds: that, and for the rest what holds for every tenant.'),
  usage: optional(object({
    calls: integer('Calls that stand.'),
    callsLastMinute: integer('Calls begun within the last minute.'),
    callsLastDay: integer('Calls begun within the last 24 hours.'),
    minutesLastDay: integer('Full minutes of talk within the last 24 hours.'),
  }, 'How much of it is used, as far as is known since the start of the process; absent where calls are simulated, which cost nothing.')),
}, 'What the calls of a tenant to numbers outside may cost.');

const path = object({ vdnId: integer('Id of the VDN.', { min: 1 }) });

const DENIED = ['+', '00'].flatMap((way) => ['870', '878', '881', '882', '883', '979', '1900'].map((number) => `${way}${number}`));
const set = { concurrentCalls: 100, minutesPerDay: 40_000, allowed: ['+49', '+43'] };
const example = { vdnId: 7, set, inForce: { concurrentCalls: 100, callsPerMinute: 60, callsPerDay: 5000, minutesPerDay: 40_000, allowed: ['+49', '+43'], denied: DENIED } };
const usage = { calls: 12, callsLastMinute: 3, callsLastDay: 840, minutesLastDay: 2710 };

export const showTollLimits = operation({
  id: 'showTollLimits', family: admin, tag: 'Toll limits',
  method: 'GET', path: PATH, auth: 'session', permission: 'installation',
  summary: 'Show what the calls of a tenant to the outside may cost',
  description: 'Limits keep within bounds what somebody can run up with a stolen account. They hold for every call to a number outside: of agents, to agents who sign in with a '
    + 'number outside, of transfers and conferences. A refused call is told to the operators in the log, once a minute for each tenant at most.',
  request: { path },
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7 }, response: { ...example, usage } }],
});

export const setTollLimits = operation({
  id: 'setTollLimits', family: admin, tag: 'Toll limits',
  method: 'PUT', path: PATH, auth: 'session', permission: 'installation',
  summary: 'Set what the calls of a tenant to the outside may cost',
  description: 'As a whole: what is left out is as it is for every tenant. It holds from the next call on; calls that stand are measured by it within a minute. Only operators of the installation may '
    + 'set it, so that whoever has taken over an account of the tenant cannot.',
  request: { path, body: object(change) },
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7, ...set }, response: { ...example, usage } }],
});

export const resetTollLimits = operation({
  id: 'resetTollLimits', family: admin, tag: 'Toll limits',
  method: 'DELETE', path: PATH, auth: 'session', permission: 'installation',
  summary: 'Let a tenant have the toll limits that hold for every tenant',
  request: { path },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7 }, response: {} }],
});
