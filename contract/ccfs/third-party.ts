import { operation } from '../operation.ts';
import { integer, list, nothing, nullable, object, optional, text, word } from '../schema.ts';
import { brief, ccfs, ccfsErrors as errors, VERSION } from './family.ts';
import { asking, CCFS, ranged, request } from './parts.ts';

const tag = 'Files of other programs';
const pathErrors = [
  errors.nullField, errors.emptyField, errors.longField, errors.wrongForm, errors.wrongVersion, errors.noBody, errors.noFile, errors.foreignRecord, errors.illegalCharacters,
  errors.wrongPath, errors.notCanonical, errors.badPath,
] as const;

/** 13.2.1.13: megabytes, unless configured. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** Enough to be told by its code that a file is too large, as long as it is not much too large. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const filePath = (description: string) => word(`${description}, such as \`Y:/3rdfile/53/thirdvoicebotfile/8fSsBaEb_1631869974029.wav\`.`, { max: 225 });
const locationId = optional(text('Node. There is one, so it is not looked at.', { max: 20 }));

export const ccfsIvrUploadFile = operation({
  id: 'ccfsIvrUploadFile', family: ccfs, section: '13.2.1.13', tag,
  method: 'POST', path: `${CCFS}/ivr/uploadFile`, aliases: [`${CCFS}/ivr/upload`], auth: 'C2', envelope: brief,
  summary: 'Upload a voice file of another program',
  description: 'A WAV file of 8 bits (A-law, mu-law or PCM), 8000 Hz, mono, of at most 5 MB. IVR flows play it by its name.',
  request: {
    query: object({ vdnId: integer('The tenant.', { min: 1, max: 5000 }) }),
    body: asking({ data: word('The file in Base64.', { max: MAX_BODY_BYTES }) }),
  },
  maxBodyBytes: MAX_BODY_BYTES,
  result: object({
    fileName: text('Name of the file: `Y:/3rdfile/{vdnId}/thirdvoicebotfile/{8 letters or digits}_{milliseconds}.wav`.'),
    locationId: list(text('A node.'), 'Nodes on which the file is: none are told, as there is one.'),
  }),
  errors: [
    errors.nullField, errors.emptyField, errors.longField, errors.wrongForm, errors.wrongVersion, errors.noBody, errors.queryFlow, errors.notAllowed, errors.notWav, errors.notMono,
    errors.notEightBits, errors.wrongRate, errors.unreadable, errors.largeFile,
  ],
  examples: [{
    request: { vdnId: 53, request: { version: VERSION }, msgBody: { data: 'UklGRjQAAABXQVZFZm10IBIAAAAGAAEAQB8AAEAfAAABAAgAAABmYWN0BAAAAAIAAABkYXRhAgAAANXV' } },
    response: { resultCode: '0', resultDesc: 'success', resultData: { fileName: 'Y:/3rdfile/53/thirdvoicebotfile/8fSsBaEb_1631869974029.wav', locationId: [] } },
  }],
});

export const ccfsIvrGetFileHash = operation({
  id: 'ccfsIvrGetFileHash', family: ccfs, section: '13.2.1.14', tag,
  method: 'POST', path: `${CCFS}/ivr/getFileHash`, auth: 'C2', envelope: brief,
  summary: 'The SHA-256 of a file that was uploaded',
  request: { body: asking({ fileName: filePath('Name of the file'), locationId }) },
  result: object({ hashValue: text('SHA-256 of the bytes that were uploaded, in hexadecimal.') }),
  errors: [...pathErrors, errors.queryFlow],
  examples: [{
    request: { request: { version: VERSION }, msgBody: { fileName: 'Y:/3rdfile/2/thirdvoicebotfile/5dckNDei_1647502396161.wav' } },
    response: { resultCode: '0', resultDesc: 'success', resultData: { hashValue: '2b67748fe335617d0a4b1c47bd2cf4b2e9b4f0f1c1a5d5a6e7f80a9bcf19f28b' } },
  }],
});

export const ccfsIvrDeleteFile = operation({
  id: 'ccfsIvrDeleteFile', family: ccfs, section: '13.2.1.15', tag,
  method: 'POST', path: `${CCFS}/ivr/deleteFile`, auth: 'C2', envelope: brief,
  summary: 'Delete a file that was uploaded',
  request: { body: object({ request: optional(request), msgBody: object({ fileName: filePath('Name of the file'), locationId }, 'What is asked.') }) },
  result: nullable(nothing),
  errors: [...pathErrors, errors.queryFlow],
  examples: [{
    request: { msgBody: { fileName: 'Y:/3rdfile/2/thirdvoicebotfile/5dckNDei_1647502396161.wav' } },
    response: { resultCode: '0', resultDesc: 'success', resultData: null },
  }],
});

export const ccfsIvrDownloadFile = operation({
  id: 'ccfsIvrDownloadFile', family: ccfs, section: '13.2.1.12', tag,
  method: 'POST', path: `${CCFS}/ivr/downloadFile`, auth: 'C2', envelope: brief,
  summary: 'Download a file of, or for, another program',
  description: 'What was uploaded is in `/3rdfile/{vdnId}/thirdvoicebotfile`; what callers said to IVR flows in `/voice/{vdnId}/IVRrecordFile` and `/3rdfile/{vdnId}/IVRrecordFile`.',
  request: {
    body: asking({
      filePath: word('The file; with `mode` 1 a folder that has but one.', { max: 225 }),
      mode: optional(integer('1: `filePath` names a folder.')),
    }),
  },
  ...ranged, errors: [...pathErrors, errors.downloadFlow, errors.severalFiles, errors.noStore],
  examples: [{ request: { request: { version: VERSION }, msgBody: { filePath: 'Y:/3rdfile/53/thirdvoicebotfile', mode: '1' } } }],
});
