import { errors } from '../access/family.ts';
import { operation } from '../operation.ts';
import { object, text, word } from '../schema.ts';
import { knowledge } from './family.ts';

export const siaTokenJwt = operation({
  id: 'siaTokenJwt', family: knowledge, section: '9.1.1', tag: 'Access',
  method: 'POST', path: '/rest/sia/v1/tokens/jwt/sia', auth: 'none',
  summary: 'Get a token for the knowledge base',
  description: 'The token goes into the header `X-Access-Token` of the calls to the knowledge base. It lives an hour.',
  request: {
    body: object({
      jwt: word('The password of the service.', { max: 4096 }),
      domain: word('Name of the service.', { max: 128 }),
    }),
  },
  result: object({
    token: text('The token.'),
    expiredAt: text('When it ends, as `yyyy-MM-ddTHH:mm:ss.SSS+0000`.'),
  }),
  errors: [errors.unauthenticated, errors.locked],
  examples: [{
    request: { jwt: 'XXXXXXXXXXXXXXXXXXXXXXXX', domain: 'ccfsAppService' },
    response: { token: 'zzzzzzzzzzzzzzzzzz', expiredAt: '2021-03-04T03:25:57.327+0000' },
  }],
});
