import { operation } from '../operation.ts';
import { nothing, object, word } from '../schema.ts';
import { agentErrors, userAccount } from './agent-account.ts';
import { configuration } from './family.ts';

export const updateSipPhonePassword = operation({
  id: 'updateSipPhonePassword', family: configuration, section: '5.1.8', tag: 'Agents',
  method: 'POST', path: '/apiaccess/rest/cc-management/v1/sipPhone/updateSipPhonePassword', auth: 'C1',
  summary: 'Change the password of an agent\'s SIP phone',
  description: 'The phone (or the browser that registers as one) must sign in with it from now on. '
    + 'The agent\'s account password is checked; three wrong ones in a row lock the account for 30 minutes.',
  request: {
    body: object({
      accountPwd: word('The agent\'s present account password.', { max: 256 }),
      newPhonePwd: word('8 to 16 characters of at least three classes: upper case, lower case, digits, and `~@^*_{+}?`.', { max: 256 }),
      userAccount,
    }),
  },
  result: nothing,
  errors: [agentErrors.agentUnknown, agentErrors.agentPasswordWrong, agentErrors.agentPasswordExpired, agentErrors.agentLocked, agentErrors.agentPasswordRefused],
  examples: [{
    request: { userAccount: 'test123456', accountPwd: 'Te$t1234', newPhonePwd: 'Phone_2468' },
    response: { resultCode: '0', resultMessage: 'success' },
  }],
});
