import { operation } from '../operation.ts';
import { integer, list, nothing, nullable, object, optional, text } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

const { notSignedIn, parameterRefused, failed } = sessionErrors;

/** 6.1.1.4 answers 100-001 where a limit is broken, so the limits stand in words only. */
const ANY = 1_000_000;

export const sendNoteletEx = operation({
  id: 'sendNoteletEx', family: gateway, section: '6.1.1.4', tag: 'Agent notes',
  bodyRefusal: sessionErrors.parameterRefused,
  method: 'POST', path: '/agentgateway/resource/onlineagent/{agentid}/sendnoteletex', auth: 'C4',
  summary: 'Send a note to other agents',
  description: 'It reaches those who are signed in; the others never see it. Event for them: AgentOther_Note, which tells the sender and the text.',
  request: {
    path: agentPath,
    body: object({
      agentIds: optional(list(integer('Work number of an agent of the same VDN.'), 'Who is to read it: 1 to 100 agents. Needed.', { max: ANY })),
      content: optional(text('The text: up to 1023 bytes of UTF-8. Needed, though it may be empty.', { max: ANY })),
    }),
  },
  result: nullable(nothing),
  errors: [notSignedIn, parameterRefused, failed],
  examples: [{
    request: { agentid: 31_001, agentIds: [31_002, 31_003], content: 'hello' },
    response: { result: null, message: 'success', retcode: '0' },
  }],
});
