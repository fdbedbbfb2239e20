import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, list, nothing, object, optional, text, word } from '../schema.ts';
import { inspectionErrors, sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const supervisionErrors = catalogue({
  inspectionUnknown: { status: 200, code: '900-001', text: 'There is no {target} in this VDN.' },
  inspectionUnavailable: { status: 200, code: '900-003', text: 'Not possible now: {message}.' },
  inspectionAgentUnknown: { status: 200, code: '900-004', text: 'There is no agent {agent} to whisper to.' },
  inspectionState: { status: 200, code: '900-005', text: 'Not possible in the inspector\'s state ({state}).' },
});

const BASE = '/agentgateway/resource/qualitycontrol/{agentid}';

const LIMITS = 'of the same VDN, 101 to 59999.';
const target = integer(`Work number of the agent concerned, ${LIMITS}`, { min: 101, max: 59_999 });
const targetPath = object({ agentid: agentId, workNo: target });

const errors = [sessionErrors.notSignedIn, supervisionErrors.inspectionUnknown, inspectionErrors.mayNotInspect, supervisionErrors.inspectionUnavailable] as const;
const whisperErrors = [...errors, supervisionErrors.inspectionAgentUnknown] as const;

const reply = { message: '', retcode: '0', result: {} };
const onAgent = [{ request: { agentid: '101', workNo: '102' }, response: reply }];

export const qcAddInsert = operation({
  id: 'qcAddInsert', family: gateway, section: '12.1.1', tag: 'Inspection',
  method: 'PUT', path: `${BASE}/addinsert/{workNo}`, auth: 'C4',
  summary: 'Join an agent\'s conversation',
  description: 'For an idle inspector, who from then on talks with the agent, and with the customer whenever the agent does. The inspector\'s phone rings first: '
    + 'AgentOther_PhoneAlerting, AgentOther_PhoneOffhook and AgentState_Busy follow. Needs the permission bit 13 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors: [...errors, supervisionErrors.inspectionState],
  examples: onAgent,
});

export const qcAddSupervise = operation({
  id: 'qcAddSupervise', family: gateway, section: '12.1.2', tag: 'Inspection',
  method: 'PUT', path: `${BASE}/addsupervise/{workNo}`, auth: 'C4',
  summary: 'Listen to an agent',
  description: 'For an idle inspector, who hears both sides of every conversation of the agent while neither notices. The inspector\'s phone rings first: '
    + 'AgentOther_PhoneAlerting, AgentOther_PhoneOffhook and AgentState_Busy follow. Needs the permission bit 13 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors: [...errors, supervisionErrors.inspectionState],
  examples: onAgent,
});

export const qcIntercept = operation({
  id: 'qcIntercept', family: gateway, section: '12.1.3', tag: 'Inspection',
  method: 'PUT', path: `${BASE}/intercept/{workNo}`, auth: 'C4',
  summary: 'Take an agent\'s call over',
  description: 'For an inspector who listens to the agent, has joined in, or whispers. The agent becomes idle, and the inspector goes on with the customer: '
    + 'AgentEvent_Talking and AgentMediaEvent_Record follow. Needs the permission bit 14 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcStopSuperviseOrInsert = operation({
  id: 'qcStopSuperviseOrInsert', family: gateway, section: '12.1.4', tag: 'Inspection',
  method: 'DELETE', path: `${BASE}/{workNo}`, auth: 'C4',
  summary: 'Stop listening to an agent, or being in the conversation',
  description: 'AgentOther_PhoneRelease and AgentState_Ready follow.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcForceBusy = operation({
  id: 'qcForceBusy', family: gateway, section: '12.1.5', tag: 'Inspection',
  method: 'POST', path: `${BASE}/forcebusy/{workNo}`, auth: 'C4',
  summary: 'Make an agent busy',
  description: 'At once, or when the call of the moment is over. Needs the permission bit 15 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcForceIdle = operation({
  id: 'qcForceIdle', family: gateway, section: '12.1.6', tag: 'Inspection',
  method: 'POST', path: `${BASE}/forceidle/{workNo}`, auth: 'C4',
  summary: 'Make an agent idle',
  description: 'Out of the busy state, rest or wrap-up. Needs the permission bit 15 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcForceLogout = operation({
  id: 'qcForceLogout', family: gateway, section: '12.1.7', tag: 'Inspection',
  method: 'POST', path: `${BASE}/forcelogout/{workNo}`, auth: 'C4',
  summary: 'Sign an agent out',
  description: 'Whatever the agent does; calls are released. Needs the permission bit 15 of 6.3.8.',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcForceDropCall = operation({
  id: 'qcForceDropCall', family: gateway, section: '12.1.8', tag: 'Inspection',
  method: 'POST', path: `${BASE}/forcedropcall/{callid}`, auth: 'C4',
  summary: 'Release a call of the VDN',
  done: '',
  request: { path: object({ agentid: agentId, callid: word('Id of the call.') }) },
  result: nothing,
  errors,
  examples: [{ request: { agentid: '101', callid: '1456401416-3' }, response: reply }],
});

export const qcAdjustSkill = operation({
  id: 'qcAdjustSkill', family: gateway, section: '12.1.9', tag: 'Inspection',
  bodyRefusal: sessionErrors.parameterRefused,
  method: 'POST', path: `${BASE}/adjustskill`, auth: 'C4',
  summary: 'Choose the skill queues that an agent serves',
  description: 'Of those in the list, the agent serves the ones configured for the account, and none but these; an empty list leaves none.',
  done: '',
  request: {
    path: agentPath,
    body: object({
      // 100-001 is the answer to all that is wrong with the two, so they are not required here.
      workNo: optional(text(`Work number of the agent concerned, ${LIMITS} Without it the answer is 100-001.`)),
      skills: optional(list(integer('Id of a skill queue.'), 'The queues, up to 1000. Without it, or with more, the answer is 100-001.', { max: 100_000 })),
    }),
  },
  result: nothing,
  errors: [...errors, sessionErrors.parameterRefused],
  examples: [{ request: { agentid: '101', workNo: '49999', skills: [10, 25] }, response: reply }],
});

export const qcSwitchSuperviseOrInsert = operation({
  id: 'qcSwitchSuperviseOrInsert', family: gateway, section: '12.1.10', tag: 'Inspection',
  method: 'POST', path: `${BASE}/switch/{workNo}`, auth: 'C4',
  summary: 'Change from listening to joining in, and back',
  done: '',
  request: { path: targetPath },
  result: nothing,
  errors,
  examples: onAgent,
});

export const qcForceRest = operation({
  id: 'qcForceRest', family: gateway, section: '12.1.11', tag: 'Inspection',
  method: 'POST', path: `${BASE}/forcerest/{workNo}/{time}/{reason}`, auth: 'C4',
  summary: 'Send an agent to rest',
  done: '',
  request: {
    path: object({
      agentid: agentId, workNo: target,
      time: integer('For how many seconds.', { min: 1, max: 86_399 }),
      reason: integer('Code of the reason.', { min: 1, max: 255 }),
    }),
  },
  result: nothing,
  errors,
  examples: [{ request: { agentid: '101', workNo: '102', time: 600, reason: 200 }, response: reply }],
});

const whispersTo = (otherwise: string) => optional(integer(`Work number of the agent to whisper to, ${LIMITS} ${otherwise}`, { min: 101, max: 59_999 }));

export const qcRequestWhisperAgent = operation({
  id: 'qcRequestWhisperAgent', family: gateway, section: '12.1.12', tag: 'Inspection',
  method: 'POST', path: `${BASE}/requestwhisperagent`, auth: 'C4',
  summary: 'Whisper to an agent',
  description: 'For an idle inspector, who hears both sides and is heard by the agent alone. The inspector\'s phone rings first: AgentOther_PhoneAlerting, '
    + 'AgentOther_PhoneOffhook and AgentState_Busy follow. Needs the permission bit 13 of 6.3.8.',
  done: '',
  request: { path: agentPath, query: object({ whisperagentid: whispersTo('Without it the answer is 900-004.') }) },
  result: nothing,
  errors: whisperErrors,
  examples: [{ request: { agentid: '101', whisperagentid: '102' }, response: reply }],
});

export const qcRequestStopWhisperAgent = operation({
  id: 'qcRequestStopWhisperAgent', family: gateway, section: '12.1.13', tag: 'Inspection',
  method: 'POST', path: `${BASE}/requeststopwhisperagent`, auth: 'C4',
  summary: 'Stop whispering',
  done: '',
  request: { path: agentPath, query: object({ whisperagentid: whispersTo('The one inspected now unless told.') }) },
  result: nothing,
  errors: whisperErrors,
  examples: [{ request: { agentid: '101', whisperagentid: '102' }, response: reply }],
});

export const qcRequestSwitchInsertWhisperAgent = operation({
  id: 'qcRequestSwitchInsertWhisperAgent', family: gateway, section: '12.1.14', tag: 'Inspection',
  method: 'POST', path: `${BASE}/requestswitchinsertwhisperagent`, auth: 'C4',
  summary: 'Change between listening, joining in and whispering',
  done: '',
  request: {
    path: agentPath,
    query: object({
      whisperagentid: whispersTo('The one inspected now unless told.'),
      switchtype: integerOf([0, 1, 2], 'What to do from now on: 0 listen, 1 join in, 2 whisper.'),
    }),
  },
  result: nothing,
  errors: whisperErrors,
  examples: [{ request: { agentid: '101', whisperagentid: '102', switchtype: 2 }, response: reply }],
});
