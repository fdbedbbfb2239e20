import { operation } from '../operation.ts';
import { nothing, object, optional, text, word } from '../schema.ts';
import { applied, provision, provisionErrors as errors } from './family.ts';

const BASE = '/apiaccess/rest/ipccprovision/v1/applyTry';

const phone = word('Telephone number of the applicant: digits, with a + before them or not.', { min: 5, max: 21, pattern: '^\\+?[0-9]{5,20}$' });
const MAIL = 'at most 64 characters before the @, 255 behind it, 63 between its dots.';

export const generateVerifyCode = operation({
  id: 'generateVerifyCode', family: provision, section: '17.2', tag: 'Trials',
  method: 'POST', path: `${BASE}/generateverifycode`, auth: 'none',
  summary: 'Send a code to somebody who wants to try Parley',
  description: 'Six digits, good for ten minutes and five tries; another one is sent a minute later at the earliest. It is mailed to the address named in `email`, a field of Parley\'s own, or else to '
    + 'the address at which the operators of the installation have mail for telephone numbers go, which is how gateways to text messages are reached. One network address has thirty codes an hour.',
  done: 'The code has been sent.',
  request: {
    body: object({
      phone,
      email: optional(text(`Where to mail it: ${MAIL} The application must then name the same address.`, { max: 320 })),
    }),
  },
  result: nothing,
  errors: [errors.codeSentAlready, errors.codeHasNoWay, errors.codeNotTaken, errors.mailUsedUp],
  examples: [{ request: { phone: '16673280001' }, response: { retCode: '200', retMsg: 'The code has been sent.' } }],
});

export const applyTenant = operation({
  id: 'applyTenant', family: provision, section: '17.3', tag: 'Trials',
  method: 'POST', path: `${BASE}/applyTenant`, auth: 'none', envelope: applied,
  summary: 'Apply for a tenant to try Parley with',
  description: 'With the code of 17.2. The tenant is there when this answers: a skill queue that an access code leads to, two agents with their phones, and an administrator, '
    + 'whose passwords are mailed. It cannot call numbers outside before the operators allow it, and is switched off when the trial is over.',
  request: {
    body: object({
      companyName: word('Name of the company.', { max: 100 }),
      phone,
      phoneVerifyCode: word('The code.', { max: 20 }),
      email: word(`Mail address: ${MAIL}`, { max: 320 }),
    }),
  },
  result: nothing,
  errors: [errors.codeUnknown, errors.codeWrong, errors.codeFault, errors.tenantThere, errors.atTheSameTime, errors.noAccessCode, errors.mailUsedUp],
  examples: [{
    request: { companyName: 'Example Ltd', phone: '16673280001', phoneVerifyCode: '123456', email: 'zhang@example.com' },
    response: { returnCode: '000', returnMsg: 'success', retCode: '000', retMsg: 'success' },
  }],
});
