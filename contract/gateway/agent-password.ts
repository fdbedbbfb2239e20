import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { nothing, object, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway, gatewayErrors } from './family.ts';
import { agentPath } from './path.ts';

/** 6.1.1.16 lists one code for the new password and, for the old one, only that of a request that failed. */
export const ctiPasswordErrors = catalogue({
  ctiPasswordRefused: { status: 200, code: '000-002', text: 'newPassword: {message}.' },
  ctiPasswordWrong: { status: 200, code: '100-007', text: 'oldPassword is wrong.' },
});

const { notSignedIn, failed } = sessionErrors;

export const modifyAccountPwdEx = operation({
  id: 'modifyAccountPwdEx', family: gateway, section: '6.1.1.16', tag: 'Agent settings',
  method: 'POST', path: '/agentgateway/resource/onlineagent/{agentid}/modifyaccountpwdex', auth: 'C4',
  summary: 'Change the password with which the work number signs in',
  description: 'The new one holds three or more of upper case, lower case, digits and special characters, never the same character twice in a row, no three '
    + 'characters in a row of the work number, and is none of the last five. Three wrong old passwords in a row lock this operation for half an hour. '
    + 'The session goes on.',
  request: {
    path: agentPath,
    body: object({
      oldPassword: text('The present CTI password.', { min: 8, max: 32 }),
      newPassword: text('The new one.', { min: 8, max: 32 }),
    }),
  },
  result: nothing,
  errors: [notSignedIn, ctiPasswordErrors.ctiPasswordRefused, ctiPasswordErrors.ctiPasswordWrong, gatewayErrors.locked, failed],
  examples: [{
    request: { agentid: 291, oldPassword: 'f3Gh5kxL', newPassword: 'Harbour-Lamp-74' },
    response: { result: {}, message: 'success', retcode: '0' },
  }],
});
