import { operation } from '../operation.ts';
import { flag, object, oneOf, text, timestamp, word } from '../schema.ts';
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
