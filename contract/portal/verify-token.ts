import { operation } from '../operation.ts';
import { object, optional, text, word } from '../schema.ts';
import { portal, portalErrors as errors } from './family.ts';

export const verifyToken = operation({
  id: 'verifyToken', family: portal, section: '17.1', tag: 'Access',
  method: 'POST', path: '/apiaccess/rest/service-pub/authentication', auth: 'none',
  summary: 'Tell whose token this is',
  description: 'For a service that was handed the token of a person, by a mobile app or by the console. A token that ended is told from an unknown one for a day.',
  request: {
    body: object({ token: optional(text('The token.', { max: 1_000_000 })) }),
  },
  result: object({
    data: object({
      userAccount: word('Name of the account.'),
      userId: word('The account among all tenants\' accounts.'),
      tenantId: text('The tenant\'s id.'),
      tenantSpaceId: text('Id of the tenant\'s space.'),
      locale: text('Language and country, such as `en_US`.'),
    }, 'Who it is.'),
  }),
  errors: [errors.tokenEmpty, errors.tokenInvalid, errors.tokenExpired],
  examples: [{
    request: { token: 'zzzzzzzzzzzzzzzzzz' },
    response: {
      returnCode: '0', returnMsg: 'success',
      data: { userAccount: 'ann', userId: '1:ann', tenantId: 'tenant001', tenantSpaceId: 'tenant001-space', locale: 'en_US' },
    },
  }],
});
