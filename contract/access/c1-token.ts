import { operation } from '../operation.ts';
import { integer, object, text, word } from '../schema.ts';
import { access, errors } from './family.ts';

export const tokenByAkSk = operation({
  id: 'tokenByAkSk', family: access, section: '4.2', tag: 'Access',
  method: 'POST', path: '/apigovernance/api/oauth/tokenByAkSk', auth: 'none',
  summary: 'Get a C1 token for an app key',
  description: 'The token stands in `Authorization: Bearer ...` of every C1 call. The header `X-Token-Expire` asks for a life in seconds: '
    + '600 when it is absent, 3600 at most. Several tokens of one key may live at once, and they outlive a restart.',
  requestHeaders: { 'X-Token-Expire': 'How many seconds the token is to live.' },
  request: {
    body: object({
      app_key: word('The app key.', { max: 128 }),
      app_secret: word('Its secret.', { max: 256 }),
    }),
  },
  result: object({
    AccessToken: text('The token.'),
    ApplyType: text('Always `Bearer`.'),
    CreateTime: text('When it was made, in seconds since 1970, as text.'),
    Expires: text('How long it lives, in seconds, as text.'),
    expiresIn: integer('The same as a number, which some clients look for.'),
    Scope: text('What the token is for.'),
    AppKey: text('The app key.'),
    UserID: text('Always `Anonymous`.'),
  }),
  errors: [errors.unauthenticated, errors.locked],
  examples: [{
    request: { app_key: 'xxxxxxxxxxxxxxxxxx', app_secret: 'yyyyyyyyyyyyyyyyyy' },
    response: {
      AccessToken: 'zzzzzzzzzzzzzzzzzz', ApplyType: 'Bearer', CreateTime: '1545650171', Expires: '600', expiresIn: 600,
      Scope: 'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX', AppKey: 'xxxxxxxxxxxxxxxxxx', UserID: 'Anonymous',
    },
  }],
});
