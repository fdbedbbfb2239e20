import { operation } from '../operation.ts';
import { nothing, object, text } from '../schema.ts';
import { callErrors, KEYS, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

const number = text('Keys to press: 1 to 24 digits, `*` and `#` (as `%23`).', { pattern: KEYS });

export const secondDialEx = operation({
  id: 'secondDialEx', family: gateway, section: '6.1.2.13', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/seconddialex`, auth: 'C4',
  summary: 'Press keys in the current call',
  description: 'As on the dial pad of a phone, for the menus of others. Not in video calls.',
  request: { path: agentPath, query: object({ number }) },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101, number: '1234#' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const secondDial = operation({
  id: 'secondDial', family: gateway, tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/seconddial/{number}`, auth: 'C4',
  summary: 'Press keys in the current call, as older desktops ask',
  description: 'The same as `seconddialex`, with the keys in the path.',
  request: { path: object({ agentid: agentId, number }) },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101, number: '1234' }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const thirdPartyConfTransmitNum = operation({
  id: 'thirdPartyConfTransmitNum', family: gateway, section: '6.1.2.25', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/thirdPartyConfTransmitNum`, auth: 'C4',
  summary: 'Let the customer press keys for the third party\'s IVR',
  description: 'In a three-party call of agent, customer and an IVR outside: from now on the customer\'s keys go to the IVR too, '
    + 'and are kept out of the agent\'s recording.',
  done: '',
  request: { path: agentPath },
  result: nothing,
  errors: callErrors,
  examples: [{ request: { agentid: 101 }, response: { message: '', retcode: '0', result: {} } }],
});
