import { operation } from '../operation.ts';
import { flag, integer, list, longId, nothing, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const BASE = `${ADMIN}/trunks`;
const DAY_MS = 86_400_000;

const kinds = ['UDP', 'TCP', 'TLS'] as const;
const kind = oneOf(kinds, 'How it is reached.');
const portNumber = (description: string) => integer(description, { min: 1, max: 65_535 });
const host = word('Its name or address.', { max: 255 });

const peer = object({
  host,
  port: optional(portNumber('Left out, the name is looked up for its port too (RFC 3263); an address has the usual one.')),
  kind,
  priority: optional(integer('Those with the lowest are tried first; 0 unless told.', { min: 0, max: 65_535 })),
  weight: optional(integer('Of equal priority, which share of the calls it gets; 1 unless told.', { min: 0, max: 65_535 })),
}, 'A machine of the carrier\'s.');

/** What would end a header field, or stand for something else in it, is in no name or domain of ours. */
const user = word('User name.', { max: 64, pattern: '^[!-~]+$' });
const password = optional(word('Written only. Left out of a change, the one that is kept stays, as long as the user name does.', { max: 128, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }));
const domainOf = (description: string) => optional(word(description, { max: 255, pattern: '^[A-Za-z0-9.:_-]+$' }));

const registration = {
  user,
  domain: domainOf('Of the address that is registered; the peer\'s host unless told.'),
  account: optional(word('The name that is registered, where it is not the user name.', { max: 64, pattern: '^[!-~]+$' })),
  expiresMs: optional(integer('For how many milliseconds to register; the carrier may give less. 10 minutes unless told.', { min: 30_000, max: DAY_MS })),
};
const REGISTRATION = 'For carriers that send calls to whoever registers.';
const CREDENTIALS = 'What its challenges of our calls are answered with; what it is registered with unless told.';
const INBOUND = 'With what the carrier answers our challenges, where its calls are not known by their addresses. No other trunk has the same user name.';

const PATTERN = 'Digits, +, * and # stand for themselves, X for any digit, Z for 1 to 9, N for 2 to 9; at the end . for one thing more at least and ! for anything.';
const plan = (description: string) => optional(object({
  form: optional(oneOf(['plus', 'digits', 'national', 'asGiven'], 'How numbers are written: +4930123, 4930123, 030123, or as they come, which is how it is unless told.')),
  rules: optional(list(object({
    pattern: word(PATTERN, { max: 41 }),
    strip: optional(integer('How many characters go from the beginning.', { min: 0, max: 40 })),
    prepend: optional(text('What comes before the rest then.', { max: 41 })),
  }), 'For numbers in that form. The first that fits decides; where there are rules and none fits, the number is not served.', { max: 100 })),
}, description));

const settings = {
  name: word('Its name, unique.', { max: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]*$' }),
  priority: optional(integer('Of several trunks that take a number, the one with the lowest is tried first, then by name; 0 unless told.', { min: 0, max: 65_535 })),
  peers: list(peer, 'The machines that take our calls; none for a trunk by which calls come in only.', { max: 20 }),
  networks: optional(list(word('An address, or a network such as 192.0.2.0/24.', { max: 64 }), 'Where its calls come from, beside its peers.', { max: 100 })),
  domain: domainOf('What we call ourselves and called numbers at, where it is not the peer\'s host.'),
  numbering: optional(object({
    country: word('Number of the country, such as 86.', { max: 4, pattern: '^[0-9]+$' }),
    national: text('What stands before national numbers, such as 0; empty in some countries.', { max: 4, pattern: '^[0-9]*$' }),
    international: text('What stands before those of other countries, such as 00.', { max: 6, pattern: '^[0-9]*$' }),
  }, 'How numbers are written where the trunk is.')),
  called: plan('Which numbers it takes, and how they are to be written.'),
  caller: plan('The same for the number that is shown.'),
  incomingCalled: plan('The same for calls that come in: what makes the called number one as we have it.'),
  incomingCaller: plan('The same for the number of who calls in.'),
  limits: optional(object({
    calls: optional(integer('Most calls at a time; 0 for none.', { min: 0 })),
    callsPerSecond: optional(integer('Most new calls a second.', { min: 1 })),
  }, 'An absent one is unlimited.')),
  codecs: optional(list(oneOf(['PCMA', 'PCMU', 'G722', 'opus'], 'Name of a codec.'), 'Codecs in order of preference; those of the installation unless told.', { min: 1, max: 4 })),
  healthMs: optional(integer('How often, in milliseconds, its peers are asked whether they are there; 0 for never, half a minute unless told.', { min: 0, max: DAY_MS })),
};

const shown = object({
  id: longId('Id of the trunk.'),
  ...settings,
  registration: optional(object(registration, REGISTRATION)),
  credentials: optional(object({ user }, CREDENTIALS)),
  inbound: optional(object({ user }, INBOUND)),
  createdAt: timestamp('When it was set up.'),
}, 'A trunk, without its passwords.');

const draft = {
  ...settings,
  registration: optional(object({ ...registration, password }, REGISTRATION)),
  credentials: optional(object({ user, password }, CREDENTIALS)),
  inbound: optional(object({ user, password }, INBOUND)),
};

const path = object({ id: longId('Id of the trunk.') });

const sample = {
  name: 'Example Telecom', priority: 0,
  peers: [{ host: 'sip1.carrier.example', port: 5061, kind: 'TLS', priority: 1, weight: 1 }, { host: 'sip2.carrier.example', kind: 'UDP', priority: 2 }],
  networks: ['192.0.2.0/24'],
  numbering: { country: '49', national: '0', international: '00' },
  called: { form: 'plus', rules: [{ pattern: '+49.' }, { pattern: '+.' }] },
  incomingCalled: { form: 'national' },
  limits: { calls: 30, callsPerSecond: 5 }, codecs: ['PCMA', 'PCMU'], healthMs: 30_000,
} as const;
const written = { ...sample, registration: { user: 'example-1', password: 'p7Kq2mXw9sTz', domain: 'carrier.example', expiresMs: 600_000 } } as const;
const example = {
  id: '1239554736420597768', ...sample, registration: { user: 'example-1', domain: 'carrier.example', expiresMs: 600_000 }, createdAt: 1_790_000_000_000,
} as const;

export const listTrunks = operation({
  id: 'listTrunks', family: admin, tag: 'Trunks',
  method: 'GET', path: BASE, auth: 'session', permission: 'installation',
  summary: 'List the ways to the telephone network',
  request: {},
  result: object({ trunks: list(shown, 'The trunks, in the order in which they are tried.') }),
  examples: [{ response: { trunks: [example] } }],
});

export const createTrunk = operation({
  id: 'createTrunk', family: admin, tag: 'Trunks',
  method: 'POST', path: BASE, auth: 'session', permission: 'installation',
  summary: 'Set a trunk up',
  description: 'It is in use at once, where calls are real. Trunks are the installation\'s: what a tenant may show and be called by, its access codes say.',
  request: { body: object(draft) },
  result: shown,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: written, response: example }],
});

export const showTrunk = operation({
  id: 'showTrunk', family: admin, tag: 'Trunks',
  method: 'GET', path: `${BASE}/{id}`, auth: 'session', permission: 'installation',
  summary: 'Show a trunk',
  request: { path },
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { id: example.id }, response: example }],
});

export const replaceTrunk = operation({
  id: 'replaceTrunk', family: admin, tag: 'Trunks',
  method: 'PUT', path: `${BASE}/{id}`, auth: 'session', permission: 'installation',
  summary: 'Change a trunk as a whole',
  description: 'What is left out is gone, but for passwords. It is in force at once; calls that stand go on as they are.',
  request: { path, body: object(draft) },
  result: shown,
  errors: [errors.notFound, errors.exists, errors.conflict],
  examples: [{ request: { id: example.id, ...sample, registration: example.registration }, response: example }],
});

export const deleteTrunk = operation({
  id: 'deleteTrunk', family: admin, tag: 'Trunks',
  method: 'DELETE', path: `${BASE}/{id}`, auth: 'session', permission: 'installation',
  summary: 'Take a trunk away',
  description: 'Its registration with the carrier is ended. Calls that stand go on until they are over.',
  request: { path },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { id: example.id }, response: {} }],
});

export const showTrunkStatus = operation({
  id: 'showTrunkStatus', family: admin, tag: 'Trunks',
  method: 'GET', path: `${BASE}/status`, auth: 'session', permission: 'installation',
  summary: 'Show how the trunks stand, and who is kept off',
  request: {},
  result: object({
    voice: oneOf(['real', 'simulated'], 'simulated: no call leaves this machine, no trunk is in use, and nobody is kept off.'),
    trunks: list(object({
      id: longId('Id of the trunk.'),
      name: text('Its name.'),
      inForce: flag('False where it is not in use: calls are simulated, or its settings were not taken.'),
      registration: optional(oneOf(['registering', 'registered', 'failed', 'refused', 'ended'], 'Where its registration stands; refused: the carrier does not know us. Absent where it does not register.')),
      calls: integer('How many calls stand on it.'),
      peers: list(object({
        host: text('Name or address.', { max: 255 }),
        port: optional(portNumber('Its port, where one is set.')),
        kind,
        state: oneOf(['up', 'avoided', 'held'], 'avoided: it failed or is silent, and is tried after all others; held: it has asked to be left alone for a time.'),
      }), 'Its peers.'),
    }), 'The trunks, in the order in which they are tried.'),
    bans: list(object({
      source: text('An address, or the /64 of one of IPv6.'),
      fault: oneOf(['badCredentials', 'unknownUser', 'malformed', 'scanner'], 'What it did last.'),
      until: timestamp('When the ban is over.'),
      times: integer('Which one of this source it is; each lasts longer than the one before.'),
    }), 'The sources from which no SIP is taken at the moment, the latest first; no more than 1000.'),
  }),
  examples: [{
    response: {
      voice: 'real',
      trunks: [{
        id: example.id, name: 'Example Telecom', inForce: true, registration: 'registered', calls: 3,
        peers: [{ host: 'sip1.carrier.example', port: 5061, kind: 'TLS', state: 'up' }, { host: 'sip2.carrier.example', kind: 'UDP', state: 'avoided' }],
      }],
      bans: [{ source: '198.51.100.7', fault: 'badCredentials', until: 1_790_000_060_000, times: 1 }],
    },
  }],
});

export const liftBan = operation({
  id: 'liftBan', family: admin, tag: 'Trunks',
  method: 'DELETE', path: `${BASE}/bans/{source}`, auth: 'session', permission: 'installation',
  summary: 'Take SIP of a source again',
  description: 'What has led to the ban is forgiven.',
  request: { path: object({ source: word('An address; of IPv6 any of the /64 that is banned.', { max: 64, pattern: '^[0-9A-Fa-f:.]+(/64)?$' }) }) },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { source: '198.51.100.7' }, response: {} }],
});
