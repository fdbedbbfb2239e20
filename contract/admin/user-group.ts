import { operation } from '../operation.ts';
import { integer, list, nothing, object, oneOf, optional, text, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/* The groups of 12.3.4, as the console shows and changes them. */

const BASE = `${ADMIN}/user-groups`;
const name = word('Its name, unique in the tenant.', { max: 100, pattern: '^(?=.*\\S)[^"\\[\\]=;<>\\u0000-\\u001f]+$' });
const kind = oneOf(['agents', 'inspectors'], 'Whom it is for.');
const remark = text('What there is to say of it.', { max: 500 });
const members = list(integer('A work number.', { min: 101, max: 59_999 }), 'Its members. An agent is in one group at most: whoever is in another one leaves it.', { max: 6000 });
const inspects = list(word('Id of a group of agents.', { max: 64 }), 'The groups of agents whose members its own may inspect (12.1).');

const group = object({
  id: text('Id of the group.'),
  kind, name, remark, members, inspects,
});
const path = object({ id: word('Id of the group.', { max: 64 }) });

const sample = { id: '159282396714302232563636876268', kind: 'inspectors', name: 'Team North', remark: '', members: [109], inspects: ['159253666192354492596520647666'] };
const changing = [errors.notFound, errors.exists, errors.conflict];

export const listUserGroups = operation({
  id: 'listUserGroups', family: admin, tag: 'User groups',
  method: 'GET', path: BASE, auth: 'session', permission: 'tenant.read',
  summary: 'List the groups of agents and inspectors',
  request: {},
  result: object({ groups: list(group, 'The groups, in the order in which they were made.') }),
  examples: [{ response: { groups: [sample] } }],
});

export const createUserGroup = operation({
  id: 'createUserGroup', family: admin, tag: 'User groups',
  method: 'POST', path: BASE, auth: 'session', permission: 'tenant.write',
  summary: 'Create a group',
  description: 'From the first group on, nobody inspects anybody but within a group, or as `inspects` says.',
  request: { body: object({ kind, name, remark: optional(remark), members: optional(members), inspects: optional(inspects) }) },
  result: group,
  errors: changing,
  examples: [{ request: { kind: 'inspectors', name: 'Team North', members: [109], inspects: ['159253666192354492596520647666'] }, response: sample }],
});

export const renameUserGroup = operation({
  id: 'renameUserGroup', family: admin, tag: 'User groups',
  method: 'PATCH', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Rename a group',
  request: { path, body: object({ name, remark: optional(remark) }) },
  result: group,
  errors: changing,
  examples: [{ request: { id: sample.id, name: 'Team North' }, response: sample }],
});

export const deleteUserGroup = operation({
  id: 'deleteUserGroup', family: admin, tag: 'User groups',
  method: 'DELETE', path: `${BASE}/{id}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete a group',
  description: 'Its members are in none then, and its relations are gone. Inspections that these allowed end at once.',
  request: { path },
  result: nothing,
  errors: [errors.notFound],
  examples: [{ request: { id: sample.id }, response: {} }],
});

export const replaceGroupMembers = operation({
  id: 'replaceGroupMembers', family: admin, tag: 'User groups',
  method: 'PUT', path: `${BASE}/{id}/members`, auth: 'session', permission: 'tenant.write',
  summary: 'Say who is in a group',
  request: { path, body: object({ members }) },
  result: group,
  errors: changing,
  examples: [{ request: { id: sample.id, members: [109] }, response: sample }],
});

export const replaceInspectedGroups = operation({
  id: 'replaceInspectedGroups', family: admin, tag: 'User groups',
  method: 'PUT', path: `${BASE}/{id}/inspects`, auth: 'session', permission: 'tenant.write',
  summary: 'Say which groups a group of inspectors inspects',
  description: 'Inspections that are allowed no more end at once.',
  request: { path, body: object({ inspects }) },
  result: group,
  errors: changing,
  examples: [{ request: { id: sample.id, inspects: sample.inspects }, response: sample }],
});
