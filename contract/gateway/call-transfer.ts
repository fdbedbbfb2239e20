import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, nothing, object, optional, word } from '../schema.ts';
import { callAppData, callerNumber, callErrors, mediaWanted, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

export const transferErrors = catalogue({
  transferNoCall: { status: 200, code: '200-012', text: 'There is no call to transfer.' },
  transferNotPending: { status: 200, code: '200-012', text: 'There is no transfer to take back.' },
});

export const transferCall = operation({
  id: 'transferCall', family: gateway, section: '6.1.2.11', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/transfer`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicercall/{agentid}/transfer'],
  summary: 'Transfer the current call',
  description: [
    'Each kind of target has modes of its own; others are refused with 000-002.',
    '',
    '- Skill queue, agent, access code (1, 2, 4): 0 blind, 2 release once the target has answered.',
    '- IVR (3): 0 blind, 1 the agent waits until the flow gives the call back (AgentEvent_ReturnFromIvr).',
    '- Number outside (5): 1 blind, 2 release once it has answered, 3 talk to it first while the customer is held, 4 all three together (AgentEvent_Conference).',
    '',
    'Blind to a number outside works neither for outbound nor for video calls. With mode 2, AgentEvent_SuccTransResult tells how it went.',
  ].join('\n'),
  request: {
    path: agentPath,
    body: object({
      devicetype: integerOf([1, 2, 3, 4, 5], 'Where to: 1 a skill queue, 2 an agent, 3 an IVR flow, 4 an access code, 5 a number outside.'),
      address: word('Id of the skill queue, work number, access code of the IVR flow, access code, or number.', { max: 24 }),
      mode: integerOf([0, 1, 2, 3, 4], 'How; see above.'),
      callappdata: optional(callAppData),
      caller: optional(callerNumber),
      mediaability: optional(mediaWanted),
      holdflag: optional(flag('Whether the customer is held until the third has joined; true unless told. For mode 4.')),
      skillId: optional(integer('Id of the skill queue that the call counts for at the agent; 0 or absent means the default. For agents (2).', { min: 0 })),
    }),
  },
  result: nothing,
  errors: [...callErrors, transferErrors.transferNoCall],
  examples: [{
    // The printed one has mode 3, which the table gives to numbers outside only.
    request: { agentid: 101, devicetype: 2, mode: 2, address: '49998', callappdata: '', caller: '40040', mediaability: 0, holdflag: 'true' },
    response: { message: 'success', retcode: '0', result: {} },
  }],
});

export const cancelTransfer = operation({
  id: 'cancelTransfer', family: gateway, section: '6.1.2.12', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/canceltransfer`, auth: 'C4',
  summary: 'Take a transfer back',
  description: 'For transfers to numbers outside with mode 3 or 4: the number is released and the agent talks to the customer again '
    + '(AgentEvent_Talking, AgentEvent_Customer_Release).',
  request: { path: agentPath },
  result: nothing,
  errors: [...callErrors, transferErrors.transferNotPending],
  examples: [{ request: { agentid: 101 }, response: { message: 'success', retcode: '0', result: {} } }],
});
