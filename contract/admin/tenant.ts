import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { flag, integer, list, object, oneOf, optional, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const TENANTS = `${ADMIN}/tenants`;

const cap = (noun: string) => optional(integer(`Most ${noun} the tenant may have.`, { min: 0 }));

/** Other nouns get through the schema so that the refusal can name them, rather than being passed over in silence. */
const limits = Type.Object({ agents: cap('agents'), queues: cap('skill queues'), signedInAgents: cap('agents signed in at a time'), voiceChannels: cap('voice channels in use at a time') }, {
  description: 'Caps by noun, replaced as a whole; an absent one is unlimited.',
  additionalProperties: Type.Unknown(),
});
const shownLimits = object({ agents: cap('agents'), queues: cap('skill queues'), signedInAgents: cap('agents signed in at a time'), voiceChannels: cap('voice channels in use at a time') }, 'Caps by noun; an absent one is unlimited.');

const name = word('Name for people.', { max: 100, pattern: '\\S' });
const ID = '^[A-Za-z0-9][A-Za-z0-9._-]*$';
const tenantId = word('Name in the chatbot\'s and the portal\'s operations (4.4, 17.1), unique.', { max: 64, pattern: ID });
const tenantSpaceId = word('Its tenant space, unique.', { max: 64, pattern: ID });
const ccId = integer('Id of the call centre, as the monitoring operations ask for it (12.3).', { min: 1, max: 65_535 });
const timeZone = word('Name of the time zone, such as Europe/Berlin: days and months of reports are cut by it.', { max: 64 });
const locale = word('Language and country, such as en_US.', { max: 12, pattern: '^[a-z]{2,3}_[A-Z]{2}$' });
const enabled = flag('False switches the tenant off: its keys and the sessions of its accounts stop at once.');

const guidMode = oneOf(['server', 'static', 'rotating'], 'Whether the GUIDs of its agents are renewed every minute (6.1.4.1): `rotating`, `static` for desktops that do not '
  + 'follow, or as the installation has it (`server`).');
const agentPasswordDays = integer('For how many days the password with which an agent signs in (6.1.1.16) is good, 0 for ever. Afterwards the agent still signs in, but '
  + 'calls nobody before the password is changed.', { min: 0, max: 180 });

const recorded = {
  automatic: flag('Every talk of an agent is recorded, from its beginning; off unless told.'),
  byAgents: flag('Agents begin and stop recordings of their talks (13.1.1.9, 13.1.1.10), also those that began by themselves; on unless told.'),
  toFiles: flag('They may say into which file of theirs (13.1.1.9 fileName); on unless told.'),
};
const recording = object(recorded, 'What is recorded of the agents\' talks.');
const recordingChange = object(
  { automatic: optional(recorded.automatic), byAgents: optional(recorded.byAgents), toFiles: optional(recorded.toFiles) },
  'What is recorded of the agents\' talks; what is left out stays as it is.',
);

const tenant = object({
  vdnId: integer('Id of the VDN that the tenant is.'),
  name: text('Name for people.'),
  tenantId: text('Name in the chatbot\'s and the portal\'s operations.'),
  tenantSpaceId: text('Its tenant space.'),
  ccId: integer('Id of the call centre.'),
  timeZone: text('Name of the time zone.'),
  locale: text('Language and country.'),
  enabled: flag('False when it is switched off.'),
  limits: shownLimits,
  guidMode,
  agentPasswordDays,
  recording,
  configurationAgentId: integer('Number with which the VDN itself signs in to the configuration (4.6).'),
  hasPassword: flag('True when a password for that has been set.'),
});

const path = object({ vdnId: integer('Id of the VDN.', { min: 1 }) });

const example = {
  vdnId: 7, name: 'Example Ltd', tenantId: 'example', tenantSpaceId: 'example-space', ccId: 1, timeZone: 'Europe/Berlin', locale: 'en_US', enabled: true,
  limits: { agents: 50, queues: 20 }, guidMode: 'server', agentPasswordDays: 0, recording: { automatic: false, byAgents: true, toFiles: true }, configurationAgentId: 100_007, hasPassword: false,
};

export const listTenants = operation({
  id: 'listTenants', family: admin, tag: 'Tenants',
  method: 'GET', path: TENANTS, auth: 'session', permission: 'installation',
  summary: 'List the tenants',
  request: {
    query: object({
      after: optional(integer('The VDN to go on behind.', { min: 0 })),
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 1000 })),
    }),
  },
  result: object({
    tenants: list(tenant, 'The tenants, by VDN.'),
    next: optional(integer('Send it as `after` for the next page; absent on the last.')),
  }),
  examples: [{ request: { limit: 10 }, response: { tenants: [example] } }],
});

export const createTenant = operation({
  id: 'createTenant', family: admin, tag: 'Tenants',
  method: 'POST', path: TENANTS, auth: 'session', permission: 'installation',
  summary: 'Create a tenant',
  description: 'The id of the VDN is allotted. The tenant is born with reasons for rest and busy and with the permissions of the three agent roles. '
    + 'There is no deleting: calls, records and audit trail stay; a tenant that is no longer wanted is switched off.',
  request: {
    body: object({
      name,
      tenantId,
      tenantSpaceId: optional(tenantSpaceId),
      ccId: optional(ccId),
      timeZone: optional(timeZone),
      locale: optional(locale),
      limits: optional(limits),
      guidMode: optional(guidMode),
      agentPasswordDays: optional(agentPasswordDays),
      recording: optional(recordingChange),
    }),
  },
  result: tenant,
  errors: [errors.exists, errors.conflict],
  examples: [{
    request: {
      name: 'Example Ltd', tenantId: 'example', tenantSpaceId: 'example-space', ccId: 1, timeZone: 'Europe/Berlin', locale: 'en_US', limits: { agents: 50, queues: 20 },
    },
    response: example,
  }],
});

export const showTenant = operation({
  id: 'showTenant', family: admin, tag: 'Tenants',
  method: 'GET', path: `${TENANTS}/{vdnId}`, auth: 'session', permission: 'installation',
  summary: 'Show a tenant',
  request: { path },
  result: tenant,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7 }, response: example }],
});

export const changeTenant = operation({
  id: 'changeTenant', family: admin, tag: 'Tenants',
  method: 'PATCH', path: `${TENANTS}/{vdnId}`, auth: 'session', permission: 'installation',
  summary: 'Change a tenant',
  description: 'What is left out stays as it is. Tenant id and tenant space are what other systems know it by, so they cannot be changed.',
  request: {
    path,
    body: object({
      name: optional(name), ccId: optional(ccId), timeZone: optional(timeZone), locale: optional(locale), enabled: optional(enabled), limits: optional(limits),
      guidMode: optional(guidMode), agentPasswordDays: optional(agentPasswordDays), recording: optional(recordingChange),
    }),
  },
  result: tenant,
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7, name: 'Example Ltd', limits: { agents: 50, queues: 20 } }, response: example }],
});

export const setTenantPassword = operation({
  id: 'setTenantPassword', family: admin, tag: 'Tenants',
  method: 'PUT', path: `${TENANTS}/{vdnId}/password`, auth: 'session', permission: 'installation',
  summary: 'Set the password with which a VDN configures itself',
  description: 'The VDN signs in to the configuration operations with its id plus 100000 and this password (4.6).',
  request: {
    path,
    body: object({ password: optional(word('The password; left out, one is made up and told once.', { min: 8, max: 128 })) }),
  },
  result: object({
    configurationAgentId: integer('Number to sign in with.'),
    password: optional(text('The password that was made up; it is not told again.')),
  }),
  errors: [errors.notFound],
  examples: [{ request: { vdnId: 7 }, response: { configurationAgentId: 100_007, password: 'gT7mWq4pXz2kRb9s' } }],
});
