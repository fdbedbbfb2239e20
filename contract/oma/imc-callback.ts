import { flat } from '../envelope.ts';
import { operation } from '../operation.ts';
import { object, optional, text } from '../schema.ts';
import { oma, omaErrors as errors } from './family.ts';

const MOST = 200_000;
const signed = {
  data: optional(text('The message, encrypted, in Base64.', { max: MOST })),
  signature: optional(text('HMAC-SHA256 of `data` as it is sent, in Base64.', { max: 1000 })),
};

export const imcCallback = operation({
  id: 'imcCallback', family: oma, section: '15.1.3', tag: 'Customer data', envelope: flat('code', 'message', '200'),
  method: 'POST', path: '/apiaccess/rest/oma/v1/imcopenapi/callback', auth: 'none',
  summary: 'Take a message from the IMC',
  description: 'The reference leaves open how messages are signed and encrypted, so it is done as docs/oma.md says, with a secret that an operator has set (`setImcSecret`). Whatever bears no such '
    + 'signature is refused. A message is kept for 30 days and shown to operators (`listImcMessages`); one that comes again is kept once.',
  request: { body: object({ ...signed, reqBody: optional(object(signed, 'The two as the table draws them; its example sends them bare.')) }) },
  result: object({ data: optional(text('The answer, encrypted in the same way: `{"received": id}`.')) }),
  errors: [errors.unsigned, errors.unreadable],
  examples: [{
    request: { data: '3q2+7wECAwQFBgcIrO0Z', signature: 'cYzwnh4+nFwCAARbYnh1+s/tWko0OKxKY3Kk7BGTl94=' },
    response: { code: '200', message: 'success', data: '3q2+7wECAwQFBgcIrO0Z' },
  }],
});
