import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { integer, list, object, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin } from './family.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;

const state = (description: string) => Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true, description });

const filters = object({
  actor: optional(text('Only what this one did, such as `user:ann.admin` or `key:9f3c`.', { max: 200 })),
  what: optional(text('Only changes of this noun, such as `queue`.', { max: 100 })),
  whatId: optional(text('Only changes of the thing with this id.', { max: 200 })),
  operation: optional(text('Only what this operation did.', { max: 100 })),
  from: optional(timestamp('Only changes from this time on.')),
  to: optional(timestamp('Only changes before this time.')),
  olderThan: optional(integer('Only entries older than this one: `next` of the page before.', { min: 1, max: MAX_ID })),
  limit: optional(integer('How many to answer; 50 unless told.', { min: 1, max: 500 })),
});

const page = object({
  entries: list(object({
    id: integer('Id of the entry.', { max: MAX_ID }),
    at: timestamp('When it was changed.'),
    actor: text('Who changed it.'),
    source: text('Address the request came from.'),
    operation: text('Operation that changed it.'),
    what: text('The noun.'),
    whatId: text('Id of the thing.'),
    before: state('How it was; null when it was created.'),
    after: state('How it is since; null when it was deleted.'),
  }), 'The changes, newest first.'),
  next: optional(integer('Send it as `olderThan` for the next page; absent on the last.', { max: MAX_ID })),
});

const example = {
  request: { what: 'queue', limit: 1 },
  response: {
    entries: [{
      id: 42, at: 1_700_000_000_000, actor: 'user:ann.admin', source: '192.0.2.7', operation: 'modifySkill', what: 'queue', whatId: '3',
      before: { id: 3, maxWaiting: 10 }, after: { id: 3, maxWaiting: 20 },
    }],
    next: 42,
  },
};

export const listAudit = operation({
  id: 'listAudit', family: admin, tag: 'Audit',
  method: 'GET', path: `${ADMIN}/audit`, auth: 'session', permission: 'tenant.read',
  summary: 'Who changed what in the tenant',
  request: { query: filters },
  result: page,
  examples: [example],
});

export const listInstallationAudit = operation({
  id: 'listInstallationAudit', family: admin, tag: 'Audit',
  method: 'GET', path: `${ADMIN}/installation/audit`, auth: 'session', permission: 'installation',
  summary: 'Who changed what in the installation itself',
  description: 'Operators, new tenants and the like. What was changed inside a tenant stands in that tenant\'s own trail.',
  request: { query: filters },
  result: page,
  examples: [{
    request: { what: 'tenant' },
    response: {
      entries: [{
        id: 3, at: 1_700_000_000_000, actor: 'operator:olga.operator', source: '192.0.2.7', operation: 'createTenant', what: 'tenant', whatId: '7',
        before: null, after: { vdnId: 7, name: 'Example Ltd' },
      }],
    },
  }],
});
