import { operation } from '../operation.ts';
import { list, nothing, object, word } from '../schema.ts';
import { configuration, retMsg } from './family.ts';

export const cleanCustPersonalData = operation({
  id: 'cleanCustPersonalData', family: configuration, section: '5.1.13', tag: 'Data erasure',
  method: 'POST', path: '/apiaccess/CC-Management/v1/clearUserInfo/cleancustpersonaldata', auth: 'C1', envelope: retMsg,
  summary: 'Erase what is kept of customers',
  description: 'Success means that the order was accepted and kept; the erasing itself goes on in the background, survives a restart, '
    + 'and reaches everything that Parley keeps of the numbers, accounts and mail addresses given.',
  done: 'VerifyParams success',
  request: {
    body: object({
      customNos: list(word('A phone number, an account or a mail address.', { max: 255 }), 'Whose data to erase.', { min: 1, max: 1000 }),
    }),
  },
  result: nothing,
  examples: [{
    request: { customNos: ['13512341111', 'wen11', 'kehu@example.com'] },
    response: { retCode: '0', retMsg: 'VerifyParams success' },
  }],
});
