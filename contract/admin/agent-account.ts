import { operation } from '../operation.ts';
import { flag, integer, object, oneOf, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

export const unlockAccount = operation({
  id: 'unlockAccount', family: admin, tag: 'Accounts', method: 'POST', path: `${ADMIN}/accounts/{account}/unlock`, auth: 'session', permission: 'tenant.write',
  summary: 'Unlock an account',
  description: 'Three wrong passwords in a row lock an account for 30 minutes (5.1.3, 5.1.8). This ends the lock and forgets the failures.',
  request: { path: object({ account: word('Name of the account.', { max: 100 }) }) },
  result: object({
    account: text('Name of the account.'),
    name: text('Name of the person.'),
    role: oneOf(['agent', 'supervisor', 'administrator', 'operator'], 'What the person may do.'),
    enabled: flag('Whether the account may sign in at all.'),
    lockedUntil: timestamp('Until when it is locked; 0 when it is not.'),
  }),
  errors: [errors.notFound],
  examples: [{ response: { account: 'test123456', name: 'test111', role: 'agent', enabled: true, lockedUntil: 0 } }],
});

export const resetPhonePassword = operation({
  id: 'resetPhonePassword', family: admin, tag: 'Agents', method: 'POST', path: `${ADMIN}/agents/{workNo}/phone/password`, auth: 'session', permission: 'tenant.write',
  summary: 'Reset the password of an agent\'s SIP phone',
  description: 'What 5.1.8 does, without the agent\'s own password. The phone must register with the new one from now on: the registrations that there are end, and temporary passwords of the '
    + 'phone (6.1.1.26) with them. Calls go on.',
  request: {
    path: object({ workNo: integer('Work number of the agent.', { min: 101, max: 59_999 }) }),
    body: object({
      password: optional(word('8 to 16 characters of at least three classes: upper case, lower case, digits, and `~@^*_{+}?` (5.1.8); left out, one is made up and told once.', { max: 256 })),
    }),
  },
  result: object({
    workNo: integer('Work number of the agent.'),
    sipAccount: text('Number of the phone, with which it registers.'),
    password: optional(text('The password that was made up; queries of the configuration (5.1.9) tell it too.')),
  }),
  errors: [errors.notFound],
  examples: [{ request: { workNo: 102 }, response: { workNo: 102, sipAccount: '88880002', password: 'gT7mWq4pXz2kVb9s' } }],
});
