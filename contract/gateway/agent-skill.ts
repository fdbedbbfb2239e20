import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, list, nothing, object, optional, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const colleagueErrors = catalogue({
  colleagueUnknown: { status: 200, code: '100-007', text: 'There is no agent {agent} in this VDN.' },
});

export const MAX_QUEUES = 2000;

/** Ids as 6.1.1.5 and its like list them; queues of Parley have 2, 5, 18, 19 or 53. */
export const mediatype = integer('Media: 1 text chat, 2 click-to-dial call, 4 callback, 5 voice or video call, 15 predicted and 16 previewed outbound '
  + 'call, 17 message call, 18 video click-to-dial, 19 video call, 51 multimedia web chat, 53 social chat.');

export const queueOfAgent = object({
  name: text('Name of the queue.'),
  id: integer('Id of the queue.'),
  mediatype,
});

/** For others than the agent of the path; who is not of its VDN does not exist. */
export const colleague = integer('Work number of the agent asked about, 101 to 59999, of the same VDN.', { min: 101, max: 59_999 });

const BASE = '/agentgateway/resource/onlineagent/{agentid}';

const { notSignedIn, failed } = sessionErrors;

export const queryAgentSkills = operation({
  id: 'queryAgentSkills', family: gateway, section: '6.1.1.5', tag: 'Agent queues',
  method: 'GET', path: `${BASE}/agentskills`, auth: 'C4',
  summary: 'List the queues the agent is configured for',
  description: 'Whether or not the agent works in them at present (6.1.1.8).',
  request: { path: agentPath },
  result: list(queueOfAgent, 'The queues, by id.', { max: MAX_QUEUES }),
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291 }, response: { result: [{ name: 'defaultMediaSkill', id: 1, mediatype: 53 }], message: 'success', retcode: '0' } }],
});

export const queryAgentSkillsByWorkNo = operation({
  id: 'queryAgentSkillsByWorkNo', family: gateway, section: '6.1.1.6', tag: 'Agent queues',
  method: 'GET', path: `${BASE}/agentskillsbyworkno/{workno}`, auth: 'C4',
  summary: 'List the queues another agent is configured for',
  request: { path: object({ agentid: agentId, workno: colleague }) },
  result: list(queueOfAgent, 'The queues, by id.', { max: MAX_QUEUES }),
  errors: [notSignedIn, colleagueErrors.colleagueUnknown, failed],
  examples: [{
    request: { agentid: 291, workno: 292 },
    response: { result: [{ name: 'defaultMediaSkill', id: 1, mediatype: 53 }, { name: 'defaultAudioSkill', id: 3, mediatype: 5 }], message: 'success', retcode: '0' },
  }],
});

export const resetSkill = operation({
  id: 'resetSkill', family: gateway, section: '6.1.1.8', tag: 'Agent queues',
  method: 'POST', path: `${BASE}/resetskill/{autoflag}`, auth: 'C4',
  summary: 'Choose the queues to work in',
  description: 'Replaces the choice so far. Queues that are named but not configured for the agent are passed over.',
  request: {
    path: object({ agentid: agentId, autoflag: text('`true` for all queues that are configured for the agent; anything else for those of `skillid`.', { min: 1 }) }),
    query: object({
      skillid: optional(text('Ids of queues, separated by semicolons; empty for none at all.', { max: 4000, pattern: '^[\\d;\\s]*$' })),
      phonelinkage: optional(integerOf([0, 1], 'Whether the desk phone is controlled along with the call: 1 yes, 0 no; as it is unless told. '
        + 'AgentEvent_linkageCapability says whether it can be.')),
    }),
  },
  result: nothing,
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291, autoflag: 'false', skillid: '1;2;3', phonelinkage: 0 }, response: { result: {}, message: 'success', retcode: '0' } }],
});
