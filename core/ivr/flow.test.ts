import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readFlow, validateFlow, type Known } from './flow.ts';
import { describeNodeTypes } from './node-types.ts';

const KNOWN: Known = { queue: new Set(['1']), flow: new Set(['7']), agent: new Set(['101']), voiceFile: new Set(['5']), key: new Set(['crm']) };

const nodes = {
  hello: { type: 'play', file: '5', next: 'ask', title: 'Greeting', x: 10, y: -5 },
  ask: { type: 'collect', prompt: 'Your number', max: 8, into: 'number', next: 'look' },
  look: { type: 'http', url: 'https://crm.example.com/${number}', key: 'crm', into: { name: 'name' }, next: 'hi', error: 'menu' },
  hi: { type: 'say', text: 'Hello ${name}', next: 'hours' },
  hours: { type: 'branch', cases: [{ when: 'holiday', to: 'bye' }], otherwise: 'count' },
  count: { type: 'set', variable: 'tries', to: 'tries + 1', next: 'menu' },
  menu: { type: 'menu', prompt: [{ say: 'Choose', language: 'de_DE' }], choices: { 1: 'queue', 2: 'agent', 3: 'message', 4: 'out', 5: 'survey', 6: 'ask', 7: 'back', 8: 'pause' } },
  queue: { type: 'queue', queue: 1 },
  agent: { type: 'agent', agent: 101, overflow: 1 },
  message: { type: 'record', into: 'message', next: 'bye' },
  out: { type: 'transfer', number: '030123456' },
  survey: { type: 'transfer', flow: 7 },
  back: { type: 'return' },
  pause: { type: 'wait', seconds: 2.5, next: 'menu' },
  bye: { type: 'hangUp', prompt: 'Goodbye' },
};
const GOOD = { start: 'hello', onError: 'bye', language: 'en_US', rate: 90, maxSeconds: 600, variables: { tries: '0' }, holidays: ['12-25'], apology: 'Sorry', nodes };

const withNode = (id: string, changes: object): object => ({ ...GOOD, nodes: { ...nodes, [id]: { ...nodes[id as keyof typeof nodes], ...changes } } });
const faultsOf = (definition: unknown): readonly string[] => validateFlow(definition, KNOWN).map(({ node = '', field, message }) => `${node}/${field}: ${message}`);

test('a flow with every kind of node is good', () => {
  assert.deepEqual(faultsOf(GOOD), []);
  assert.deepEqual(Object.values(nodes).map(({ type }) => type).toSorted().filter((type, index, all) => type !== all[index - 1]), describeNodeTypes().map(({ type }) => type).toSorted());
});

test('a flow of one node is good', () => {
  assert.deepEqual(faultsOf({ start: 'a', nodes: { a: { type: 'hangUp' } } }), []);
});

const FAULTS: readonly (readonly [name: string, definition: unknown, ...faults: string[]])[] = [
  ['no object', [], '/definition: must be an object'],
  ['nothing in it', {}, '/start: is missing', '/nodes: is missing'],
  ['no nodes', { start: 'a', nodes: {} }, '/start: there is no node a'],
  ['nodes as a list', { start: 'a', nodes: [] }, '/nodes: must be an object of nodes by their ids', '/start: there is no node a'],
  ['too many nodes', { start: 'a', nodes: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`n${index}`, {}])) }, '/nodes: must not have more than 500 nodes', '/start: there is no node a'],
  ['a bad id', { ...GOOD, nodes: { ...nodes, 'a b': { type: 'hangUp' } } }, '/nodes: "a b" is no id of a node: a letter or digit, then up to 63 letters, digits, - or _'],
  ['an unknown field of the flow', { ...GOOD, stat: 'x' }, '/stat: is not known here'],
  ['a bad language', { ...GOOD, language: 'English' }, '/language: must not be longer than 6 characters'],
  ['too long a time', { ...GOOD, maxSeconds: 100_000 }, '/maxSeconds: must be a whole number from 10 to 14400'],
  ['no holiday', { ...GOOD, holidays: ['12-25', '25.12.'] }, '/holidays[1]: must be a day such as 2027-12-27, or 12-25 for every year'],
  ['a variable that the platform gives', { ...GOOD, variables: { tries: '0', caller: '1' } }, '/variables.caller: must not be caller, which the platform gives'],
  ['a variable with a bad name', { ...GOOD, variables: { tries: '0', __proto: '1' } }, '/variables.__proto: must be named by a variable'],
  ['a way for failures that leads nowhere', { ...GOOD, onError: 'nowhere' }, '/onError: there is no node nowhere'],
  ['no node', { start: 'a', nodes: { a: 'hangUp' } }, 'a/: must be an object'],
  ['a node without a type', { start: 'a', nodes: { a: {} } }, `a/type: must be one of ${describeNodeTypes().map(({ type }) => type).join(', ')}`],
  ['an inherited type', { start: 'a', nodes: { a: { type: 'constructor' } } }, `a/type: must be one of ${describeNodeTypes().map(({ type }) => type).join(', ')}`],
  ['a field that a node does not have', withNode('hi', { nxt: 'bye' }), 'hi/nxt: is not known here'],
  ['a bad title', withNode('hi', { title: 5 }), 'hi/title: must be text of up to 100 characters'],
  ['a way to nowhere', withNode('hi', { next: 'nowhere' }), 'hi/next: there is no node nowhere', 'hours/id: no way leads to it', 'count/id: no way leads to it'],
  ['a missing way', withNode('pause', { next: undefined }), 'pause/next: is missing'],
  ['a choice to nowhere', withNode('menu', { choices: { ...nodes.menu.choices, 9: 'nowhere' } }), 'menu/choices.9: there is no node nowhere'],
  ['a choice by no key', withNode('menu', { choices: { ...nodes.menu.choices, 10: 'bye' } }), 'menu/choices.10: must be named by a key: 0 to 9, * or #'],
  ['a case to nowhere', withNode('hours', { cases: [{ when: 'holiday', to: 'nowhere' }] }), 'hours/cases[0].to: there is no node nowhere'],
  ['a node to which nothing leads', { ...GOOD, nodes: { ...nodes, lost: { type: 'hangUp' } } }, 'lost/id: no way leads to it'],
  ['a circle without a wait', withNode('count', { next: 'hours' }), 'hours/next: the call would go round without ever waiting: hours -> count -> hours'],
  ['a circle of failures', withNode('hi', { error: 'hi' }), 'hi/next: the call would go round without ever waiting: hi -> hi'],
  ['a circle over the web', withNode('look', { next: 'look' }), 'hi/id: no way leads to it', 'hours/id: no way leads to it', 'count/id: no way leads to it', 'look/next: the call would go round without ever waiting: look -> look'],
  ['a bad expression', withNode('count', { to: 'tries +' }), 'count/to: ends too early'],
  ['a misspelt variable', withNode('count', { to: 'tires + 1' }), 'count/to: there is no variable tires: nothing ever sets it'],
  ['a misspelt variable in a text', withNode('hi', { text: 'Hello ${nmae}' }), 'hi/text: there is no variable nmae: nothing ever sets it'],
  ['a text that is not closed', withNode('hi', { text: 'Hello ${name' }), 'hi/text: a ${ is never closed'],
  ['no condition', withNode('hours', { cases: [{ when: 'weekday + 1', to: 'bye' }] }), 'hours/cases[0].when: must be a condition, which is true or false'],
  ['a prompt of nothing', withNode('menu', { prompt: [] }), 'menu/prompt: must have 1 to 10 pieces'],
  ['a prompt with an unknown field', withNode('menu', { prompt: [{ say: 'a', lang: 'de' }] }), 'menu/prompt[0].lang: is not known here'],
  ['no time', withNode('pause', { seconds: 0 }), 'pause/seconds: must be a number of seconds from 0.1 to 3600'],
  ['min above max', withNode('ask', { min: 9 }), 'ask/min: must not be greater than max'],
  ['a number and a flow', withNode('out', { flow: 7 }), 'out/number: either a number or a flow must be given'],
  ['a number that cannot be dialled', withNode('out', { number: '+49 30' }), 'out/number: cannot be dialled: up to 24 digits, * and #'],
  ['a host by a variable', withNode('look', { url: 'https://${number}.example.com/' }), 'look/url: must have a / before its first variable: no variable may be part of the host'],
  ['a port by a variable', withNode('look', { url: 'https://crm.example.com:${number}/' }), 'look/url: must have a / before its first variable: no variable may be part of the host'],
  ['a host behind a variable', withNode('look', { url: '${number}' }), 'look/url: must begin with http:// or https:// and a host'],
  ['another scheme', withNode('look', { url: 'file:///etc/passwd' }), 'look/url: must begin with http:// or https:// and a host'],
  ['a user in the URL', withNode('look', { url: 'https://crm@evil.example.com/${number}' }), 'look/url: must begin with http:// or https:// and a host'],
  ['a body of a GET', withNode('look', { body: {} }), 'look/body: is not for GET'],
  ['a secret in a header', withNode('look', { headers: { Authorization: 'Bearer x' } }), 'look/headers.Authorization: cannot be set here; for authorization name a shared key in "key"'],
  ['a bad path', withNode('look', { into: { name: 'a..b' } }), 'look/into.name: must be a path such as customer.orders[0].state'],
  ['a value into what is given', withNode('look', { into: { name: 'a', caller: 'b' } }), 'look/into.caller: must not be caller, which the platform gives'],
  ['an unknown queue', withNode('queue', { queue: 9 }), 'queue/queue: there is no skill queue 9'],
  ['an unknown queue to overflow to', withNode('agent', { overflow: 9 }), 'agent/overflow: there is no skill queue 9'],
  ['an unknown agent', withNode('agent', { agent: 9 }), 'agent/agent: there is no agent 9'],
  ['an unknown flow', withNode('survey', { flow: 9 }), 'survey/flow: there is no IVR flow 9'],
  ['an unknown voice file', withNode('menu', { prompt: ['a', { play: '9' }] }), 'menu/prompt[1].play: there is no approved voice file 9'],
  ['an unknown key', withNode('look', { key: 'erp' }), 'look/key: there is no shared key erp'],
];

describe('a fault is told by node and field', () => {
  for (const [name, definition, ...faults] of FAULTS) {
    test(name, () => {
      assert.deepEqual(faultsOf(definition).toSorted(), faults.toSorted());
      // What only names something unknown has the form of a flow; whatever else is wrong has none.
      assert.equal(readFlow(definition).flow === undefined, faults.some((fault) => !/there is no (skill queue|agent|IVR flow|approved|shared)/.test(fault)));
    });
  }
});

test('of a hopeless definition not more is told than people read', () => {
  const hopeless = { start: 'n0', nodes: Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`n${index}`, { type: 'say', next: 'x' }])) };
  assert.equal(faultsOf(hopeless).length, 100);
});

test('every kind of node is told to designers with all that it takes', () => {
  const say = describeNodeTypes().find(({ type }) => type === 'say');
  const { properties, required } = { properties: {}, required: [], ...say?.fields };
  assert.deepEqual([Object.keys(properties), required], [['text', 'language', 'voice', 'rate', 'bargeIn', 'next', 'error'], ['text', 'next']]);
});

test('docs/ivr-flows.md shows a flow that can be run, and tells every field of every node', () => {
  const page = readFileSync(new URL('../../docs/ivr-flows.md', import.meta.url), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  assert.deepEqual(readFlow(JSON.parse(example)).faults, []);
  for (const { type, fields } of describeNodeTypes()) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${type}\` |`)) ?? '';
    const { properties } = { properties: {}, ...fields };
    for (const name of Object.keys(properties)) assert.ok(row.includes(`\`${name}\``), `${type}: ${name}`);
  }
});
