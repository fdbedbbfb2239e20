import { operation } from '../operation.ts';
import { integer, nothing, object, oneOf, optional, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const DAY_SECONDS = 86_400;

export const issuePersonToken = operation({
  id: 'issuePersonToken', family: admin, tag: 'Access',
  method: 'POST', path: `${ADMIN}/tokens`, auth: 'none',
  summary: 'Get a token for a person, for a mobile app',
  description: 'With the password that the person signs in with. Other services have the token told whose it is (17.1). Three wrong passwords in a row lock the account.',
  request: {
    body: object({
      account: word('Name of the account.', { max: 128 }),
      password: word('Its password.', { max: 256 }),
      lifeSeconds: optional(integer('How long it shall live; a day unless told, 30 days at most.', { min: 60, max: 30 * DAY_SECONDS })),
    }),
  },
  result: object({
    token: word('The token; it is told this once.'),
    expiresAt: timestamp('When it ends.'),
  }),
  errors: [errors.unauthenticated, errors.locked, errors.forbidden],
  examples: [{
    request: { account: 'ann', password: 'Correct-Horse-7' },
    response: { token: 'zzzzzzzzzzzzzzzzzz', expiresAt: 1_790_000_000_000 },
  }],
});

export const showOwnToken = operation({
  id: 'showOwnToken', family: admin, tag: 'Access',
  method: 'GET', path: `${ADMIN}/tokens/me`, auth: 'session', permission: 'self',
  summary: 'Tell whose the token in use is',
  request: {},
  result: object({
    account: word('Name of the account.'),
    kind: oneOf(['person', 'session'], 'A token of a mobile app, or a session of the console.'),
    expiresAt: timestamp('When it ends.'),
  }),
  examples: [{ response: { account: 'ann', kind: 'person', expiresAt: 1_790_000_000_000 } }],
});

export const revokeOwnToken = operation({
  id: 'revokeOwnToken', family: admin, tag: 'Access',
  method: 'DELETE', path: `${ADMIN}/tokens/me`, auth: 'session', permission: 'self',
  summary: 'End the token in use',
  description: 'From the next call on it is unknown.',
  request: {},
  result: nothing,
  examples: [{ response: {} }],
});

export const TOKEN_LIFE_SECONDS = DAY_SECONDS;
