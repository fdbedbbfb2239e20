import { operation } from '../operation.ts';
import { flag, integer, list, nothing, nullable, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';
import { accountName, email, personName } from './user.ts';

export const session = object({
  account: text('Who is signed in.'),
  name: text('The person\'s name.'),
  role: oneOf(['agent', 'supervisor', 'administrator', 'operator'], 'What the account is.'),
  vdnId: integer('The tenant the account belongs to; 0 for operators of the installation.'),
  tenantId: nullable(text('Name of that tenant; null for operators.')),
  workNo: nullable(integer('Work number of the agent that the account belongs to; null where it belongs to none.')),
  permissions: list(text('A permission.'), 'What the account may do: self, tenant.own, tenant.read, tenant.write, installation.'),
  csrfToken: nullable(text('To be sent back in the header `X-CSRF-Token` with every change, where the cookie says who calls.')),
  expiresAt: timestamp('When the session ends.'),
  passwordExpired: flag('True when the password must be changed before anything else is allowed.'),
});

const COOKIE = 'The session is in the cookie `parley_session` (HttpOnly, SameSite=Strict); it ends after twelve hours and outlives a restart.';
const password = (description: string) => word(description, { max: 128 });

export const sessionExample = {
  account: 'ann.admin', name: 'Ann Admin', role: 'administrator', vdnId: 1, tenantId: 'demo', workNo: null,
  permissions: ['self', 'tenant.own', 'tenant.read', 'tenant.write'],
  csrfToken: 'b0m3c2Vzc2lvbiBzZWNyZXQ', expiresAt: 1_700_043_200_000, passwordExpired: false,
};

export const setUp = operation({
  id: 'setUp', family: admin, tag: 'Session',
  method: 'POST', path: `${ADMIN}/setup`, auth: 'none',
  summary: 'Create the first operator',
  description: `With the token of the one-time link that Parley prints when the installation has no operator yet. ${COOKIE}`,
  request: {
    body: object({
      token: word('The token of the link.', { max: 200 }),
      account: accountName,
      name: personName,
      email: optional(email),
      password: password('The password, by the same rules as every other.'),
    }),
  },
  result: session,
  errors: [errors.unauthenticated, errors.forbidden, errors.conflict],
  examples: [{
    request: { token: 'kYx0Zm9yIHRoZSBmaXJzdCBvbmUgb25seQ', account: 'operator', name: 'Olga Operator', email: 'olga@example.com', password: 'Curious-Teapot-41' },
    response: { ...sessionExample, account: 'operator', name: 'Olga Operator', role: 'operator', vdnId: 0, tenantId: null, permissions: ['self', 'tenant.own', 'tenant.read', 'tenant.write', 'installation'] },
  }],
});

export const checkSetupLink = operation({
  id: 'checkSetupLink', family: admin, tag: 'Session',
  method: 'POST', path: `${ADMIN}/setup/link`, auth: 'none',
  summary: 'See whether a set-up link is still good',
  description: 'Uses nothing up: the page of the link asks before anybody fills it in.',
  request: { body: object({ token: word('The token of the link.', { max: 200 }) }) },
  result: object({ expiresAt: timestamp('Until when it is good, unless it is used before.') }),
  errors: [errors.unauthenticated],
  examples: [{ request: { token: 'kYx0Zm9yIHRoZSBmaXJzdCBvbmUgb25seQ' }, response: { expiresAt: 1_700_086_400_000 } }],
});

export const signIn = operation({
  id: 'signIn', family: admin, tag: 'Session',
  method: 'POST', path: `${ADMIN}/session`, auth: 'none',
  summary: 'Sign in',
  description: `${COOKIE} Three wrong passwords in a row lock the account for half an hour; many from one address slow that address down.`,
  request: {
    body: object({
      account: word('The account.', { max: 128 }),
      password: password('Its password.'),
      tenant: optional(text('Tenant id, where accounts of the same name exist in several.', { max: 64 })),
    }),
  },
  result: session,
  errors: [errors.signInWrong, errors.locked, errors.forbidden, errors.tooMany],
  examples: [{ request: { account: 'ann.admin', password: 'Curious-Teapot-41' }, response: sessionExample }],
});

export const showSession = operation({
  id: 'showSession', family: admin, tag: 'Session',
  method: 'GET', path: `${ADMIN}/session`, auth: 'session', permission: 'self',
  summary: 'Who am I',
  request: {},
  result: session,
  examples: [{ response: sessionExample }],
});

export const signOut = operation({
  id: 'signOut', family: admin, tag: 'Session',
  method: 'DELETE', path: `${ADMIN}/session`, auth: 'session', permission: 'self',
  summary: 'Sign out',
  description: 'Ends the session at once and clears the cookie.',
  request: {},
  result: nothing,
  examples: [{ response: {} }],
});

export const changeOwnPassword = operation({
  id: 'changeOwnPassword', family: admin, tag: 'Session',
  method: 'POST', path: `${ADMIN}/session/password`, auth: 'session', permission: 'self',
  summary: 'Change one\'s password',
  description: 'Ends all sessions of the account and answers a new one. Wrong old passwords count towards the lock of the account.',
  request: {
    body: object({
      oldPassword: password('The password up to now.'),
      newPassword: password('The password from now on.'),
    }),
  },
  result: session,
  errors: [errors.locked, errors.conflict],
  examples: [{ request: { oldPassword: 'Curious-Teapot-41', newPassword: 'Patient-Kettle-77' }, response: sessionExample }],
});
