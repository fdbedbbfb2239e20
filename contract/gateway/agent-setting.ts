import { operation } from '../operation.ts';
import { integerOf, nothing, object, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

const BASE = '/agentgateway/resource/onlineagent/{agentid}';

const { notSignedIn, failed } = sessionErrors;

const done = { result: {}, message: 'success', retcode: '0' };

export const setAgentAutoAnswer = operation({
  id: 'setAgentAutoAnswer', family: gateway, section: '6.1.1.7', tag: 'Agent settings',
  method: 'POST', path: `${BASE}/autoanswer/{isautoanswer}`, auth: 'C4',
  summary: 'Have calls answered automatically, or not',
  description: 'Lasts as long as the session.',
  request: { path: object({ agentid: agentId, isautoanswer: text('`true` for automatic answering; anything else of up to five characters for answering by hand.', { min: 1, max: 5 }) }) },
  result: nothing,
  errors: [notSignedIn],
  examples: [{ request: { agentid: 291, isautoanswer: 'true' }, response: done }],
});

export const setAgentAutoEnterIdle = operation({
  id: 'setAgentAutoEnterIdle', family: gateway, section: '6.1.1.17', tag: 'Agent settings',
  method: 'POST', path: `${BASE}/autoenteridle/{flag}`, auth: 'C4',
  summary: 'Be idle as soon as a call ends, or go into wrap-up',
  description: 'Lasts as long as the session. Where the phone is hung up after a call (`releasephone`), the agent passes through wrap-up until it is hung up.',
  request: { path: object({ agentid: agentId, flag: text('`true` for idle; anything else of up to five characters for wrap-up.', { min: 1, max: 5 }) }) },
  result: nothing,
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291, flag: 'true' }, response: done }],
});

export const setTalkRight = operation({
  id: 'setTalkRight', family: gateway, section: '6.1.1.22', tag: 'Agent settings',
  method: 'POST', path: `${BASE}/settalkright`, auth: 'C4',
  summary: 'Take inbound calls, or none',
  description: 'Lasts as long as the session. Who takes none does not stand among the agents of a queue (5.2.11) either.',
  request: { path: agentPath, query: object({ flag: integerOf([0, 1], '1 to take inbound calls, 0 to take none.') }) },
  result: nothing,
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291, flag: 1 }, response: done }],
});
