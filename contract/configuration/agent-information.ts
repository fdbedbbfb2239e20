import { Type } from 'typebox';
import { flat, type Envelope } from '../envelope.ts';
import { operation } from '../operation.ts';
import { integer, list, object, oneOf, optional, text, word } from '../schema.ts';
import { agentErrors } from './agent-account.ts';
import { configuration, resultCode, returnCode } from './family.ts';

const MAX_AGENTS = 59_899;

/** 5.1.9 and 5.1.10 answer their fields alone, without a code. */
const plain: Envelope = { ...resultCode, schema: (result) => result, success: (result) => result };

/** 5.1.12: a refusal carries an empty work number. */
const withEmptyWorkNo: Envelope = {
  ...returnCode,
  refusalSchema: Type.Object({
    ...returnCode.refusalSchema.properties,
    data: object({ workNo: text('Empty.') }),
  }),
  refusal: (refusal) => ({ ...(returnCode.refusal(refusal) as object), data: { workNo: '' } }),
};

const host = text('Address for SIP registration.', { max: 50 });
const port = integer('Port for SIP registration.', { min: 1, max: 65_535 });
const workNo = integer('Work number of the agent, from 101 to 59999.');
const sipAccount = text('Number of the agent\'s SIP phone.', { max: 24 });
const sipPwd = text('Password of the SIP phone, in clear.', { max: 24 });
/** 5.1.9 says at most 8 characters, which those that we make up have; one that the agent has chosen by 6.1.1.16 has up to 32. */
const ctiPassword = text('Password with which the work number signs in, in clear.', { max: 32 });

export const querySysInfo = operation({
  id: 'querySysInfo', family: configuration, section: '5.1.9', tag: 'Agents', envelope: plain,
  method: 'GET', path: '/apiaccess/CC-Management/v1/querySysInfo', auth: 'C1',
  summary: 'List what all agents need to sign in',
  description: 'Addresses and the two passwords of every agent, without their accounts.',
  request: {},
  result: object({
    serviceIp: text('Address where agents sign in.', { max: 50 }),
    servicelp: text('The same, with the lower-case L that the table of 5.1.9 prints.', { max: 50 }),
    servicePort: integer('Port where agents sign in.', { min: 1, max: 65_535 }),
    sipServiceIp: host,
    sipServicePort: port,
    agents: list(object({ workNo, sipAccount, sipPwd, password: ctiPassword }), 'The agents, by work number.', { max: MAX_AGENTS }),
  }),
  examples: [{
    response: {
      servicePort: 448, serviceIp: '127.0.0.0', servicelp: '127.0.0.0', sipServiceIp: '127.0.0.0', sipServicePort: 5060,
      agents: [
        { workNo: 1522, password: '7kHp4mWt', sipAccount: '88881619', sipPwd: '1aBc4dEf6gHk8mNt' },
        { workNo: 1523, password: 'f3Gh5kxL', sipAccount: '88881620', sipPwd: '1zYx4wVu6tSr8qxL' },
      ],
    },
  }],
});

export const queryAgentInfo = operation({
  id: 'queryAgentInfo', family: configuration, section: '5.1.10', tag: 'Agents', envelope: plain,
  method: 'GET', path: '/apiaccess/CC-Management/v1/queryAgentInfo', auth: 'C1',
  summary: 'List the SIP phones of all agents with their accounts',
  request: {},
  result: object({
    sipServiceIp: host,
    sipServicePort: port,
    agents: list(object({
      workNo, sipAccount, sipPwd,
      accountCode: optional(text('The agent\'s account.', { max: 100 })),
    }), 'The agents, by work number.', { max: MAX_AGENTS }),
  }),
  examples: [{
    response: {
      sipServiceIp: '10.10.96.98', sipServicePort: 5060,
      agents: [{ workNo: 1522, accountCode: 'aaaaaa', sipAccount: '88881619', sipPwd: '1aBc4dEf6gHk8mNt' }],
    },
  }],
});

export const queryAgentLoginParams = operation({
  id: 'queryAgentLoginParams', family: configuration, section: '5.1.11', tag: 'Agents', envelope: flat('returnCode', 'message'),
  method: 'POST', path: '/apiaccess/CC-Management/v1/queryAgentLoginParams', auth: 'C1',
  summary: 'Check an agent\'s account and tell how it signs in',
  description: 'One account for the mobile app and the desktop: its password gives work number, SIP phone and both their passwords. '
    + 'Three wrong passwords in a row lock the account for 30 minutes.',
  done: 'verify Account or password success.',
  request: {
    body: object({
      password: word('The account password.', { max: 100 }),
      account: word('The account.', { max: 100 }),
    }),
  },
  result: object({
    results: object({
      workNo: text('Work number of the agent.', { max: 5 }),
      password: text('Password with which the work number signs in, in clear.', { max: 100 }),
      sipAccount,
      sipPwd: text('Password of the SIP phone, in clear.', { max: 100 }),
      sipServerInfo: list(object({
        sipServiceIp: host,
        sipServicePort: text('Port for SIP registration.', { max: 5 }),
        node: optional(text('Node that serves SIP; absent where there is one.', { max: 10 })),
        type: oneOf(['0', '1'], '0 SIP, 1 WebRTC.'),
      }), 'Where the phone registers.'),
    }, 'How the agent signs in.'),
  }),
  errors: [agentErrors.agentPasswordWrong, agentErrors.agentPasswordExpired, agentErrors.agentLocked, agentErrors.agentUnknown],
  examples: [{
    request: { account: '1s120201', password: 'Se$ret1x' },
    response: {
      returnCode: '0', message: 'verify Account or password success.',
      results: {
        sipServerInfo: [{ sipServiceIp: '10.10.10.11', sipServicePort: '33', type: '0' }, { sipServiceIp: '10.10.10.11', sipServicePort: '8443', type: '1' }],
        password: '11aBc48Q', sipAccount: '88887818', sipPwd: '1aBc4dEf6gHk8mNt', workNo: '1516',
      },
    },
  }],
});

export const queryAgentInfoByAccount = operation({
  id: 'queryAgentInfoByAccount', family: configuration, section: '5.1.12', tag: 'Agents', envelope: withEmptyWorkNo,
  method: 'POST', path: '/apiaccess/rest/CC-Management/v1/queryAgentInfoByAccount', aliases: ['/apiaccess/rest/cc-management/v1/queryAgentInfoByAccount'],
  auth: 'C1-or-body',
  summary: 'Find the work number of an account',
  description: 'Without a Bearer token, `username` and `password` of any account of the tenant sign the request in; where they are wrong, HTTP says 403.',
  done: 'query success',
  request: {
    body: object({
      accountCode: word('The account asked about.', { max: 64 }),
      password: optional(text('Password of the account that asks.', { max: 64 })),
      username: optional(text('The account that asks.', { max: 64 })),
    }),
  },
  result: object({
    data: object({
      workNo: integer('Work number of the agent; empty text where there is none.'),
      agentType: integer('4 audio, 11 video, 5 multimedia, 99 versatile.'),
      agentStatus: text('Status of the agent, 0 by default.'),
    }),
  }),
  errors: [agentErrors.agentUnknown],
  examples: [
    {
      request: { accountCode: 'Agents' },
      response: { returnCode: '0', data: { workNo: 7094, agentType: 5, agentStatus: '0' }, description: 'query success' },
    },
    {
      request: { accountCode: 'Agents', username: 'itau_group', password: 'Se$ret1x' },
      response: { returnCode: '0', data: { workNo: 7094, agentType: 5, agentStatus: '0' }, description: 'query success' },
    },
  ],
});
