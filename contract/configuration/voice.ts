import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, longId, object, oneOf, optional, text, word } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

export const voiceErrors = catalogue({
  voiceFileInfo: { status: 200, code: '1', text: 'fileInfo: {message}.' },
  voiceFileTooLarge: { status: 200, code: '1', text: 'fileInfo: the file has more than {limit} bytes.' },
  voiceFileUnusable: { status: 200, code: '1', text: 'The file cannot be used: {message}' },
  voiceTemplateText: { status: 200, code: '1', text: 'textcontent: {message}.' },
  voiceCallbackUntrusted: { status: 200, code: '1', text: 'callbackUrl: {url} is not on the trust list; an administrator can put it there.' },
});

const BASE = '/apiaccess/rest/cc-management/v1';

/** 5.4.4: 8 MB of audio. */
export const MAX_VOICE_FILE_BYTES = 8 * 1024 * 1024;

/** Base64 makes four characters of three bytes, and lines of 76 characters add their ends. */
const MAX_UPLOAD_BYTES = 12 * 1024 * 1024;

/** 5.4.4, 5.4.5: Chinese characters, letters and digits. */
const NAME = '^[A-Za-z0-9\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]*$';

export const locales = ['zh_CN', 'en_US', 'pt_BR', 'th_TH'] as const;
const LOCALE = 'zh_CN Chinese, en_US English, pt_BR Portuguese, th_TH Thai.';

export const voiceTypes = ['0', '1', '2', '3'] as const;
export const VOICE_TYPE = '0 IVR, 1 prompt tone, 2 fault tone, 3 voice notification.';

const callbackUrl = optional(text('Where to tell the outcome of the review; it must be on the tenant\'s trust list.', { max: 2000, also: ['callBackUrl'] }));

const review = (noun: string, idOf: string) => ({
  summary: `Tells whether the ${noun} was approved. Sent until the reply says 0, six times at most, with growing pauses.`,
  body: object({
    fileUrl: text(`Address at which an administrator of the tenant finds the ${noun}.`),
    fileId: text(`The ${idOf} that the upload answered.`),
    status: oneOf(['2', '3'], '2 approved, 3 rejected.'),
    comment: optional(text('What the reviewer said.')),
  }),
  reply: object({ returnCode: text('0 when the outcome was received; anything else asks for it again.') }),
});

export const importVoiceFileUpload = operation({
  id: 'importVoiceFileUpload', family: configuration, section: '5.4.4', tag: 'Voice files',
  method: 'POST', path: `${BASE}/importVoiceFile/upload`, auth: 'C1', envelope: returnCode,
  summary: 'Upload a voice file',
  description: 'The file is turned into A-law of 8 kHz, 8 bits and one channel before anything is kept; what cannot be turned is refused. '
    + 'It then waits for its review.',
  done: 'The file is uploaded successfully.',
  maxBodyBytes: MAX_UPLOAD_BYTES,
  perSecond: 10,
  request: {
    body: object({
      fileInfo: word('The file in Base64, of up to 8 MB when decoded.', { max: MAX_UPLOAD_BYTES }),
      locale: oneOf(locales, `Language of what is said: ${LOCALE}`),
      voiceType: oneOf(voiceTypes, VOICE_TYPE),
      fileType: word('WAV or MP3, in any letter case.', { max: 3, pattern: '^([Ww][Aa][Vv]|[Mm][Pp]3)$' }),
      callbackUrl,
      voiceFileName: optional(text('Name of the voice: Chinese characters, letters and digits. Left out, it is made of the id.', { max: 50, pattern: NAME })),
    }),
  },
  result: object({ fileId: longId('Id of the voice file.') }),
  errors: [voiceErrors.voiceFileInfo, voiceErrors.voiceFileTooLarge, voiceErrors.voiceFileUnusable, voiceErrors.voiceCallbackUntrusted],
  callbacks: { voiceFileReviewed: review('voice file', 'fileId') },
  examples: [{
    request: {
      fileInfo: 'UklGRjQAAABXQVZFZm10IBIAAAAGAAEAQB8AAEAfAAABAAgAAABmYWN0BAAAAAIAAABkYXRhAgAAANXV', locale: 'en_US', voiceType: '0', fileType: 'WAV',
      callbackUrl: 'https://crm.example.com/upload', voiceFileName: 'Welcome1',
    },
    response: { returnCode: '0', description: 'The file is uploaded successfully.', fileId: '1323606152730207249' },
  }],
});

export const createVoiceTemplate = operation({
  id: 'createVoiceTemplate', family: configuration, section: '5.4.5', tag: 'Voice files',
  method: 'POST', path: `${BASE}/createVoiceTemplate`, auth: 'C1', envelope: returnCode,
  summary: 'Create a template for spoken notifications',
  description: 'Fixed text with variables: `${TXT_n}` for text of up to n characters, `${NUM_n}` for a number of up to n digits, `${DATE}` for '
    + 'YYYY/MM/DD and `${TIME}` for HH:MM or HH:MM:SS. n is at most 32. The text must not begin with a variable, and as a notification takes up to '
    + 'ten values (14.3), it has ten variables at most. A date and a time that follow one another in a sentence are separated by " on " and nothing '
    + 'else. The template then waits for its review.',
  done: 'The file is uploaded successfully.',
  request: {
    body: object({
      name: word('Name of the template: Chinese characters, letters and digits.', { max: 50, pattern: NAME }),
      scene: optional(oneOf(['3'], 'What it is for: 3 voice notification.')),
      speed: optional(integer('How fast it is spoken; 0 unless told.', { min: -200, max: 500 })),
      volume: optional(integer('How loud it is spoken; 50 unless told.', { min: 0, max: 100 })),
      voicename: optional(oneOf(
        // The reference's own example sends the last one, which its table does not know: it is taken for the first.
        ['cn_kefuman_common', 'cn_chengshuxing_common', 'cn_roumeiqian_common', 'cn_ziranzhen_common', 'cn_tianmeiru_common', 'cn_kefuman_cn'],
        'Who speaks: cn_kefuman_common (unless told) graceful, cn_chengshuxing_common mature, cn_roumeiqian_common soft, cn_ziranzhen_common natural, '
        + 'cn_tianmeiru_common sweet; cn_kefuman_cn is another name of the first.',
      )),
      voicecontent: object({
        textcontent: word('The text, of up to 500 bytes in UTF-8.', { max: 500 }),
        language: oneOf(locales, `Language of the text: ${LOCALE}`),
      }, 'What is spoken.'),
      callbackUrl,
    }),
  },
  result: object({ templateId: longId('Id of the template.') }),
  errors: [voiceErrors.voiceTemplateText, voiceErrors.voiceCallbackUntrusted],
  callbacks: { voiceTemplateReviewed: review('template', 'templateId') },
  examples: [{
    request: {
      name: 'ctest1', scene: '3', volume: 0, speed: 50, voicename: 'cn_kefuman_cn', callbackUrl: 'http://10.134.227.74:18133/upload',
      voicecontent: { language: 'en_US', textcontent: 'test' },
    },
    response: { returnCode: '0', description: 'The file is uploaded successfully.', templateId: '1249756280719641601' },
  }],
});
