import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, list, nothing, object, oneOf, text, word } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

export const offlineAgentErrors = catalogue({
  offlineAgentUnknown: { status: 200, code: '1', text: 'There is no agent {workNo}.' },
  offlineAgentOnCall: { status: 200, code: '1', text: 'Agent {workNo} is on a call; try again when it has ended.' },
  offlineAgentRefused: { status: 200, code: '1', text: 'Agent {workNo} cannot be signed in: {message}.' },
  offlineAgentNotOffline: { status: 200, code: '1', text: 'Agent {workNo} does not answer calls on another phone.' },
});

const BASE = '/apiaccess/rest/cc-management/v1/offline/agent';

const workNo = integer('Work number of the agent.', { min: 1 });

const { offlineAgentUnknown, offlineAgentOnCall, offlineAgentRefused, offlineAgentNotOffline } = offlineAgentErrors;

export const offlineAgentLogin = operation({
  id: 'offlineAgentLogin', family: configuration, section: '6.1.2.26', tag: 'Agents on mobile phones',
  method: 'POST', path: `${BASE}/login`, auth: 'C1', envelope: returnCode,
  summary: 'Have an agent answer calls on another phone',
  description: 'Signs the agent in without a workbench, in all queues configured for it, and ends a session that it has at one. '
    + 'From now on its calls are dialled to the phone given, and to answer it is to take the call. An agent on a call is left where it is.',
  request: {
    body: object({
      phone: word('Number to call the agent at, a mobile or a landline.', { max: 25, pattern: '^\\+?\\d+$' }),
      workNo,
    }),
  },
  result: object({
    restTime: text('How long the agent rests, in seconds; empty when it does not.'),
    agentType: oneOf(['4', '5', '11', '99'], '4 voice, 5 multimedia, 11 video, 99 versatile.'),
    forceLogin: flag('Whether a session elsewhere is ended: always.'),
    isAutoAnswer: oneOf(['true', 'false'], 'Whether calls are answered automatically.'),
    videoMode: integerOf([0, 1, 2], 'Where video is joined: 0 SFU, 1 MCU, 2 both.'),
    workNo,
    isMultiChannelSupport: flag('Whether the agent may be signed in by several channels at once.'),
    isMultiChannelsupport: flag('The same, as the table of the section spells it.'),
    skills: list(object({
      skillId: integer('Id of the queue.'),
      mediaTypeId: oneOf(['5', '53', '19', '2', '18'], '5 voice, 53 multimedia, 19 video, 2 voice click-to-dial, 18 video click-to-dial.'),
    }), 'The queues the agent works in, by id.', { max: 2000 }),
  }),
  errors: [offlineAgentUnknown, offlineAgentOnCall, offlineAgentRefused],
  examples: [{
    request: { phone: '13800000000', workNo: 107 },
    response: {
      restTime: '', agentType: '4', forceLogin: true, isAutoAnswer: 'true', description: 'success', videoMode: 0, workNo: 107,
      skills: [{ skillId: 4, mediaTypeId: '5' }], returnCode: '0', isMultiChannelSupport: false, isMultiChannelsupport: false,
    },
  }],
});

export const offlineAgentLogout = operation({
  id: 'offlineAgentLogout', family: configuration, section: '6.1.2.27', tag: 'Agents on mobile phones',
  method: 'POST', path: `${BASE}/logout`, auth: 'C1', envelope: returnCode,
  summary: 'End an agent\'s answering on another phone',
  description: 'Signs the agent out.',
  request: { body: object({ workNo }) },
  result: nothing,
  errors: [offlineAgentUnknown, offlineAgentOnCall, offlineAgentNotOffline],
  examples: [{ request: { workNo: 107 }, response: { returnCode: '0', description: 'success' } }],
});

export const isOfflineAgent = operation({
  id: 'isOfflineAgent', family: configuration, section: '6.1.2.28', tag: 'Agents on mobile phones',
  method: 'POST', path: `${BASE}/isOfflineAgent`, auth: 'C1', envelope: returnCode,
  summary: 'Ask whether an agent answers on another phone',
  request: { body: object({ workNo }) },
  result: object({ data: flag('Whether it does.') }),
  errors: [offlineAgentUnknown],
  examples: [{ request: { workNo: 107 }, response: { returnCode: '0', data: false, description: 'success' } }],
});
