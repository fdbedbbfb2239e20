import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, list, nothing, object, optional, text, word } from '../schema.ts';
import { configuration } from './family.ts';

export const agentErrors = catalogue({
  agentUnknown: { status: 200, code: '1', text: 'There is no agent account {account}.' },
  agentExists: { status: 200, code: '1', text: 'There is an account {account} already.' },
  agentLimit: { status: 200, code: '1', text: 'No more agents: the limit of {limit} is reached.' },
  agentNumbersUsedUp: { status: 200, code: '1', text: 'All work numbers from 101 to 59999 are in use.' },
  agentQueueUnknown: { status: 200, code: '1', text: 'There is no skill queue {id}.' },
  agentQueueRepeated: { status: 200, code: '1', text: 'Skill queue {id} is named more than once.' },
  agentQueueUnsuited: { status: 200, code: '1', text: 'Skill queue {id} has media type {media}, which does not suit agent type {type}.' },
  agentPasswordRefused: { status: 200, code: '1', text: '{field}: {message}.' },
  agentPasswordWrong: { status: 200, code: '1', text: 'The account or its password is wrong.' },
  agentPasswordExpired: { status: 200, code: '1', text: 'The password is older than 90 days; change it first.' },
  agentLocked: { status: 200, code: '1', text: 'The account is locked after three wrong passwords; wait for 30 minutes or have an administrator unlock it.' },
});

const BASE = '/apiaccess/rest/cc-management/v1/agentAccount';

const newAccount = word('The account: letters, digits, `@`, `.`, `-` and `_`; unique in the tenant.', { min: 6, max: 50, pattern: '^[A-Za-z0-9@.\\-_]+$' });
export const userAccount = word('The agent\'s account.', { max: 50 });

/** What 5.1.1 forbids in a name; it is not blank either. */
const NAME = '^(?=.*\\S)[^"\\[\\]\'&()=;<>,\\u0000-\\u001f]+$';
const userName = word('Name of the agent.', { max: 20, pattern: NAME });
/** 5.1.3 forbids fewer characters in a name than 5.1.1 does. */
const changedName = word('Name of the agent.', { max: 20, pattern: '^(?=.*\\S)[^"\\[\\]=;<>\\u0000-\\u001f]+$' });
const email = word('Mail address: at most 64 characters before the @, 255 behind it, 63 between its dots.', { max: 320 });
const phone = text('Phone number.', { max: 25 });
export const agentType = integerOf([4, 11, 5, 99], '4 audio, 11 video, 5 multimedia, 99 versatile.');
const ccRoleId = integerOf([2, 3, 4], '2 agent, 3 inspector, 4 outbound call agent.');
const password = word('At least eight characters of all four classes (upper case, lower case, digits, special characters), and not the account name. Valid for 90 days.', { max: 256 });
const transparentDisplayFlag = flag('Whether the agent stays anonymous.');

const skillId = integer('Id of the skill queue.', { min: 1 });
const agentWeight = integer('Weight of the agent in the queue; a larger one goes first.', { min: 1 });
const skillWeight = integer('Weight of the queue for the agent.', { min: 1 });
const MAX_QUEUES = 2000;

const agent = {
  userAccount: text('The agent\'s account.'),
  userName: text('Name of the agent.'),
  phone: text('Phone number.'),
  email: text('Mail address.'),
  agentType: integer('4 audio, 11 video, 5 multimedia, 99 versatile, 255 none.'),
  ccRoleId: integer('2 agent, 3 inspector, 4 outbound call agent, 255 none.'),
  sipAccount: text('Number of the agent\'s SIP phone.'),
  skills: list(object({ skillId, agentWeight, skillWeight }), 'The queues the agent works in.', { max: MAX_QUEUES }),
  workNo: integer('Work number of the agent.'),
  transparentDisplayFlag,
};

const { agentUnknown, agentExists, agentLimit, agentNumbersUsedUp, agentPasswordRefused, agentPasswordWrong, agentLocked } = agentErrors;
const { agentQueueUnknown, agentQueueRepeated, agentQueueUnsuited } = agentErrors;
const skillErrors = [agentQueueUnknown, agentQueueRepeated, agentQueueUnsuited];

export const agentAccountCreate = operation({
  id: 'agentAccountCreate', family: configuration, section: '5.1.1', tag: 'Agents',
  method: 'POST', path: `${BASE}/create`, auth: 'C1',
  summary: 'Create an agent',
  description: 'Creates the account together with a work number, a SIP phone number, and a password for each. '
    + 'Queues must suit the agent type: 4 takes voice queues, 11 voice and video, 5 multimedia, 99 all. '
    + 'A password that was given at the console must be changed at the first sign-in; one that a program gives is good as it is.',
  done: 'create agent account success',
  request: {
    body: object({
      userAccount: newAccount, userName, password, email, agentType, ccRoleId,
      skills: optional(list(object({
        skillId,
        agentWeight: optional(agentWeight),
        skillWeight: optional(skillWeight),
      }), 'The queues the agent works in. A weight that is left out is 1.', { max: MAX_QUEUES })),
      phone: optional(phone),
      transparentDisplayFlag: optional(transparentDisplayFlag),
    }),
  },
  result: object({ workNo: integer('Work number of the new agent.') }),
  errors: [agentExists, agentPasswordRefused, ...skillErrors, agentLimit, agentNumbersUsedUp],
  examples: [{
    request: {
      userAccount: 'test123456', userName: 'test111', password: 'Te$t1234', email: 'test@example.com', agentType: 11, ccRoleId: 2,
      skills: [{ skillId: 3, agentWeight: 1, skillWeight: 1 }, { skillId: 2, agentWeight: 1, skillWeight: 2 }],
    },
    response: { resultCode: '0', resultMessage: 'create agent account success', workNo: 108 },
  }],
});

export const agentAccountDelete = operation({
  id: 'agentAccountDelete', family: configuration, section: '5.1.2', tag: 'Agents',
  method: 'POST', path: `${BASE}/delete`, auth: 'C1',
  summary: 'Delete an agent',
  description: 'In whatever state: the agent is signed out, its calls are dropped, its phone and its sessions end.',
  done: 'delete AgentAccount success',
  request: { body: object({ userAccount: newAccount }) },
  result: nothing,
  errors: [agentUnknown],
  examples: [{ request: { userAccount: 'test123456' }, response: { resultCode: '0', resultMessage: 'delete AgentAccount success' } }],
});

export const agentAccountUpdate = operation({
  id: 'agentAccountUpdate', family: configuration, section: '5.1.3', tag: 'Agents',
  method: 'POST', path: `${BASE}/update`, auth: 'C1',
  summary: 'Change an agent',
  description: 'All of it or nothing; what is left out stays as it is, and `skills` replaces the whole list. '
    + 'Three wrong old passwords in a row lock the account for 30 minutes; a password changes at most once in 24 hours, and not to one of the last five.',
  done: 'edit success',
  request: {
    body: object({
      userAccount,
      userName: optional(changedName),
      email: optional(email),
      phone: optional(phone),
      agentType: optional(agentType),
      ccRoleId: optional(ccRoleId),
      skills: optional(list(object({ skillId, agentWeight, skillWeight }), 'All queues the agent works in from now on.', { max: MAX_QUEUES })),
      oldPassWord: optional(text('The present password; needed to change it.', { max: 256 })),
      newPassWord: optional(text('The new password, by the rules of 5.1.1.', { max: 256 })),
      transparentDisplayFlag: optional(transparentDisplayFlag),
    }),
  },
  result: nothing,
  errors: [agentUnknown, agentPasswordWrong, agentLocked, agentPasswordRefused, ...skillErrors],
  examples: [{
    request: {
      userAccount: 'test123456', userName: 'test123', email: 'Test@example.com', phone: '18400005555', agentType: 5, ccRoleId: 2,
      skills: [{ skillId: 1, agentWeight: 1, skillWeight: 1 }], oldPassWord: 'Te$t1234', newPassWord: 'Te$t5678',
    },
    response: { resultCode: '0', resultMessage: 'edit success' },
  }],
});

export const agentAccountQuery = operation({
  id: 'agentAccountQuery', family: configuration, section: '5.1.4', tag: 'Agents',
  method: 'POST', path: `${BASE}/query`, auth: 'C1', reads: true,
  summary: 'Show one agent or list agents',
  description: 'With `userAccount` that one, whatever else is sent; otherwise a page of all that match, by work number.',
  done: 'get agent account info success',
  request: {
    body: object({
      userAccount: optional(text('Only this agent.', { max: 50 })),
      pageNum: optional(integer('Page, from 0; needed without `userAccount`.')),
      pageSize: optional(integer('Agents a page, from 1 to 1000; needed without `userAccount`.')),
      agentType: optional(list(integer('An agent type.'), 'Only agents of these types; empty means all.')),
      transparentDisplayFlag: optional(flag('Only agents who are anonymous, or only those who are not.')),
    }),
  },
  result: object({
    data: list(object(agent), 'The agents.'),
    total: integer('How many there are in all.'),
  }),
  examples: [{
    request: { userAccount: 'test123456' },
    response: {
      data: [{
        skills: [{ skillId: 2, agentWeight: 1, skillWeight: 2 }], agentType: 11, phone: '', userAccount: 'test123456', ccRoleId: 2, userName: 'test111',
        sipAccount: '88880551', email: 'test@example.com', workNo: 108, transparentDisplayFlag: false,
      }],
      total: 1, resultCode: '0', resultMessage: 'get agent account info success',
    },
  }, {
    request: { pageNum: 0, pageSize: 1 },
    response: {
      data: [{
        skills: [{ skillId: 3, agentWeight: 1, skillWeight: 1 }], agentType: 4, phone: '', userAccount: 'chenchuang0513', ccRoleId: 2, sipAccount: '88880550',
        userName: 'chenchuang0513', email: 'chen@example.com', workNo: 107, transparentDisplayFlag: false,
      }],
      total: 2, resultCode: '0', resultMessage: 'get agent account info success',
    },
  }],
});

export const addSkillsToAgent = operation({
  id: 'addSkillsToAgent', family: configuration, section: '5.1.5', tag: 'Agents',
  method: 'POST', path: `${BASE}/addSkillsToAgent`, auth: 'C1',
  summary: 'Bind agents to a skill queue',
  description: 'All of them or none. Agents who are bound already get the new weights.',
  request: {
    body: object({
      userAccounts: list(userAccount, 'Accounts of the agents.', { min: 1 }),
      skillId, agentWeight, skillWeight,
    }),
  },
  result: nothing,
  errors: [agentUnknown, agentQueueUnknown, agentQueueUnsuited],
  examples: [{
    request: { userAccounts: ['agent-x1', 'agent-x2'], skillId: 4, agentWeight: 1, skillWeight: 1 },
    response: { resultCode: '0', resultMessage: 'success' },
  }],
});

export const releaseAgentBySkillId = operation({
  id: 'releaseAgentBySkillId', family: configuration, section: '5.1.6', tag: 'Agents',
  method: 'POST', path: `${BASE}/releaseAgentBySkillId`, auth: 'C1',
  summary: 'Unbind agents from a skill queue',
  description: 'All of them or none; an empty list means every agent of the queue. Agents who are not bound are left as they are.',
  request: {
    body: object({ skillId, userAccounts: list(userAccount, 'Accounts of the agents; empty for all of the queue.') }),
  },
  result: nothing,
  errors: [agentUnknown, agentQueueUnknown],
  examples: [{ request: { skillId: 3, userAccounts: [] }, response: { resultCode: '0', resultMessage: 'success' } }],
});

export const queryAgentInfoBySkillIdConfig = operation({
  id: 'queryAgentInfoBySkillIdConfig', family: configuration, section: '5.1.7', tag: 'Agents',
  method: 'POST', path: `${BASE}/queryAgentInfoBySkillId`, auth: 'C1', reads: true,
  summary: 'List the agents of a skill queue',
  request: {
    body: object({
      skillId,
      pageSize: integer('Agents a page.', { min: 1, max: 100 }),
      pageNum: integer('Page, from 0.', { min: 0 }),
    }),
  },
  result: object({
    data: list(object({
      workNo: agent.workNo, agentType: agent.agentType, agentWeight, accountName: agent.userName, sipAccount: agent.sipAccount, skillWeight,
      userAccount: agent.userAccount,
      accountCode: text('The account again, as the example of 5.1.7 calls it.'),
    }), 'The agents, by work number.'),
    count: integer('How many agents the queue has in all.'),
  }),
  errors: [agentQueueUnknown],
  examples: [{
    request: { skillId: 3, pageSize: 10, pageNum: 0 },
    response: {
      data: [{
        workNo: 107, accountCode: 'test123456', userAccount: 'test123456', agentType: 4, agentWeight: 1, accountName: 'test111', sipAccount: '88880006', skillWeight: 1,
      }],
      count: 1, resultCode: '0', resultMessage: 'success',
    },
  }],
});
