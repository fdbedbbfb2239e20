import { Type } from 'typebox';
import { gatewayFlat } from '../envelope.ts';
import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { list, object, optional, text, word } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

export const agentEventErrors = catalogue({
  eventsArePushed: { status: 200, code: '000-001', text: 'Agent {agent} asked at sign-in that events be pushed, so there is nothing to poll.' },
});

/** What `content` holds for which `eventType` is told by `AgentEvents` (events.ts). */
const agentEvent = object({
  eventType: word('Which event, by its name in 6.5.1.'),
  workNo: word('Work number of the agent: digits alone.'),
  content: Type.Unknown({ description: 'What the event tells: an object, a call id as text, or null.' }),
}, 'One event of an agent.');

export const agentEventPoll = operation({
  id: 'agentEventPoll', family: gateway, section: '6.1.4.1', tag: 'Agent events',
  method: 'GET', path: '/agentgateway/resource/agentevent/{agentid}', auth: 'C4', envelope: gatewayFlat,
  summary: 'Fetch an agent\'s next event',
  description: 'One event a call, oldest first: at once when there is one, else the call waits just under ten seconds for one and then answers without '
    + '`event`. Polling keeps the agent signed in: without a poll for two minutes the agent is signed out. Where GUIDs rotate, the new one comes in the '
    + 'headers of this reply, once a minute. On 000-001, 000-003 and 100-006 stop polling until the next sign-in.',
  // Clients of the field compare the empty answer byte by byte, so the message of a success is empty.
  done: '',
  request: {
    path: agentPath,
    query: object({ calldata: optional(text('Data of the call, which connection bars send when they are reloaded; not looked at.', { max: 16_384 })) }),
  },
  result: object({ event: optional(agentEvent) }),
  replyHeaders: {
    'Set-GUID': '`JSESSIONID=` and the GUID to send from now on; only when it has changed.',
    Guid: 'The same GUID by itself.',
  },
  errors: [agentEventErrors.eventsArePushed, sessionErrors.notSignedIn],
  examples: [
    {
      request: { agentid: '291' },
      response: { message: '', retcode: '0', event: { eventType: 'AgentOther_InService', workNo: '291', content: null } },
    },
    { response: { message: '', retcode: '0' } },
  ],
});

/** 6.1.4.2: what the address given at sign-in receives; the sign-in operations declare it as their callback. */
export const eventPush = {
  summary: 'Brings the events of an agent who signed in with both `callbackUri` and `serviceToken`, in the order in which they happened, one request at a '
    + 'time. The headers are `Guid`, the agent\'s GUID, and `service_token`, the token given at sign-in. Any HTTP 2xx counts as received.',
  body: object({
    workNo: word('Work number of the agent.'),
    eventList: list(agentEvent, 'The events, oldest first.', { min: 1 }),
  }),
  reply: object({
    message: optional(text('The outcome in words.')),
    retcode: optional(text('0 when the events were received.')),
  }),
};
