import { operation } from '../operation.ts';
import { integer, object, optional, text, word } from '../schema.ts';
import { brief, ccfs, ccfsErrors as errors, twiceNamed, VERSION } from './family.ts';
import { asking, callId, CCFS, clock, ranged } from './parts.ts';

const tag = 'Recordings of calls';
const fieldErrors = [errors.nullField, errors.emptyField, errors.longField, errors.wrongForm, errors.wrongVersion, errors.noBody] as const;
const downloadErrors = [...fieldErrors, errors.downloadFlow, errors.noFile, errors.noStore, errors.foreignRecord, errors.illegalCharacters, errors.notCanonical] as const;

const locationId = optional(integer('Node. There is one, so it is not looked at.', { min: -1, max: 65_535 }));

export const ccfsGetRecordFileUrl = operation({
  id: 'ccfsGetRecordFileUrl', family: ccfs, section: '13.2.1.1', tag,
  method: 'POST', path: `${CCFS}/getRecordFileUrlFromObs`, auth: 'C2', envelope: brief,
  summary: 'URLs under which the recordings of a call are heard and downloaded',
  description: 'Whoever has such a URL may use it for eight hours. What began in that time is told, the earliest first; URLs are parted by `;`.',
  request: {
    body: object({
      callId: word('Id of the call.', { max: 25 }),
      beginTime: clock('What began from then on.'),
      endTime: clock('Up to then: at most three days later.'),
      version: optional(text('`2.0`: the times are by the tenant\'s clock. Without it they are UTC.', { max: 32, pattern: '^(2\\.0)?$' })),
    }),
  },
  result: object({ url: text('The URLs.', { max: 200_000 }) }),
  errors: [...fieldErrors, errors.downloadFlow, errors.noData, errors.noStore, errors.reversed, errors.tooWide, errors.notStored],
  examples: [{
    request: { callId: '1637742300-27', beginTime: '2021-11-24 06:25:03', endTime: '2021-11-25 06:25:11', version: VERSION },
    response: { resultCode: '0', resultDesc: 'success', resultData: { url: 'https://parley.example.com:8443/CCFS/resource/ccfs/sharedRecording?ticket=Zm9v' } },
  }],
});

export const sharedRecording = operation({
  id: 'sharedRecording', family: ccfs, tag,
  method: 'GET', path: `${CCFS}/sharedRecording`, auth: 'none',
  summary: 'The recording of a URL of getRecordFileUrlFromObs',
  description: 'The ticket is all that is needed, until it has run out. Players may ask for parts.',
  request: { query: object({ ticket: optional(text('As the URL has it.', { max: 1000 })) }) },
  ...ranged, errors: [errors.emptyParameter, errors.wrongParameter, errors.noRecording, errors.noStore],
});

export const ccfsDownloadRecordFile = operation({
  id: 'ccfsDownloadRecordFile', family: ccfs, section: '13.2.1.4', tag,
  method: 'POST', path: `${CCFS}/downloadRecordFile`, auth: 'C2',
  summary: 'Download a recording by its name in the index',
  description: 'A WAV file (A-law, 8 kHz) with both sides on one channel.',
  request: {
    body: asking({
      fileName: word('`file_name` of the index of recordings: `/{nodeId}/{ccId}/record/{vdnId}/{yyyymmdd}/{agentId}/{name}.wav`.', { max: 225 }),
    }),
  },
  ...ranged, errors: [...downloadErrors, errors.wrongDate, errors.ambiguous, errors.wrongFolder, errors.badPath],
  examples: [{ request: { request: { version: VERSION }, msgBody: { fileName: '/0/1/record/100/20180416/512/1629533.wav' } } }],
});

export const ccfsDownloadRecord = operation({
  id: 'ccfsDownloadRecord', family: ccfs, section: '13.2.1.5', tag,
  method: 'POST', path: `${CCFS}/downloadRecord`, auth: 'C2',
  summary: 'Download a recording by its original name, or all of a call',
  description: 'A WAV file; of a call with several of them a ZIP. The name decides where both are there.',
  request: {
    body: asking({
      fileName: optional(text('`original_file_name` of the index, such as `Y:/4/0/20180416/512/1629533.V3`.', { max: 225 })),
      callId: optional(callId('Id of the call.')),
      ccId: optional(text('Contact centre; the tenant\'s unless told.', { max: 64, also: ['cclId', 'ccld', 'cclid'] })),
    }),
  },
  ...ranged, errors: [...downloadErrors, errors.noData, errors.nothingNamed],
  examples: [{ request: { request: { version: VERSION }, msgBody: { fileName: 'Y:/4/0/20180416/512/1629533.V3', callId: '1523867373-1', ccId: '1' } } }],
});

export const ccfsRequestPlayVoice = operation({
  id: 'ccfsRequestPlayVoice', family: ccfs, section: '13.2.1.8', tag,
  method: 'POST', path: `${CCFS}/requestPlayVoice`, auth: 'C2',
  summary: 'A token to play a recording with',
  description: 'It is good for thirty minutes, and for playVoice alone.',
  request: { body: asking({ fileName: word('`original_file_name` of the index of recordings, with slashes.', { max: 225 }) }) },
  result: object({ token: text('For playVoice.') }),
  errors: [...fieldErrors, errors.queryFlow, errors.noData, errors.noStore, errors.foreignRecord, errors.illegalCharacters, errors.notCanonical, errors.noRecording],
  examples: [{
    request: { request: { version: VERSION }, msgBody: { fileName: 'Y:/1/0/20180309/108/2022318.V3' } },
    response: {
      resultCode: '0', resultDesc: 'success', resultData: { token: '7D41CF5DE98948979AAE063114C8AF3D' }, response: { version: VERSION, resultCode: '0', resultMsg: 'success' },
    },
  }],
});

export const ccfsPlayVoice = operation({
  id: 'ccfsPlayVoice', family: ccfs, section: '13.2.1.9', tag,
  method: 'GET', path: `${CCFS}/playVoice`, auth: 'none',
  summary: 'Play a recording',
  description: 'For media players: the token is all that is needed. Players may ask for parts.',
  request: {
    query: object({
      t: optional(text('Something new at each time, so that nobody on the way keeps the reply.', { max: 100 })),
      version: optional(text(`Version of the interface: \`${VERSION}\`.`, { max: 32, pattern: '^2\\.0$' })),
      st: optional(text('The token of requestPlayVoice.', { max: 200 })),
    }),
  },
  ...ranged, errors: [errors.longField, errors.wrongVersion, errors.emptyParameter, errors.wrongParameter, errors.noRecording, errors.noStore],
  examples: [{ request: { t: '1596677685425', version: VERSION, st: '7D41CF5DE98948979AAE063114C8AF3D' } }],
});

const spoken = [...downloadErrors, errors.wrongDate, errors.wrongPath] as const;

export const ccfsDownloadOiapRecord = operation({
  id: 'ccfsDownloadOiapRecord', family: ccfs, section: '13.2.1.10', tag,
  method: 'POST', path: `${CCFS}/downloadOiapRecord`, auth: 'C2', envelope: twiceNamed,
  summary: 'Download what a caller said to an IVR flow',
  description: 'By any of the four names that the reference has for it; `{name}` is the last part of what the flow was told when it had recorded.',
  request: {
    query: object({ locationId }),
    body: asking({
      fileName: text(
        '`Y:/record/{vdnId}/odfsrecord/{yyyymmdd}/{name}.wav`, `Y:/{vdnId}/odfsrecord/{yyyymmdd}/{name}.wav`, `Y:/record/{vdnId}/{yyyymmdd}/{name}.wav` or '
        + '`Y:/{vdnId}/transferrecord/{yyyymmdd}/{name}.wav`.',
      ),
    }),
  },
  ...ranged, errors: [...spoken, errors.wrongLength],
  examples: [{ request: { request: { version: VERSION }, msgBody: { fileName: 'Y:/39/odfsrecord/20201019/1603089033-1205143033.wav' } } }],
});

export const ccfsDownloadIvrRecordFile = operation({
  id: 'ccfsDownloadIvrRecordFile', family: ccfs, section: '13.2.1.11', tag,
  method: 'POST', path: `${CCFS}/downloadIVRRecordFile`, auth: 'C2', envelope: brief,
  summary: 'Download a message that a caller left in an IVR flow',
  request: {
    query: object({ locationId }),
    body: asking({ fileName: word('`Y:/{vdnId}/record/{yyyymmdd}/{name}.wav`.', { max: 225 }) }),
  },
  ...ranged, errors: spoken,
  examples: [{ request: { request: { version: VERSION }, msgBody: { fileName: 'Y:/39/record/20201015/1602748794-1205143033.wav' } } }],
});
