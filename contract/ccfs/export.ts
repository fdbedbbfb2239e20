import { operation } from '../operation.ts';
import { object, oneOf, optional, text, word } from '../schema.ts';
import { ccfs, ccfsErrors as errors, VERSION } from './family.ts';
import { asking, callId, CCFS, clock, file } from './parts.ts';

const tag = 'Bills';

/** 13.2.1.3: 8 digits of the day, 32 of the request, and what stands between and behind them. */
const MAX_FILE_NAME = 49;

const window = {
  beginTime: clock('What began from then on, by the clock of the tenant\'s time zone.'),
  endTime: clock('Up to then, that second included: at most three days later, and not in the future.'),
} as const;

const narrowing = {
  accountId: optional(text('Tenant space of the tenant. A key for all tenants must say it.', { max: 64 })),
  agentId: optional(text('Work number of an agent: of nobody else.', { max: 20 })),
} as const;

const callBackURL = word('Where to tell that the file is there: a URL that the tenant trusts (`/admin/v1/trusted-urls`).', { max: 1000 });

const started = object({ responseId: text('Id of the request, part of the name of the file that will be there.') });

const told = (fields: Readonly<Record<string, ReturnType<typeof text>>>) => object({
  request: object({ version: text('Version of the interface.') }),
  msgBody: object({ responseId: text('Id of the request.'), ...fields, accountId: optional(text('Tenant space, where the request named one.')) }),
});

const CALLBACK = 'The file is there and can be downloaded. Signed as 4.3 has it, with the key of the request; told again, ever more rarely, until it is answered with HTTP 2xx.';
const DONE = { resultCode: '0', resultDesc: 'success', resultData: { responseId: '9239cb50a8384bb0ab503441bf089446' }, response: { version: VERSION, resultCode: '0', resultMsg: 'success' } };

const queryErrors = [
  errors.nullField, errors.emptyField, errors.longField, errors.wrongForm, errors.wrongVersion, errors.noBody, errors.queryFlow, errors.reversed, errors.tooWide, errors.future,
  errors.notAllowed, errors.emptyParameter, errors.wrongParameter,
] as const;

export const ccfsQueryBillData = operation({
  id: 'ccfsQueryBillData', family: ccfs, section: '13.2.1.2', tag,
  method: 'POST', path: `${CCFS}/queryBillData`, auth: 'C2',
  summary: 'Have a file made of call records or of an index of recordings',
  description: 'Answers at once; the file is made afterwards, and its name is told to `callBackURL`. It is a ZIP of CSV files (13.2.2.1) without a line of titles: UTF-8, commas, '
    + 'times by the tenant\'s clock; each has at most 500,000 lines. Rows are in it whose talk, or recording, began in that time. Files are kept for seven days.',
  request: {
    body: asking({
      ...window, ...narrowing,
      callId: optional(callId('Id of a call: of no other.')),
      callerNo: optional(text('Number of whoever called.', { max: 25 })),
      calleeNo: optional(text('Number that was called; beside `calleeNo2`, of whoever called.', { max: 25 })),
      calleeNo2: optional(text('Number that was called.', { max: 25 })),
      dataType: oneOf(['call', 'record', 'call_record'], '`call` records of calls, `record` the index of recordings, `call_record` both.'),
      callBackURL,
    }),
  },
  result: started, errors: queryErrors,
  callbacks: { billFileMade: { summary: CALLBACK, body: told({ billFileName: text('Name of the file, for downloadBillFile.') }), reply: object({}) } },
  examples: [{
    request: {
      request: { version: VERSION },
      msgBody: { beginTime: '2018-06-29 10:42:49', endTime: '2018-07-02 10:42:49', accountId: '', agentId: '', callId: '', dataType: 'call_record', callBackURL: 'https://10.57.118.171:8000' },
    },
    response: DONE,
  }],
});

export const ccfsQueryAgentOprInfoData = operation({
  id: 'ccfsQueryAgentOprInfoData', family: ccfs, section: '13.2.1.6', tag,
  method: 'POST', path: `${CCFS}/queryAgentOprInfoData`, auth: 'C2',
  summary: 'Have a file made of what agents did',
  description: 'As queryBillData, with the operations of agents (13.2.2.2) that began in that time and are over.',
  request: { body: asking({ ...window, ...narrowing, callBackURL }) },
  result: started, errors: queryErrors,
  callbacks: {
    agentOprInfoFileMade: {
      summary: CALLBACK, reply: object({}),
      body: told({ agentOprInfoFileName: text('Name of the file, for downloadAgentOprInfoFile.'), fileName: text('The same, as the table of the section calls it.') }),
    },
  },
  examples: [{
    request: {
      request: { version: VERSION },
      msgBody: { beginTime: '2018-06-29 10:42:49', endTime: '2018-07-02 10:42:49', accountId: '', agentId: '', callBackURL: 'https://10.57.118.171:8000' },
    },
    response: DONE,
  }],
});

const downloadErrors = [
  errors.nullField, errors.emptyField, errors.longField, errors.wrongForm, errors.wrongVersion, errors.noBody, errors.downloadFlow, errors.noFile, errors.illegalCharacters, errors.notCanonical,
] as const;

const NAME = '20180702_9239cb50a8384bb0ab503441bf089446.zip';

export const ccfsDownloadBillFile = operation({
  id: 'ccfsDownloadBillFile', family: ccfs, section: '13.2.1.3', tag,
  method: 'POST', path: `${CCFS}/downloadBillFile`, auth: 'C2',
  summary: 'Download a file of call records',
  description: 'The ZIP that queryBillData had made, of the tenant of the key.',
  request: { body: asking({ billFileName: word('`billFileName` of the callback, `yyyyMMdd_{responseId}.zip`.', { max: MAX_FILE_NAME }) }) },
  ...file, errors: downloadErrors,
  examples: [{ request: { request: { version: VERSION }, msgBody: { billFileName: NAME } } }],
});

export const ccfsDownloadAgentOprInfoFile = operation({
  id: 'ccfsDownloadAgentOprInfoFile', family: ccfs, section: '13.2.1.7', tag,
  method: 'POST', path: `${CCFS}/downloadAgentOprInfoFile`, auth: 'C2',
  summary: 'Download a file of what agents did',
  description: 'The ZIP that queryAgentOprInfoData had made, of the tenant of the key.',
  request: {
    body: asking({ agentOprInfoFileName: word('`agentOprInfoFileName` of the callback.', { max: MAX_FILE_NAME, also: ['agentOpInfoFileName'] }) }),
  },
  ...file, errors: downloadErrors,
  examples: [{ request: { request: { version: VERSION }, msgBody: { agentOprInfoFileName: NAME } } }],
});
