import { operation } from '../operation.ts';
import { flag, integer, list, nothing, object, optional, text, timestamp, word } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/* What can come of a call, and what an agent says that came of one. */

const BASE = `${ADMIN}/outcomes`;

/** How many a tenant can have. */
export const MOST_OUTCOMES = 500;

export const outcomeCode = (description: string) => text(description, { min: 1, max: 50, pattern: '^[A-Za-z0-9-]+$' });
const code = outcomeCode('Letters, digits and hyphens; it stays as it is, as calls are found by it.');
const name = word('What agents choose by, unique in the tenant.', { max: 100, pattern: '^(?=.*\\S)[^\\u0000-\\u001f]+$' });
const description = text('When agents are to choose it; empty for nothing.', { max: 200, pattern: '^[^\\u0000-\\u001f]*$' });
const enabled = flag('Whether agents can choose it. Calls that have it keep it, whether it is or not.');
const path = object({ code });

const outcome = object({ code, name, description, enabled });
const sample = { code: 'order', name: 'Order placed', description: 'The customer has bought something.', enabled: true };
const other = { code: 'call-back', name: 'Call back later', description: '', enabled: true };

export const listOutcomes = operation({
  id: 'listOutcomes', family: admin, tag: 'Outcomes',
  method: 'GET', path: BASE, auth: 'session', permission: 'tenant.own',
  summary: 'List what can come of a call',
  description: 'Open to agents as well: their desk offers those that are switched on.',
  request: {},
  result: object({ outcomes: list(outcome, 'The outcomes, in the order in which agents see them.', { max: MOST_OUTCOMES }) }),
  examples: [{ response: { outcomes: [sample, other] } }],
});

export const createOutcome = operation({
  id: 'createOutcome', family: admin, tag: 'Outcomes',
  method: 'POST', path: BASE, auth: 'session', permission: 'tenant.write',
  summary: 'Add an outcome, behind the others',
  request: { body: object({ code, name, description: optional(description), enabled: optional(enabled) }) },
  result: outcome,
  errors: [errors.exists, errors.conflict],
  examples: [{ request: { code: 'order', name: 'Order placed', description: 'The customer has bought something.' }, response: sample }],
});

export const changeOutcome = operation({
  id: 'changeOutcome', family: admin, tag: 'Outcomes',
  method: 'PATCH', path: `${BASE}/{code}`, auth: 'session', permission: 'tenant.write',
  summary: 'Change an outcome, switch it off or on, or move it among the others',
  description: 'What is left out stays as it is.',
  request: {
    path,
    body: object({
      name: optional(name), description: optional(description), enabled: optional(enabled),
      place: optional(integer('Where it is to stand, counted from 1; behind the last it is the last.', { min: 1, max: MOST_OUTCOMES })),
    }),
  },
  result: outcome,
  errors: [errors.notFound, errors.exists],
  examples: [{ request: { code: 'order', place: 1, enabled: false }, response: { ...sample, enabled: false } }],
});

export const deleteOutcome = operation({
  id: 'deleteOutcome', family: admin, tag: 'Outcomes',
  method: 'DELETE', path: `${BASE}/{code}`, auth: 'session', permission: 'tenant.write',
  summary: 'Remove an outcome that no call has',
  description: 'One that calls have can be switched off instead, so that these still tell what came of them.',
  request: { path },
  result: nothing,
  errors: [errors.notFound, errors.inUse],
  examples: [{ request: { code: 'order' }, response: {} }],
});

export const notedOutcome = object({
  code, name,
  remark: text('What the agent has written about it; empty for nothing, or once it has been erased (5.1.13).', { max: 1000 }),
  workNo: integer('The agent who has noted it.'),
  agentName: text('The name of that agent; empty where there is none any more.'),
  at: timestamp('When it was noted, the last time.'),
});

export const notedOutcomeExample = {
  code: 'order', name: 'Order placed', remark: 'Two boxes, to be sent on Monday.', workNo: 102, agentName: 'Bob Brown', at: 1_790_000_170_000,
} as const;

export const noteOutcome = operation({
  id: 'noteOutcome', family: admin, tag: 'Desk',
  method: 'PUT', path: `${ADMIN}/desk/calls/{callId}/outcome`, auth: 'session', permission: 'tenant.own',
  summary: 'Note what came of a call',
  description: 'For an agent who talks in the call or has talked in it, until 24 hours after its end; each agent of a call notes an outcome of their own, and what was noted before is replaced.',
  request: {
    path: object({ callId: text('Id of the call.', { min: 1, max: 25 }) }),
    body: object({
      code: outcomeCode('Code of an outcome that is switched on, or of the one that is noted already.'),
      remark: optional(text('Anything else; nothing unless told.', { max: 1000, pattern: '^[^\\u0000]*$' })),
    }),
  },
  result: notedOutcome,
  errors: [errors.invalid, errors.forbidden, errors.notFound, errors.conflict],
  examples: [{ request: { callId: '1790000000-7', code: 'order', remark: 'Two boxes, to be sent on Monday.' }, response: notedOutcomeExample }],
});
