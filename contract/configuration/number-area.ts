import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { object, text, word } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

export const numberAreaErrors = catalogue({
  areaUnknown: { status: 200, code: '1', text: 'The home area of {phoneNo} is not known{reason}.' },
});

export const getPhoneNoRegionInfo = operation({
  id: 'getPhoneNoRegionInfo', family: configuration, section: '5.3.6', tag: 'Numbers',
  method: 'POST', path: '/apiaccess/rest/cc-management/v1/phonearea/getPhoneNoRegionInfo', auth: 'C1', reads: true, envelope: returnCode,
  summary: 'Tell the home area of a number',
  description: 'Numbers of mainland China. Separators, +86 and masked last digits are allowed. Where no more than the carrier of a mobile is known, '
    + 'the area fields are empty. The operator of the installation imports fuller data (`/admin/v1/number-areas/import`).',
  request: { body: object({ phoneNo: word('A mobile number of eleven digits, or a fixed-line number with its area code.') }) },
  result: object({
    data: object({
      areaCode: text('Administrative code of six digits.'),
      province: text('Province.'),
      city: text('City.'),
      cityCode: text('Dialling code of the city; several are separated by slashes.'),
      isp: text('Carrier; `unknown` for fixed lines.'),
      postCode: text('Post code; several are separated by slashes.'),
      phoneNo: text('First seven digits of a mobile number, area code of a fixed line.'),
    }, 'The home area.'),
  }),
  errors: [numberAreaErrors.areaUnknown],
  examples: [{
    request: { phoneNo: '13020017****' },
    response: {
      returnCode: '0', description: 'success',
      data: { areaCode: '110100', province: 'Beijing', city: 'Beijing', cityCode: '010', isp: 'China Unicom', postCode: '100000', phoneNo: '1302001' },
    },
  }],
});
