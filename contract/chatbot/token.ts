import { operation } from '../operation.ts';
import { integer, object, text, word } from '../schema.ts';
import { chatbot, chatbotErrors as errors } from './family.ts';

export const oiapGetToken = operation({
  id: 'oiapGetToken', family: chatbot, section: '4.4', tag: 'Access',
  method: 'POST', path: '/oifde/rest/api/gettoken', auth: 'none',
  summary: 'Get a C3 token for the chatbot\'s interfaces',
  description: 'For a tenant, `appKey` is its tenant id; for a program of the installation, the name of its machine account. The token goes as `authToken` '
    + 'into the body of the calls that follow, or with `appkey` into their headers. It lives an hour, and several may live at once.',
  done: '',
  request: {
    body: object({
      appKey: word('Tenant id, or name of a machine account.', { max: 128 }),
      appSecret: word('Its secret.', { max: 256 }),
    }),
  },
  result: object({
    authToken: text('The token, of at most 32 characters.', { max: 32 }),
    expireTime: integer('How long it lives, in seconds.'),
  }),
  errors: [errors.keyUnknown, errors.keyWrong, errors.locked],
  examples: [{
    request: { appKey: 'tenant001', appSecret: 'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' },
    response: { errorCode: 0, errorMsg: '', authToken: '2f0T1xJ3mVxk8Qm4c9Zr7aLwYb6Ng5Ue', expireTime: 3600 },
  }],
});

/** What 10.22 asks of its caller: the machine account of a third party, which may call nothing else. */
export const THIRD_PARTY = 'third-party';
