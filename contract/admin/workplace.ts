import { operation } from '../operation.ts';
import { integer, integerOf, list, object, oneOf, text, word } from '../schema.ts';
import { ADMIN, admin } from './family.ts';

const WORKPLACE = `${ADMIN}/workplace`;

/** 6.3.8 in our own words; 22 and 31 are out of use there. */
export const PERMISSION_BITS = {
  1: 'Go busy and idle',
  2: 'Mute and unmute oneself',
  3: 'Hold calls and take them back',
  4: 'Join a held call to the present one',
  5: 'Call outside numbers',
  6: 'Call colleagues',
  7: 'Transfer within the centre',
  8: 'Take transferred calls',
  9: 'Talk with two parties at once',
  10: 'Transfer to outside numbers',
  11: 'Hand a call back to an automatic flow',
  12: 'Leave a call unanswered',
  13: 'Listen to or join other agents\' calls',
  14: 'Take over other agents\' calls',
  15: 'Make other agents busy, idle or signed out',
  16: 'Play recordings for quality inspection',
  17: 'Watch agents for quality inspection',
  18: 'Administer appraisals',
  19: 'Appraise',
  20: 'See the alarm console',
  21: 'Work on reports',
  23: 'See the monitoring console',
  24: 'Administer the configuration',
  25: 'Administer reports',
  26: 'Call long distance within the country',
  27: 'Call abroad',
  28: 'Call out under an access code of the centre',
  29: 'Inspect agents\' screens',
  30: 'Pick up calls that ring at colleagues of the same group',
  32: 'Configure agents',
  33: 'Configure skill queues',
  34: 'Never choose the calling number of outbound calls',
  35: 'Audit the configuration',
} as const;

const BITS = Object.keys(PERMISSION_BITS).map(Number);
const roleId = integerOf([2, 3, 4], '2 agent, 3 inspector, 4 outbound agent (5.1.1 ccRoleId).');
const bits = list(integerOf(BITS, 'A permission bit.'), 'Permission bits of 6.3.8, each once.', { max: BITS.length });
const role = object({ roleId: integer('Id of the role.'), name: text('What it is called.'), bits });

const kind = oneOf(['rest', 'busy'], 'rest: codes 0 to 255 (6.1.1.12). busy: codes 0 and 200 to 250 (6.1.1.10).');
const reasons = list(object({
  code: integer('The code that the agent gateway takes and that reports show; 0 stands for no reason.', { min: 0, max: 255 }),
  name: word('What agents choose by, unique among its kind.', { max: 50, pattern: '\\S' }),
}), 'The reasons, by code.', { max: 256 });

const reasonsExample = [{ code: 1, name: 'Short break' }, { code: 100, name: 'Not feeling well' }];
const agentBits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 26, 30];

export const showReasons = operation({
  id: 'showReasons', family: admin, tag: 'Workplace',
  method: 'GET', path: `${WORKPLACE}/reasons/{kind}`, auth: 'session', permission: 'self',
  summary: 'List the reasons for rest or busy',
  description: 'Open to agents as well: their desk offers these reasons.',
  request: { path: object({ kind }) },
  result: object({ kind: text('rest or busy.'), reasons }),
  examples: [{ request: { kind: 'rest' }, response: { kind: 'rest', reasons: reasonsExample } }],
});

export const replaceReasons = operation({
  id: 'replaceReasons', family: admin, tag: 'Workplace',
  method: 'PUT', path: `${WORKPLACE}/reasons/{kind}`, auth: 'session', permission: 'tenant.write',
  summary: 'Replace the reasons for rest or busy',
  request: { path: object({ kind }), body: object({ reasons }) },
  result: object({ kind: text('rest or busy.'), reasons }),
  examples: [{ request: { kind: 'rest', reasons: reasonsExample }, response: { kind: 'rest', reasons: reasonsExample } }],
});

export const listAgentRoles = operation({
  id: 'listAgentRoles', family: admin, tag: 'Workplace', section: '6.3.8',
  method: 'GET', path: `${WORKPLACE}/roles`, auth: 'session', permission: 'tenant.read',
  summary: 'List the agent roles and what they may do',
  request: {},
  result: object({
    roles: list(role, 'The three roles.'),
    permissions: list(object({ bit: integer('The bit.'), name: text('What it allows.') }), 'Every permission there is.'),
  }),
  examples: [{
    response: { roles: [{ roleId: 2, name: 'agent', bits: agentBits }], permissions: [{ bit: 1, name: PERMISSION_BITS[1] }] },
  }],
});

export const changeAgentRole = operation({
  id: 'changeAgentRole', family: admin, tag: 'Workplace', section: '6.3.8',
  method: 'PUT', path: `${WORKPLACE}/roles/{roleId}`, auth: 'session', permission: 'tenant.write',
  summary: 'Set what an agent role may do',
  request: { path: object({ roleId }), body: object({ bits }) },
  result: role,
  examples: [{ request: { roleId: 2, bits: agentBits }, response: { roleId: 2, name: 'agent', bits: agentBits } }],
});
