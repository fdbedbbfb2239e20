import type { TSchema } from 'typebox';
import type { Envelope } from '../envelope.ts';
import { monitoring } from '../monitoring/family.ts';
import type { Family, FieldFault } from '../operation.ts';
import { catalogue, refusalText, refuse, type Refusal } from '../refusal.ts';
import { nullable, object, optional, text } from '../schema.ts';

/** 13.2.3.1, as far as something of ours can go wrong so. What the business refuses is HTTP 200 with a code. */
export const ccfsErrors = catalogue({
  nullField: { status: 200, code: '0300001', text: 'The value of {param} cannot be null.' },
  emptyField: { status: 200, code: '0300002', text: 'The value of {param} cannot be an empty string.' },
  longField: { status: 200, code: '0300003', text: 'The length of {param} is too long.' },
  wrongForm: { status: 200, code: '0300004', text: 'The format of {param} is incorrect: {message}.' },
  shortField: { status: 200, code: '0300005', text: 'The length of {param} is too short.' },
  wrongVersion: { status: 200, code: '0300006', text: 'The value of version is error, current version is {param}.' },
  noBody: { status: 200, code: '0300007', text: 'The params of requestBody is null.' },
  downloadFlow: { status: 200, code: '0300008', text: 'Reached the download flow control threshold.' },
  queryFlow: { status: 200, code: '0300009', text: 'Reached the query flow control threshold.' },
  wrongDate: { status: 200, code: '0300010', text: 'The date in the value of fileName is in an incorrect format.' },
  noFile: { status: 200, code: '0300011', text: 'The file does not exist.' },
  noData: { status: 200, code: '0300012', text: 'No data found.' },
  reversed: { status: 200, code: '0300013', text: 'The beginTime cannot be later than the endTime.' },
  tooWide: { status: 200, code: '0300014', text: 'The maximum duration between the beginTime and endTime is {param} days.' },
  noStore: { status: 200, code: '0300015', text: 'The local storage or voice path does not exist.' },
  future: { status: 200, code: '0300016', text: 'The value of {param} is greater than current time.' },
  foreignRecord: { status: 200, code: '0300018', text: 'This record belongs to another developer.' },
  nothingNamed: { status: 200, code: '0300019', text: 'Specify at least one of fileName and callId.' },
  ambiguous: { status: 200, code: '0300020', text: 'Only one record is required but multiple records are obtained.' },
  wrongFolder: { status: 200, code: '0300021', text: 'The {param} in fileName does not match the {param} in the directory.' },
  illegalCharacters: { status: 200, code: '0300022', text: 'The parameter {param} value contains illegal characters.' },
  wrongPath: { status: 200, code: '0300023', text: 'The file name does not match the path configured in the configuration file.' },
  notCanonical: { status: 200, code: '0300024', text: 'The file path is not canonical path.' },
  notAllowed: { status: 200, code: '0300026', text: 'Authentication failed: {message}.' },
  emptyParameter: { status: 200, code: '0300027', text: 'Parameter {param} is empty.' },
  wrongParameter: { status: 200, code: '0300028', text: 'Parameter {param} is error: {message}.' },
  noRecording: { status: 200, code: '0300029', text: 'File does not exist.' },
  wrongLength: { status: 200, code: '0300031', text: 'Invalid oiap fileName, fileName Length is not legal.' },
  badPath: { status: 200, code: '0300032', text: 'file path is invalid.' },
  notWav: { status: 200, code: '0300035', text: 'audio file type should be wav.' },
  notMono: { status: 200, code: '0300036', text: 'audio file channel should be mono.' },
  notEightBits: { status: 200, code: '0300037', text: 'audio file fileSampleSizeInBits should be 8.' },
  wrongRate: { status: 200, code: '0300038', text: 'audio file fileSampleRate should be 8000Hz.' },
  unreadable: { status: 200, code: '0300039', text: 'Failed to read the audio file format: {message}.' },
  largeFile: { status: 200, code: '0300041', text: 'The file size exceeds the limit.' },
  severalFiles: { status: 200, code: '0300044', text: 'The directory contains multiple files.' },
  notStored: { status: 200, code: '0300047', text: 'Upload file to OBS/LSS failed.' },
});

/** No code is documented for what HTTP itself refuses, so the nearest stands in the body. */
export const ccfsStandard = catalogue({
  malformed: { status: 200, code: '0300004', text: 'The format of requestBody is incorrect: {message}.' },
  invalid: { status: 200, code: '0300028', text: 'Parameter {field} is error: {message}.' },
  unauthenticated: { status: 401, code: '0300026', text: 'Unauthorized: {message}.' },
  forbidden: { status: 200, code: '0300026', text: 'Authentication failed: {message}.' },
  locked: { status: 403, code: '0300026', text: 'Locked after repeated failures: {message}.' },
  unknownPath: { status: 404, code: '0300030', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '0300041', text: 'The body is too large.' },
  tooMany: { status: 429, code: '0300009', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '0300030', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '0300030', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '0300025', text: 'Internal system error; quote {requestId} when you report it.' },
});

export const VERSION = '2.0';

/** 13.2.3.1 tells more ways apart in which a field can be wrong than other chapters do. */
function refuseField({ why, field, message }: FieldFault): Refusal {
  const param = field.slice(field.lastIndexOf('.') + 1);
  if (why === 'noBody') return refuse(ccfsErrors.noBody);
  if (param === 'version' && why === 'form') return refuse(ccfsErrors.wrongVersion, { param: VERSION });
  const kind = { missing: ccfsErrors.nullField, empty: ccfsErrors.emptyField, tooLong: ccfsErrors.longField, tooShort: ccfsErrors.shortField, form: ccfsErrors.wrongForm }[why];
  return refuse(kind, { param, message });
}

const code = text('`0` for success, else a code of 13.2.3.1.');
const words = text('The outcome in words.');
const again = object({
  version: text('Version of the interface.'), resultCode: code, resultMsg: words,
}, 'The outcome once more, as clients of older releases look for it.');

const reserved = nullable(object({}, 'Reserved: null.'));

const refusalSchema = object({
  ...monitoring.envelope.refusalSchema.properties,
  resultData: optional(reserved),
  responseData: optional(reserved),
  response: optional(again),
});

/** What the signature refuses looks as it does in 12.3 (13.2.3.2); what is refused otherwise has the form of the answer. */
const refusing = (form: (resultCode: string, resultDesc: string) => object) => (refusal: Refusal): unknown =>
  (refusal.refused.status === 401 || refusal.refused.status === 403 ? monitoring.envelope.refusal(refusal) : form(refusal.refused.code, refusalText(refusal)));

const resultOf: Envelope['resultOf'] = ({ resultData }) => resultData;

/** Code, words and result. */
export const brief: Envelope = {
  schema: (result: TSchema) => object({ resultCode: code, resultDesc: words, resultData: result }),
  refusalSchema,
  success: (resultData, resultDesc) => ({ resultCode: '0', resultDesc, resultData }),
  refusal: refusing((resultCode, resultDesc) => ({ resultCode, resultDesc, resultData: null })),
  resultOf,
};

/** The same with the outcome twice. */
export const twofold: Envelope = {
  schema: (result: TSchema) => object({ resultCode: code, resultDesc: words, resultData: result, response: again }),
  refusalSchema,
  success: (resultData, resultDesc) => ({ resultCode: '0', resultDesc, resultData, response: { version: VERSION, resultCode: '0', resultMsg: resultDesc } }),
  refusal: refusing((resultCode, resultDesc) => ({ resultCode, resultDesc, resultData: null, response: { version: VERSION, resultCode, resultMsg: resultDesc } })),
  resultOf,
};

/** 13.2.1.10 prints `resultData` as `responseData`. */
export const twiceNamed: Envelope = {
  ...twofold,
  schema: (result: TSchema) => object({ resultCode: code, resultDesc: words, resultData: result, responseData: result, response: again }),
  refusal: (refusal) => {
    const said = twofold.refusal(refusal) as object;
    return 'resultData' in said ? { ...said, responseData: null } : said;
  },
};

export const ccfs: Family = {
  id: 'ccfs',
  title: 'Files and bills',
  prefixes: ['/CCFS/'],
  envelope: twofold,
  refusals: ccfsStandard,
  refuseField,
};
