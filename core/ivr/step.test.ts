import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NOON, walk } from './walk.fixture.ts';

const HANG_UP = { type: 'hangUp' };

describe('announcements', () => {
  const greeting = (changes: object = {}) => walk({
    start: 'hello', nodes: { hello: { type: 'say', text: 'Hello ${caller:digits}', next: 'menu', ...changes }, menu: { type: 'menu', prompt: 'Choose', choices: { 1: 'sales' } }, sales: { type: 'queue', queue: 1 } },
  });

  test('are heard, and the flow goes on', () => {
    const caller = greeting();
    assert.deepEqual(caller.last(), [
      { kind: 'limit', ms: 1_800_000 },
      { kind: 'speak', id: 1, pieces: [{ say: 'Hello 1 3 8 0 0 0 0 0 0 0 1', language: 'en_US', rate: 100, isPersonal: true }] },
    ]);
    caller.heard();
    assert.deepEqual(caller.hears(), ['Choose']);
  });

  test('are cut short by a key, which answers the question that follows', () => {
    const caller = greeting();
    caller.press('1');
    assert.deepEqual(caller.last().map(({ kind }) => kind), ['hush', 'outcome']);
    assert.deepEqual(caller.outcome(), { kind: 'queue', queue: 1 });
  });

  test('that must be heard are not, and the key is forgotten', () => {
    const caller = greeting({ bargeIn: false });
    caller.press('1');
    assert.deepEqual(caller.last(), []);
    caller.heard();
    assert.deepEqual([caller.hears(), caller.outcome()], [['Choose'], undefined]);
  });

  test('that fail go the way of errors', () => {
    const caller = walk({ start: 'a', nodes: { a: { type: 'play', file: '7', next: 'end', error: 'b' }, b: { type: 'say', text: 'So be it: ${error}', next: 'end' }, end: HANG_UP } });
    caller.fails();
    assert.deepEqual(caller.hears(), ['So be it: prompt']);
  });
});

describe('collecting digits', () => {
  const asking = () => walk({
    start: 'ask',
    nodes: {
      ask: { type: 'collect', prompt: 'Your number', noInput: 'Nothing came', noMatch: 'Too short', max: 4, min: 2, retries: 1, into: 'number', next: 'done', otherwise: 'other' },
      done: { type: 'hangUp', prompt: 'Thanks ${number}' }, other: { type: 'queue', queue: 2 },
    },
  });

  for (const [name, does, number] of [
    ['as many as there can be', (caller) => { caller.press('1234'); }, '1234'],
    ['up to the key that ends them', (caller) => { caller.press('12#'); }, '12'],
    ['until no more come', (caller) => { caller.press('123'); caller.elapse(); }, '123'],
    ['after the prompt', (caller) => { caller.heard(); caller.press('99#'); }, '99'],
  ] satisfies readonly [string, (caller: ReturnType<typeof asking>) => void, string][]) {
    test(`takes ${name}`, () => {
      const caller = asking();
      does(caller);
      assert.deepEqual([caller.hears(), caller.variable('number')], [[`Thanks ${number}`], number]);
    });
  }

  test('asks again, says why, and gives up in the end', () => {
    const caller = asking();
    caller.heard();
    caller.elapse();
    assert.deepEqual(caller.hears(), ['Nothing came', 'Your number']);
    caller.heard();
    caller.press('1#');
    assert.deepEqual(caller.outcome(), { kind: 'queue', queue: 2 });
  });

  test('time that ran for the first answer does not run for the next', () => {
    const caller = asking();
    caller.heard();
    caller.press('1');
    const timer = caller.state().awaits.timer ?? 0;
    caller.press('#');
    assert.deepEqual(caller.hears(), ['Too short', 'Your number']);
    caller.happens({ kind: 'elapsed', id: timer });
    assert.deepEqual([caller.last(), caller.state().stage], [[], 'running']);
  });

  test('without a way for who gives up, it fails', () => {
    const caller = walk({ start: 'a', nodes: { a: { type: 'collect', max: 1, retries: 0, prompt: 'Well?', into: 'x', next: 'b' }, b: HANG_UP } });
    caller.heard();
    caller.elapse();
    assert.equal(caller.state().stage, 'goodbye');
  });
});

describe('a menu', () => {
  const menu = () => walk({
    start: 'menu', onError: 'sorry',
    nodes: {
      menu: { type: 'menu', prompt: ['Choose', { play: '77' }], choices: { 1: 'one', '*': 'menu2' }, retries: 1, into: 'key', error: 'sorry' }, menu2: { type: 'menu', choices: { 2: 'menu' } },
      one: { type: 'agent', agent: 101, overflow: 1 }, sorry: HANG_UP,
    },
  });

  test('leads where the key says', () => {
    const caller = menu();
    assert.deepEqual(caller.hears(), ['Choose', '77']);
    caller.press('1');
    assert.deepEqual([caller.outcome(), caller.variable('key')], [{ kind: 'agent', agent: 101, overflow: 1 }, '1']);
  });

  test('can be walked through by who knows it', () => {
    const caller = menu();
    caller.press('*2*');
    assert.equal(caller.state().node, 'menu2');
    assert.deepEqual(caller.last().map(({ kind }) => kind), ['hush', 'timer'], 'a menu without a prompt waits at once');
  });

  test('repeats itself for a key that leads nowhere', () => {
    const caller = menu();
    caller.press('9');
    assert.equal(caller.state().node, 'menu');
    caller.press('8');
    assert.deepEqual(caller.outcome(), { kind: 'hangUp' });
  });
});

test('recording is ended by a key or by the time, and its name is kept', () => {
  const caller = walk({ start: 'a', nodes: { a: { type: 'record', prompt: 'Speak', into: 'message', lengthInto: 'long', maxSeconds: 30, next: 'b' }, b: { type: 'hangUp', prompt: '${long} seconds' } } });
  caller.press('#');
  assert.deepEqual(caller.last(), [], 'it has not begun yet');
  caller.heard();
  assert.deepEqual(caller.last(), [{ kind: 'record', id: 2, maxMs: 30_000 }]);
  caller.press('1');
  assert.deepEqual(caller.last(), []);
  caller.press('#');
  assert.deepEqual(caller.last(), [{ kind: 'stopRecord' }]);
  caller.happens({ kind: 'recorded', id: 2, ok: true, file: 'm-1', ms: 4600 });
  assert.deepEqual([caller.variable('message'), caller.hears()], ['m-1', ['5 seconds']]);
});

describe('the hour decides', () => {
  const hours = (at: object) => walk({
    start: 'open', holidays: ['12-25', '2027-03-29'], ...at,
    nodes: {
      open: { type: 'branch', cases: [{ when: 'holiday', to: 'closed' }, { when: 'weekday <= 5 and time >= \'09:00\' and time < \'17:00\'', to: 'in' }], otherwise: 'closed' },
      in: { type: 'queue', queue: 1, also: [2] }, closed: HANG_UP,
    },
  });

  test('in the tenant\'s zone', () => {
    assert.deepEqual(hours({}).outcome(), { kind: 'queue', queue: 1, also: [2] });
    assert.deepEqual(hours({ holidays: ['03-31'] }).outcome(), { kind: 'hangUp' });
  });
});

describe('variables', () => {
  const sum = (to: string) => walk({ start: 'a', variables: { n: '20', word: 'x' }, nodes: { a: { type: 'set', variable: 'n', to, next: 'b', error: 'c' }, b: HANG_UP, c: { type: 'return' } } });

  test('are computed', () => {
    assert.deepEqual([sum('n * 2 + 2').variable('n'), sum('n & \'%\'').variable('n')], ['42', '20%']);
  });

  test('that come to nothing fail, and so does what is too long', () => {
    assert.deepEqual([sum('word + 1').outcome(), sum('n & n').outcome()], [{ kind: 'done' }, { kind: 'hangUp' }]);
    const long = walk({ start: 'a', variables: { n: 'x'.repeat(3000) }, nodes: { a: { type: 'set', variable: 'n', to: 'n & n', next: 'b', error: 'c' }, b: HANG_UP, c: { type: 'return' } } });
    assert.deepEqual([long.outcome(), long.state().error], [{ kind: 'done' }, 'tooLong']);
  });

  test('call data go on with the call where the flow has set them', () => {
    const data = (to: string) => walk({ start: 'a', nodes: { a: { type: 'set', variable: 'data', to, next: 'b' }, b: { type: 'queue', queue: 2 } } }, { data: 'old' });
    assert.deepEqual(data('data & \'!\'').outcome(), { kind: 'queue', queue: 2, data: 'old!' });
    assert.deepEqual(data('data').outcome(), { kind: 'queue', queue: 2 });
  });
});

test('a number that a web page has given is told from one for which the network stands', () => {
  const flow = {
    start: 'a', nodes: { a: { type: 'branch', cases: [{ when: 'callerVerified and caller = \'13800000001\'', to: 'known' }], otherwise: 'ask' }, known: { type: 'queue', queue: 1 }, ask: { type: 'queue', queue: 2 } },
  };
  assert.deepEqual([walk(flow).outcome(), walk(flow, { callerVerified: false }).outcome()], [{ kind: 'queue', queue: 1 }, { kind: 'queue', queue: 2 }]);
});

describe('a web service', () => {
  const lookup = (changes: object = {}, variables: object = {}) => walk({
    start: 'ask', variables: { id: 'a b/..', ...variables },
    nodes: {
      ask: {
        type: 'http', method: 'POST', url: 'https://crm.example.com/customers/${id}?from=${caller}', headers: { 'X-Call': '${call}' }, body: { number: '${caller}', list: [1, null, 'x${id}"'] },
        key: 'crm', into: { name: 'customer.name', first: 'orders[0].no', whole: '.' }, statusInto: 'status', next: 'ok', error: 'bad', ...changes,
      },
      ok: { type: 'say', text: '${name} ${first} ${status}', next: 'end' }, bad: { type: 'say', text: 'Failed: ${error}', next: 'end' }, end: HANG_UP,
    },
  });

  test('is asked as the definition says, with values that stay values', () => {
    assert.deepEqual(lookup().asked(), {
      method: 'POST', url: 'https://crm.example.com/customers/a%20b%2F..?from=13800000001', headers: { 'content-type': 'application/json', 'x-call': '1-1' },
      body: '{"number":"13800000001","list":[1,null,"xa b/..\\""]}', key: 'crm', deadlineMs: 5000,
    });
  });

  test('answers by JSON, whose long numbers stay whole', () => {
    const caller = lookup();
    caller.answers(200, '{"customer":{"name":"Ann"},"orders":[{"no":1323606152730207249}]}');
    assert.deepEqual(caller.hears(), ['Ann 1323606152730207249 200']);
  });

  test('what is not in the reply is empty', () => {
    const caller = lookup();
    caller.answers(201, '[]');
    assert.deepEqual([caller.hears(), caller.variable('whole')], [['  201'], '[]']);
  });

  for (const [why, fails] of [
    ['http 404', (caller) => { caller.answers(404, '{}'); }], ['reply', (caller) => { caller.answers(200, '<html>'); }], ['reply', (caller) => { caller.answers(200, '['.repeat(60_000) + ']'.repeat(60_000)); }],
    ['http', (caller) => { caller.happens({ kind: 'failed', id: caller.state().awaits.http ?? 0, why: 'timeout' }); }],
  ] satisfies readonly [string, (caller: ReturnType<typeof lookup>) => void][]) {
    test(`fails: ${why}`, () => {
      const caller = lookup();
      fails(caller);
      assert.deepEqual(caller.hears(), [`Failed: ${why}`]);
    });
  }

  test('is not asked where values would lead elsewhere', () => {
    for (const id of ['..', '.']) assert.deepEqual(lookup({}, { id }).hears(), ['Failed: request'], id);
    assert.deepEqual(lookup({ headers: { 'x-a': '${id}' } }, { id: 'a\r\nb: c' }).hears(), ['Failed: request']);
  });
});

describe('going elsewhere', () => {
  const going = (node: object, variables: object = {}) => walk({ start: 'a', variables: { v: '', ...variables }, nodes: { a: node, b: { type: 'return' } } });

  for (const [name, node, v, outcome] of [
    ['a queue by a variable', { type: 'queue', queue: '${v}', otherwise: 'b' }, '2', { kind: 'queue', queue: 2 }],
    ['a queue that is not there', { type: 'queue', queue: '${v}', otherwise: 'b' }, '9', { kind: 'done' }],
    ['no number of a queue', { type: 'queue', queue: '${v}', otherwise: 'b' }, 'sales', { kind: 'done' }],
    ['the queues that are there', { type: 'queue', queue: '${v}', also: [9, 1], otherwise: 'b' }, '', { kind: 'queue', queue: 1 }],
    ['an agent by a variable', { type: 'agent', agent: '${v}', otherwise: 'b' }, '101', { kind: 'agent', agent: 101 }],
    ['no agent', { type: 'agent', agent: '${v}', otherwise: 'b' }, '', { kind: 'done' }],
    ['a number', { type: 'transfer', number: '0${v}', error: 'b' }, '30123', { kind: 'number', number: '030123' }],
    ['no number', { type: 'transfer', number: '${v}', error: 'b' }, 'abc', { kind: 'done' }],
  ] as const) test(name, () => { assert.deepEqual(going(node, { v }).outcome(), outcome); });

  test('another flow takes over, with the variables that it knows', () => {
    const caller = going({ type: 'transfer', flow: 7, error: 'b' }, { v: 'kept', w: 'lost' });
    assert.deepEqual(caller.last().at(-1), { kind: 'enter', id: 1, flow: 7 });
    caller.enters({ start: 'x', variables: { v: 'own' }, nodes: { x: { type: 'hangUp', prompt: '${v}' } } });
    assert.deepEqual([caller.hears(), caller.variable('w')], [['kept'], undefined]);
    caller.heard();
    assert.deepEqual(caller.outcome(), { kind: 'hangUp' });
  });

  test('a flow that is not there fails', () => {
    const caller = going({ type: 'transfer', flow: 7, error: 'b' });
    caller.happens({ kind: 'failed', id: 1, why: 'unknown' });
    assert.deepEqual(caller.outcome(), { kind: 'done' });
  });

  test('flows that pass a caller round end', () => {
    const round = { start: 'x', nodes: { x: { type: 'transfer', flow: 7 } } };
    const caller = walk(round);
    for (let time = 0; time < 30; time += 1) caller.enters(round);
    assert.equal(caller.state().stage, 'goodbye');
  });
});

test('where a flow for those who wait can do no more, the caller goes on waiting instead of being let go', () => {
  const lost = { start: 'a', nodes: { a: { type: 'say', text: 'Hello', next: 'b' }, b: { type: 'queue', queue: 77 } } };
  const [alone, waiting] = [walk(lost), walk(lost, { waits: true })];
  for (const caller of [alone, waiting]) caller.heard();
  assert.deepEqual([alone.state().stage, alone.outcome()], ['goodbye', undefined]);
  assert.deepEqual([waiting.state().stage, waiting.outcome()], ['over', { kind: 'done' }]);
  const long = walk(lost, { waits: true });
  long.happens({ kind: 'overdue' });
  assert.deepEqual(long.outcome(), { kind: 'done' });
});

describe('every flow ends', () => {
  const endless = { start: 'a', maxSeconds: 60, nodes: { a: { type: 'say', text: 'on and on', next: 'a' } } };

  test('with words of its own, or those of its language', () => {
    const caller = walk({ ...endless, language: 'pt_BR' });
    caller.fails();
    assert.match(caller.hears()[0] ?? '', /Lamentamos/);
    caller.heard();
    assert.deepEqual(caller.outcome(), { kind: 'hangUp' });
    const own = walk({ ...endless, apology: { play: '3' } });
    own.fails();
    assert.deepEqual(own.hears(), ['3']);
    own.fails();
    assert.deepEqual(own.outcome(), { kind: 'hangUp' }, 'also where they cannot be said');
  });

  test('when its time is over, wherever it stands', () => {
    const caller = walk(endless);
    caller.happens({ kind: 'overdue' });
    assert.deepEqual([caller.last()[0], caller.state().stage], [{ kind: 'hush' }, 'goodbye']);
    caller.elapse();
    assert.deepEqual(caller.outcome(), { kind: 'hangUp' });
    const late = walk(endless);
    late.happens({ kind: 'key', key: '1' }, NOON + 60_000);
    assert.equal(late.state().stage, 'goodbye');
  });

  test('when nobody presses anything for five hundred nodes', () => {
    const caller = walk(endless);
    for (let time = 0; time < 499; time += 1) caller.heard();
    assert.equal(caller.state().stage, 'running');
    caller.heard();
    assert.equal(caller.state().stage, 'goodbye');
  });

  test('by the way of the flow for failures, which is not taken for ever', () => {
    const caller = walk({ start: 'a', onError: 'a', nodes: { a: { type: 'say', text: 'hm', next: 'a' } } });
    for (let time = 0; time < 5; time += 1) caller.fails();
    assert.equal(caller.state().stage, 'running');
    caller.fails();
    assert.equal(caller.state().stage, 'goodbye');
  });

  test('without a word when the caller is gone, and nothing comes of what is told later', () => {
    const caller = walk(endless);
    caller.happens({ kind: 'gone' });
    assert.deepEqual([caller.last(), caller.state().stage, caller.outcome()], [[{ kind: 'hush' }], 'over', undefined]);
    caller.heard();
    caller.press('1');
    caller.happens({ kind: 'overdue' });
    assert.deepEqual([caller.last(), caller.outcome()], [[], undefined]);
  });
});
