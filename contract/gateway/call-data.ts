import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, list, nothing, object, optional, text } from '../schema.ts';
import { CALL_DATA, callErrors, someCallId } from './call.ts';
import { inspectionErrors, sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const callDataErrors = catalogue({
  callDataNoCall: { status: 200, code: '400-001', text: 'There is no call to which the data could go.' },
  callsOfUnknown: { status: 200, code: '100-011', text: 'There is no agent {agent} in this tenant.' },
});

/** 16 KB in base64, and that with the line breaks that some libraries put behind every 76 characters. */
const ENCODED = Math.ceil(16_384 / 3) * 4;
const BROKEN = ENCODED + 2 * Math.ceil(ENCODED / 76);

export const queryCallAppData = operation({
  id: 'queryCallAppData', family: gateway, section: '6.1.3.2', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/appdata`, auth: 'C4',
  summary: 'Read the data that go with a call',
  done: '',
  request: {
    path: agentPath,
    query: object({
      // The section takes any value but true for false.
      isEncodeResult: optional(text('`true` answers the data in base64, anything else as they are.')),
      callid: optional(someCallId('Which call; the current one unless told. Needed for chats.')),
    }),
  },
  result: text('The data.', { max: ENCODED }),
  errors: callErrors,
  examples: [{ request: { agentid: 101, isEncodeResult: 'false' }, response: { message: '', retcode: '0', result: '1234' } }],
});

export const setCallAppDataEx = operation({
  id: 'setCallAppDataEx', family: gateway, section: '6.1.3.3', tag: 'Call data',
  method: 'PUT', path: `${CALL_DATA}/setcalldataex`, auth: 'C4',
  aliases: [`POST ${CALL_DATA}/setcalldataex`],
  summary: 'Set the data that go with a call',
  description: 'They stay with the call when it is transferred, and go into its record. They are never logged.',
  request: {
    path: agentPath,
    body: object({
      callid: optional(someCallId('Which call; the current one unless told.')),
      calldata: optional(text('The data, at most 16 KB before they are put into base64. Absent or empty removes what there is.', { max: BROKEN })),
      isDataEncoded: optional(flag('Whether calldata is base64; false unless told.')),
    }),
  },
  result: nothing,
  errors: [...callErrors, callDataErrors.callDataNoCall],
  examples: [{
    request: { agentid: 101, callid: '1456229294-1191', calldata: '1233', isDataEncoded: 'true' },
    response: { message: 'success', retcode: '0', result: {} },
  }],
});

export const setCallAppData = operation({
  id: 'setCallAppData', family: gateway, tag: 'Call data',
  method: 'PUT', path: CALL_DATA, auth: 'C4',
  summary: 'Set the data that go with a call, in the query',
  description: 'What 6.1.3.3 does, as desktops of older gateways ask for it. Addresses are written down by proxies: newer ones should not.',
  request: {
    path: agentPath,
    query: object({
      calldata: optional(text('The data. Absent or empty removes what there is.', { max: 16_384 })),
      callid: optional(someCallId('Which call; the current one unless told.')),
    }),
  },
  result: nothing,
  errors: [...callErrors, callDataErrors.callDataNoCall],
  examples: [{ request: { agentid: 101, calldata: '1233', callid: '1456229294-1191' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const queryAllCallID = operation({
  id: 'queryAllCallID', family: gateway, tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/allcallid`, auth: 'C4',
  summary: 'List the ids of the agent\'s own calls',
  description: 'What 6.1.3.7 answers about oneself, as desktops of older gateways ask for it.',
  done: '',
  request: { path: agentPath },
  result: list(text('Id of a call.'), 'The ids, the current call\'s first.'),
  errors: [sessionErrors.notSignedIn],
  examples: [{ request: { agentid: 101 }, response: { message: '', retcode: '0', result: ['1456297722-1253', '1456297463-1249'] } }],
});

export const queryRemoteNumbers = operation({
  id: 'queryRemoteNumbers', family: gateway, tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/remotenumbers`, auth: 'C4',
  summary: 'List the numbers of the others in the agent\'s calls',
  description: 'For desktops of older gateways.',
  done: '',
  request: { path: agentPath },
  result: list(text('A number: the customer\'s, or that of an agent\'s phone.'), 'The numbers, those of the current call first.'),
  errors: [sessionErrors.notSignedIn],
  examples: [{ request: { agentid: 101 }, response: { message: '', retcode: '0', result: ['70093', '70092'] } }],
});

export const queryAllCallInfoByAgentWorkNoEx = operation({
  id: 'queryAllCallInfoByAgentWorkNoEx', family: gateway, section: '6.1.3.7', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/allcallinfoEx/{workno}`, auth: 'C4',
  summary: 'List the ids of an agent\'s calls',
  description: 'About oneself, or for inspectors about agents of the same tenant.',
  done: '',
  request: {
    path: object({
      agentid: agentId,
      // Other texts pass, as 100-011 is the code for them.
      workno: text('Work number of the agent, 101 to 59999.'),
    }),
  },
  result: list(text('Id of a call.'), 'The ids, the current call\'s first.'),
  errors: [...callErrors, callDataErrors.callsOfUnknown, inspectionErrors.mayNotInspect],
  examples: [{
    request: { agentid: 101, workno: '102' },
    response: { message: '', retcode: '0', result: ['1456297722-1253', '1456297463-1249'] },
  }],
});

export const queryCallNumsOnAgent = operation({
  id: 'queryCallNumsOnAgent', family: gateway, section: '6.1.3.8', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/callnums`, auth: 'C4',
  summary: 'Count the agent\'s calls',
  description: 'The current one and the held ones.',
  done: '',
  request: { path: agentPath },
  result: integer('How many there are.'),
  errors: [sessionErrors.notSignedIn],
  examples: [{ request: { agentid: 101 }, response: { message: '', retcode: '0', result: 1 } }],
});

const calls = (what: string) => integer(`How many calls ${what} since sign-in.`);

const few = {
  talktime: integer('Time talked since sign-in, in seconds.'),
  answernums: calls('were answered'),
  calloutnums: calls('were made to numbers outside'),
};

export const queryCallStatisticsInfo = operation({
  id: 'queryCallStatisticsInfo', family: gateway, section: '6.1.3.9', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/statistics`, auth: 'C4',
  summary: 'Count what the agent has done since sign-in',
  description: '`statisticsEx` is cheaper where three of the numbers do.',
  done: '',
  request: { path: agentPath },
  result: object({
    ...few,
    noanswernums: calls('were not answered for too long'),
    intercallnums: calls('were made to agents'),
    interhelpnums: integer('How often the agent asked for help since sign-in.'),
    transfernums: calls('were transferred to the agent'),
    transferoutnums: calls('the agent transferred'),
    transferivrnums: calls('the agent transferred to an IVR'),
    redirectnums: calls('were redirected'),
    keepnums: calls('were held'),
    busynums: integer('How often the agent became busy.'),
    restnums: integer('How often the agent asked for a rest.'),
    restoutnums: integer('How often a rest took longer than asked for.'),
    resttime: integer('Time rested, in seconds.'),
    restouttime: integer('Time rested longer than asked for, in seconds.'),
    agentrelease: integer('How many calls the agent released.'),
    busytime: integer('Time busy, in seconds.'),
  }),
  errors: callErrors,
  examples: [{
    request: { agentid: 101 },
    response: {
      message: '', retcode: '0',
      result: {
        talktime: 4328, answernums: 5, noanswernums: 0, calloutnums: 0, intercallnums: 5, interhelpnums: 0, transfernums: 0, transferoutnums: 0,
        transferivrnums: 0, redirectnums: 0, keepnums: 0, busynums: 0, restnums: 0, restoutnums: 0, resttime: 0, restouttime: 0, agentrelease: 1, busytime: 0,
      },
    },
  }],
});

export const queryCallStatisticsInfoEx = operation({
  id: 'queryCallStatisticsInfoEx', family: gateway, section: '6.1.3.10', tag: 'Call data',
  method: 'GET', path: `${CALL_DATA}/statisticsEx`, auth: 'C4',
  summary: 'Count the agent\'s talk time and calls since sign-in',
  done: '',
  request: { path: agentPath },
  result: object(few),
  errors: callErrors,
  examples: [{
    request: { agentid: 101 },
    response: { message: '', retcode: '0', result: { talktime: 4328, answernums: 5, calloutnums: 0 } },
  }],
});
