import { operation } from '../operation.ts';
import { flag, integer, list, nothing, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

export const accountName = word('The account: 6 to 50 letters, digits, `@`, `.`, `-` and `_` (5.1.1).', {
  min: 6, max: 50, pattern: '^[A-Za-z0-9@.\\-_]+$',
});
export const personName = word('The person\'s name.', { max: 50, pattern: '^(?=.*\\S)[^"\\[\\]\'&()=;<>,\\u0000-\\u001f]+$' });
export const email = text('Mail address; empty is none.', { max: 320 });
const phone = text('Telephone number; empty is none.', { max: 25, pattern: '^[0-9+()*# -]*$' });
const TENANT_ROLES = ['agent', 'supervisor', 'administrator'] as const;
const tenantRole = oneOf(TENANT_ROLES, 'Agents see their own, supervisors read, administrators change what is the tenant\'s.');
const password = word('A password by the rules; left out, one is made up and told once.', { max: 128 });
const toldOnce = text('The password that was made up; it is not told again.');

const user = {
  account: text('The account.'),
  name: text('The person\'s name.'),
  role: oneOf([...TENANT_ROLES, 'operator'], 'What the account is.'),
  email: text('Mail address.'),
  phone: text('Telephone number.'),
  enabled: flag('False when it cannot sign in.'),
  lockedUntil: timestamp('Until when wrong passwords have locked it; 0 when they have not.'),
  passwordExpiresAt: timestamp('Until when the password is valid; one that was made up or reset has expired at birth.'),
  passwordExpired: flag('True when nothing but a change of the password is open to it.'),
};
const shown = object({ ...user, workNo: optional(integer('Work number of the agent that the account belongs to, if it does.')) });
const created = object({ ...user, password: optional(toldOnce) });
const page = object({
  users: list(object(user), 'The accounts, by name.'),
  next: optional(text('Send it as `after` for the next page; absent on the last.')),
});
const changed = object(user);
const resetResult = object({ account: text('The account.'), password: optional(toldOnce) });

const userExample = {
  account: 'sam.supervisor', name: 'Sam Supervisor', role: 'supervisor', email: 'sam@example.com', phone: '4930123456', enabled: true,
  lockedUntil: 0, passwordExpiresAt: 1_707_776_000_000, passwordExpired: false,
} as const;
const operatorExample = { ...userExample, account: 'olga.operator', name: 'Olga Operator', role: 'operator', email: 'olga@example.com' } as const;

const USERS = `${ADMIN}/users`;
const OPERATORS = `${ADMIN}/installation/users`;
const paging = {
  after: optional(text('The account to go on behind.', { max: 50 })),
  limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 1000 })),
};
const account = { path: object({ account: text('The account.', { max: 50 }) }) };
const about = {
  name: optional(personName),
  email: optional(email),
  phone: optional(phone),
  enabled: optional(flag('False to switch the account off; its sessions end at once.')),
};

export const listUsers = operation({
  id: 'listUsers', family: admin, tag: 'Users',
  method: 'GET', path: USERS, auth: 'session', permission: 'tenant.read',
  summary: 'List the accounts of the tenant',
  request: {
    query: object({
      role: optional(tenantRole),
      search: optional(text('Only accounts whose account or name contains this, whatever the letter case.', { max: 50 })),
      ...paging,
    }),
  },
  result: page,
  examples: [{ request: { role: 'supervisor', limit: 10 }, response: { users: [userExample] } }],
});

export const createUser = operation({
  id: 'createUser', family: admin, tag: 'Users',
  method: 'POST', path: USERS, auth: 'session', permission: 'tenant.write',
  summary: 'Create an account',
  description: 'For people at the console. A password that was made up must be changed at the first sign-in. Agents with a work number are created by agentAccount/create (5.1.1), account and all.',
  request: {
    body: object({ account: accountName, name: personName, role: tenantRole, email: optional(email), phone: optional(phone), password: optional(password) }),
  },
  result: created,
  errors: [errors.exists],
  examples: [{
    request: { account: 'sam.supervisor', name: 'Sam Supervisor', role: 'supervisor', email: 'sam@example.com', phone: '4930123456' },
    response: { ...userExample, password: 'gT7mWq4pXz2k' },
  }],
});

export const showUser = operation({
  id: 'showUser', family: admin, tag: 'Users',
  method: 'GET', path: `${USERS}/{account}`, auth: 'session', permission: 'tenant.read',
  summary: 'Show an account',
  request: account,
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { account: 'sam.supervisor' }, response: userExample }],
});

export const changeUser = operation({
  id: 'changeUser', family: admin, tag: 'Users',
  method: 'PATCH', path: `${USERS}/{account}`, auth: 'session', permission: 'tenant.write',
  summary: 'Change an account',
  description: 'What is left out stays as it is.',
  request: { ...account, body: object({ ...about, role: optional(tenantRole) }) },
  result: changed,
  errors: [errors.notFound, errors.forbidden],
  examples: [{ request: { account: 'sam.supervisor', phone: '4930123456' }, response: userExample }],
});

export const deleteUser = operation({
  id: 'deleteUser', family: admin, tag: 'Users',
  method: 'DELETE', path: `${USERS}/{account}`, auth: 'session', permission: 'tenant.write',
  summary: 'Delete an account',
  description: 'Its sessions end at once. An account that belongs to an agent goes with the agent, by 5.1.2, and not here.',
  request: account,
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { account: 'sam.supervisor' }, response: {} }],
});

export const resetUserPassword = operation({
  id: 'resetUserPassword', family: admin, tag: 'Users',
  method: 'POST', path: `${USERS}/{account}/password`, auth: 'session', permission: 'tenant.write',
  summary: 'Reset the password of an account',
  description: 'Ends the sessions of the account and its lock. The person must change it at the next sign-in.',
  request: { ...account, body: object({ password: optional(password) }) },
  result: resetResult,
  errors: [errors.notFound],
  examples: [{ request: { account: 'sam.supervisor' }, response: { account: 'sam.supervisor', password: 'gT7mWq4pXz2k' } }],
});

export const listOperators = operation({
  id: 'listOperators', family: admin, tag: 'Operators',
  method: 'GET', path: OPERATORS, auth: 'session', permission: 'installation',
  summary: 'List the operators of the installation',
  request: { query: object(paging) },
  result: page,
  examples: [{ response: { users: [operatorExample] } }],
});

export const createOperator = operation({
  id: 'createOperator', family: admin, tag: 'Operators',
  method: 'POST', path: OPERATORS, auth: 'session', permission: 'installation',
  summary: 'Create an operator',
  request: { body: object({ account: accountName, name: personName, email: optional(email), phone: optional(phone), password: optional(password) }) },
  result: created,
  errors: [errors.exists],
  examples: [{
    request: { account: 'olga.operator', name: 'Olga Operator', email: 'olga@example.com', phone: '4930123456' },
    response: { ...operatorExample, password: 'gT7mWq4pXz2k' },
  }],
});

export const showOperator = operation({
  id: 'showOperator', family: admin, tag: 'Operators',
  method: 'GET', path: `${OPERATORS}/{account}`, auth: 'session', permission: 'installation',
  summary: 'Show an operator',
  request: account,
  result: shown,
  errors: [errors.notFound],
  examples: [{ request: { account: 'olga.operator' }, response: operatorExample }],
});

export const changeOperator = operation({
  id: 'changeOperator', family: admin, tag: 'Operators',
  method: 'PATCH', path: `${OPERATORS}/{account}`, auth: 'session', permission: 'installation',
  summary: 'Change an operator',
  description: 'What is left out stays as it is. The last operator who can sign in stays switched on.',
  request: { ...account, body: object(about) },
  result: changed,
  errors: [errors.notFound, errors.conflict],
  examples: [{ request: { account: 'olga.operator', phone: '4930123456' }, response: operatorExample }],
});

export const deleteOperator = operation({
  id: 'deleteOperator', family: admin, tag: 'Operators',
  method: 'DELETE', path: `${OPERATORS}/{account}`, auth: 'session', permission: 'installation',
  summary: 'Delete an operator',
  description: 'Sessions end at once. The last operator who can sign in stays.',
  request: account,
  result: nothing,
  errors: [errors.notFound, errors.conflict],
  examples: [{ request: { account: 'olga.operator' }, response: {} }],
});

export const resetOperatorPassword = operation({
  id: 'resetOperatorPassword', family: admin, tag: 'Operators',
  method: 'POST', path: `${OPERATORS}/{account}/password`, auth: 'session', permission: 'installation',
  summary: 'Reset the password of an operator',
  description: 'Ends the sessions of the account and its lock. The person must change it at the next sign-in.',
  request: { ...account, body: object({ password: optional(password) }) },
  result: resetResult,
  errors: [errors.notFound],
  examples: [{ request: { account: 'olga.operator' }, response: { account: 'olga.operator', password: 'gT7mWq4pXz2k' } }],
});
