import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, nothing, object, optional } from '../schema.ts';
import { callErrors, VOICE_CALL } from './call.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

export const videoErrors = catalogue({
  switchNoCall: { status: 200, code: '200-027', text: 'There is no call to switch between voice and video.' },
  switchWrongMedia: { status: 200, code: '200-028', text: 'A call cannot be switched to media type {media}.' },
  switchWrongCall: { status: 200, code: '200-029', text: 'A call of this kind cannot be switched between voice and video.' },
  switchFailed: { status: 200, code: '200-030', text: 'Switching between voice and video failed: {message}.' },
  layoutWrongMode: { status: 200, code: '200-031', text: 'There is no display mode {mode}.' },
  layoutNoCall: { status: 200, code: '200-032', text: 'There is no three-party video call.' },
  layoutWrongCall: { status: 200, code: '200-033', text: 'Calls of this kind have no display modes.' },
  layoutWrongState: { status: 200, code: '200-034', text: 'The display mode cannot be changed now ({state}).' },
  layoutFailed: { status: 200, code: '200-035', text: 'Changing the display mode failed: {message}.' },
});

export const mediaSwitch = operation({
  id: 'mediaSwitch', family: gateway, section: '6.1.2.18', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/mediaswitch`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicercall/{agentid}/mediaswitch'],
  summary: 'Switch the current call between voice and video',
  description: 'For agents who have signed in as video agents (agenttype 11), in a call of two. To video, both phones are offered pictures (VP8 or H.264; a browser or a '
    + 'SIP phone), which are passed on between them as they are; AgentEvent_MediaSwitth tells the outcome, with a reason other than 0 where a phone has none, and then '
    + 'the call goes on by voice. So it does from the start with whoever the call is transferred to. Where the call is recorded so are the pictures, as 13.1.3.1 tells.',
  request: {
    path: agentPath,
    // Other numbers pass, as 200-028 is the code for them.
    query: object({ mediaType: optional(integer('What to switch to: 1 voice, 3 video (unless told).')) }),
  },
  result: nothing,
  errors: [...callErrors, videoErrors.switchNoCall, videoErrors.switchWrongMedia, videoErrors.switchWrongCall, videoErrors.switchFailed],
  examples: [{ request: { agentid: 101, mediaType: 3 }, response: { message: 'success', retcode: '0', result: {} } }],
});

export const adjustVideoMode = operation({
  id: 'adjustVideoMode', family: gateway, section: '6.1.2.19', tag: 'Voice calls',
  method: 'POST', path: `${VOICE_CALL}/adjustvideomode`, auth: 'C4',
  aliases: ['/agentgateway/resource/voicerecall/{agentid}/adjustvideomode'],
  summary: 'Choose whom a three-party video call shows large',
  description: 'Not served, as there are no display modes to choose from: pictures are passed on between two and never put together, so that three who talk do not see one another.',
  unserved: true,
  request: {
    path: agentPath,
    // Other numbers pass, as 200-031 is the code for them.
    body: object({ mode: integer('0 all three alike, 1 the customer, 2 the agent, 3 the third party.') }),
  },
  result: nothing,
  errors: [
    ...callErrors, videoErrors.layoutWrongMode, videoErrors.layoutNoCall, videoErrors.layoutWrongCall, videoErrors.layoutWrongState, videoErrors.layoutFailed,
  ],
  examples: [{ request: { agentid: 101, mode: '0' }, response: { message: 'success', retcode: '0', result: {} } }],
});
