import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFlow } from '@parley/core/ivr/flow.ts';
import { virtualTimers } from '@parley/telephony/testing/virtual-timers.ts';
import { createFlowRunner, type FlowEntry, type FlowRunner, type FlowRunnerDependencies, type RecordingEnd, type Script, type Sound } from './flow-runner.ts';
import type { SpeechManner, Spoken } from './speech.ts';
import type { FlowOutcome } from './voice.ts';

interface Sounding {
  readonly sound: Sound | 'recording';
  readonly ends: (how: 'end' | 'failed') => void;
  readonly isOver: () => boolean;
}

/** A runner, a port that plays nothing by itself, and a clock that stands still. */
function createStage(definitions: Readonly<Record<string, object>>, changes: Partial<FlowRunnerDependencies> = {}) {
  const timers = virtualTimers();
  const sounds: Sounding[] = [];
  const outcomes: [string, FlowOutcome][] = [];
  const faults: string[] = [];
  const texts: [string, SpeechManner][] = [];
  const scripts = new Map<string, Script>(Object.entries(definitions).map(([code, definition]) => {
    const { flow, faults: wrong } = readFlow(definition);
    assert.ok(flow !== undefined, JSON.stringify(wrong));
    return [code, { flow, maxCalls: undefined, zone: 'UTC', queues: [1] }];
  }));
  const sounding = <T>(sound: Sounding['sound'], endOf: (how: 'end' | 'stopped' | 'failed') => T) => {
    const { promise, resolve } = Promise.withResolvers<T>();
    let over = false;
    const end = (how: 'end' | 'stopped' | 'failed'): void => {
      over = true;
      resolve(endOf(how));
    };
    sounds.push({ sound, ends: end, isOver: () => over });
    return { ended: promise, stop: () => { end('stopped'); } };
  };
  const runner: FlowRunner = createFlowRunner({
    scriptOf: (vdnId, flow) => Promise.resolve(vdnId === 7 ? scripts.get(flow) : undefined),
    knownOf: () => Promise.resolve({ data: 'from the call', callerVerified: true }),
    voiceFile: (_vdnId, id) => Promise.resolve(id === 'gone' ? undefined : { key: `voice/${id}.wav` }),
    broughtFile: (vdnId, path) => Promise.resolve(path === 'Y:/3rdfile/7/thirdvoicebotfile/a.wav' ? { key: `third-party/${vdnId}/a.wav` } : undefined),
    voice: {
      play: (_leg, sound) => sounding(sound, (how) => how),
      record: () => sounding('recording', (how): RecordingEnd => (how === 'failed' ? { ok: false } : { ok: true, file: 'r-1', ms: 2000 })),
    },
    speech: {
      say: (text, manner) => {
        texts.push([text, manner]);
        return Promise.resolve<Spoken>({ ok: true, file: `/speech/${text}` });
      },
    },
    http: () => Promise.resolve({ ok: false, why: 'unreachable', message: 'nobody' }),
    onOutcome: (leg, outcome) => { outcomes.push([leg, outcome]); },
    onFault: (message) => { faults.push(message); },
    clock: timers.now, after: timers.after,
    ...changes,
  });
  const entry = (leg: string, flow = '1'): FlowEntry => ({ vdnId: 7, leg, flow, call: `call-${leg}`, caller: '138', called: '12345' });
  return {
    runner, timers, sounds, outcomes, faults, texts, scripts, entry,
    pass: (ms = 0) => timers.advance(ms),
    begin: async (leg = 'a', flow = '1') => {
      const begun = await runner.begin(entry(leg, flow));
      await timers.advance(0);
      return begun;
    },
    hears: () => sounds.filter(({ isOver }) => !isOver()).map(({ sound }) => sound),
    heard: async (how: 'end' | 'failed' = 'end') => {
      sounds.findLast(({ isOver }) => !isOver())?.ends(how);
      await timers.advance(0);
    },
  };
}

const MENU = {
  start: 'hello', language: 'de_DE',
  nodes: {
    hello: { type: 'menu', prompt: [{ play: '5' }, 'Hello ${caller}', 'Choose'], choices: { 1: 'queue', 2: 'message', 3: 'look', 4: 'on' } },
    queue: { type: 'queue', queue: 1 }, message: { type: 'record', into: 'file', maxSeconds: 10, next: 'keep' }, keep: { type: 'set', variable: 'data', to: 'file & "/" & data', next: 'end' },
    look: { type: 'http', url: 'https://crm.example.com/', into: { name: 'name' }, next: 'greet', error: 'end' }, greet: { type: 'say', text: '${name}', next: 'end' },
    on: { type: 'transfer', flow: 2, error: 'end' }, end: { type: 'hangUp' },
  },
};

describe('a caller in a flow', () => {
  test('hears files and texts one after the other, and goes where a key leads', async () => {
    const stage = createStage({ 1: MENU });
    assert.equal(await stage.begin(), 'begun');
    assert.deepEqual(stage.texts, [['Hello 138', { language: 'de_DE', rate: 100, isPersonal: true }], ['Choose', { language: 'de_DE', rate: 100, isPersonal: false }]]);
    assert.deepEqual(stage.hears(), [{ key: 'voice/5.wav' }]);
    await stage.heard();
    assert.deepEqual(stage.hears(), [{ path: '/speech/Hello 138' }]);
    stage.runner.key('a', '1');
    assert.deepEqual([stage.hears(), stage.outcomes, stage.runner.isIn('a'), stage.timers.pending()], [[], [['a', { kind: 'queue', queue: 1 }]], false, 0]);
  });

  test('leaves a message, whose name goes on with the call', async () => {
    const stage = createStage({ 1: MENU });
    await stage.begin();
    stage.runner.key('a', '2');
    assert.deepEqual(stage.hears(), ['recording']);
    stage.runner.key('a', '#');
    await stage.pass();
    assert.deepEqual(stage.outcomes, [['a', { kind: 'hangUp', data: 'r-1/from the call' }]]);
  });

  test('is led through the flow also where nothing is known of the call', async () => {
    const stage = createStage({ 1: MENU }, { knownOf: () => Promise.reject(new Error('away')) });
    await stage.begin();
    stage.runner.key('a', '2');
    stage.runner.key('a', '#');
    await stage.pass();
    assert.deepEqual([stage.outcomes, stage.faults], [[['a', { kind: 'hangUp', data: 'r-1/' }]], ['nothing is known of a call']]);
  });

  test('is not kept by a recording that does not end', async () => {
    const ended = new Promise<never>(() => undefined);
    const stage = createStage({ 1: MENU }, { voice: { play: () => ({ ended, stop: () => undefined }), record: () => ({ ended, stop: () => undefined }) } });
    await stage.begin();
    stage.runner.key('a', '2');
    await stage.pass(15_000);
    assert.equal(stage.runner.isIn('a'), true, 'it apologises');
    await stage.pass(15_000);
    assert.deepEqual([stage.outcomes, stage.timers.pending()], [[['a', { kind: 'hangUp' }]], 0]);
  });

  test('is told what a web service answers', async () => {
    const stage = createStage({ 1: MENU }, { http: (vdnId, { url }) => Promise.resolve({ ok: true, status: 200, body: `{"name":"${vdnId} ${url}"}` }) });
    await stage.begin();
    stage.runner.key('a', '3');
    await stage.pass();
    assert.deepEqual(stage.hears(), [{ path: '/speech/7 https://crm.example.com/' }]);
  });

  for (const [name, http] of [
    ['does not answer', () => Promise.resolve({ ok: false, why: 'timeout', message: 'late' } as const)], ['cannot be asked', () => Promise.reject(new Error('a bug'))],
    ['cannot even be asked', () => { throw new Error('a bug'); }],
  ] satisfies readonly [string, FlowRunnerDependencies['http']][]) {
    test(`goes on where a web service ${name}`, async () => {
      const stage = createStage({ 1: MENU }, { http });
      await stage.begin();
      stage.runner.key('a', '3');
      await stage.pass();
      assert.deepEqual([stage.outcomes, stage.faults], [[['a', { kind: 'hangUp' }]], ['a web service did not answer a flow']]);
    });
  }

  test('is passed to another flow, or not where there is none', async () => {
    const stage = createStage({ 1: MENU, 2: { start: 'x', nodes: { x: { type: 'hangUp', prompt: 'The second' } } } });
    await stage.begin();
    stage.runner.key('a', '4');
    await stage.pass();
    assert.deepEqual(stage.hears(), [{ path: '/speech/The second' }]);
    const alone = createStage({ 1: MENU });
    await alone.begin();
    alone.runner.key('a', '4');
    await alone.pass();
    assert.deepEqual(alone.outcomes, [['a', { kind: 'hangUp' }]]);
  });

  test('is not brought to the other flow when the time was over before', async () => {
    const loading = Promise.withResolvers<Script | undefined>();
    const stage = createStage({ 1: { ...MENU, maxSeconds: 10 } });
    const second = stage.scripts.get('1');
    const scriptOf = (vdnId: number, flow: string): Promise<Script | undefined> => (flow === '2' ? loading.promise : Promise.resolve(vdnId === 7 ? second : undefined));
    const slow = createStage({}, { scriptOf });
    await slow.begin();
    slow.runner.key('a', '4');
    await slow.pass(10_000);
    loading.resolve(second);
    await slow.pass();
    assert.deepEqual(slow.hears(), [{ path: '/speech/We are sorry, something went wrong. Please call again later. Goodbye.' }]);
  });
});

test('a file of another program is played by its path, which a variable may hold', async () => {
  const nodes = { a: { type: 'hangUp', prompt: { path: 'Y:/3rdfile/7/thirdvoicebotfile/${file}' } } };
  const stage = createStage({ 1: { start: 'a', variables: { file: 'a.wav' }, nodes } });
  await stage.begin();
  assert.deepEqual(stage.hears(), [{ key: 'third-party/7/a.wav' }]);
  const other = createStage({ 1: { start: 'a', variables: { file: '../b.wav' }, nodes } });
  await other.begin();
  await other.pass();
  assert.deepEqual(other.outcomes, [['a', { kind: 'hangUp' }]], 'what is not there is a prompt that fails');
});

describe('prompts that fail', () => {
  for (const [name, changes] of [
    ['a voice file that is gone', { voiceFile: () => Promise.resolve(undefined) }],
    ['a file store that is away', { voiceFile: () => Promise.reject(new Error('away')) }],
    ['no speech', { speech: { say: () => Promise.resolve({ ok: false, why: 'noSpeech', message: 'none' }) } }],
  ] satisfies readonly [string, Partial<FlowRunnerDependencies>][]) {
    test(`${name}: the flow ends`, async () => {
      const stage = createStage({ 1: { start: 'a', apology: { play: 'gone' }, nodes: { a: { type: 'say', text: 'Hello', next: 'b' }, b: { type: 'play', file: '5', next: 'c' }, c: { type: 'hangUp' } } } }, changes);
      await stage.begin();
      for (let time = 0; time < 3; time += 1) await stage.heard();
      await stage.pass();
      assert.deepEqual(stage.outcomes, [['a', { kind: 'hangUp' }]]);
    });
  }

  test('a text that comes to nothing is no failure', async () => {
    const stage = createStage({ 1: { start: 'a', variables: { v: '' }, nodes: { a: { type: 'say', text: '${v}', next: 'b' }, b: { type: 'queue', queue: 1 } } } });
    await stage.begin();
    assert.deepEqual([stage.outcomes, stage.texts], [[['a', { kind: 'queue', queue: 1 }]], []]);
  });
});

describe('a flow begins', () => {
  test('only where there is one', async () => {
    const stage = createStage({ 1: MENU });
    assert.equal(await stage.begin('a', '9'), 'noFlow');
    const away = createStage({}, { scriptOf: () => Promise.reject(new Error('the database is away')) });
    assert.equal(await away.begin(), 'noFlow');
    assert.deepEqual([stage.runner.isIn('a'), away.faults], [false, ['a flow could not be found']]);
  });

  test('for as many callers at a time as it takes', async () => {
    const stage = createStage({ 1: MENU });
    const script = stage.scripts.get('1');
    assert.ok(script !== undefined);
    stage.scripts.set('1', { ...script, maxCalls: 2 });
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((leg) => stage.begin(leg))), ['begun', 'begun', 'full']);
    stage.runner.end('a');
    assert.equal(await stage.begin('c'), 'begun');
  });

  test('once, also when it is ordered twice; another one takes its place', async () => {
    const stage = createStage({ 1: MENU, 2: MENU });
    assert.deepEqual(await Promise.all([stage.begin(), stage.begin()]), ['begun', 'begun']);
    assert.equal(stage.hears().length, 1);
    await stage.begin('a', '2');
    assert.deepEqual([stage.hears().length, stage.outcomes], [1, []]);
  });

  test('tells nothing before the order is answered', async () => {
    const stage = createStage({ 1: { start: 'a', nodes: { a: { type: 'hangUp' } } } });
    assert.equal(await stage.runner.begin(stage.entry('a')), 'begun');
    assert.deepEqual(stage.outcomes, []);
    await stage.pass();
    assert.equal(stage.outcomes.length, 1);
  });

  test('not for a leg that is gone meanwhile', async () => {
    const stage = createStage({ 1: MENU });
    const beginning = stage.runner.begin(stage.entry('a'));
    stage.runner.end('a');
    assert.equal(await beginning, 'ended');
    await stage.pass();
    assert.deepEqual([stage.hears(), stage.outcomes, stage.runner.isIn('a')], [[], [], false]);
  });

  test('as it is at that time: a change is for those who come later', async () => {
    const stage = createStage({ 1: MENU });
    await stage.begin('a');
    const other = readFlow({ start: 'x', nodes: { x: { type: 'return' } } }).flow;
    assert.ok(other !== undefined);
    stage.scripts.set('1', { flow: other, maxCalls: undefined, zone: 'UTC', queues: [1] });
    await stage.begin('b');
    stage.runner.key('a', '1');
    assert.deepEqual(stage.outcomes, [['b', { kind: 'done' }], ['a', { kind: 'queue', queue: 1 }]]);
  });
});

describe('a flow ends', () => {
  test('with its leg, silently, and leaves nothing behind', async () => {
    const stage = createStage({ 1: MENU });
    await stage.begin('a');
    await stage.begin('b');
    stage.runner.end('a');
    stage.runner.end('a');
    stage.runner.key('a', '1');
    assert.equal(stage.hears().length, 1);
    stage.runner.stop();
    await stage.pass(3_600_000);
    assert.deepEqual([stage.hears(), stage.outcomes, stage.timers.pending()], [[], [], 0]);
  });

  test('in its time, though the port never tells that a file is through', async () => {
    const stage = createStage({ 1: { ...MENU, maxSeconds: 60 } });
    await stage.begin();
    await stage.pass(60_000);
    assert.deepEqual(stage.hears().length, 1, 'the apology');
    await stage.pass(15_000);
    assert.deepEqual([stage.outcomes, stage.hears(), stage.timers.pending()], [[['a', { kind: 'hangUp' }]], [], 0]);
  });

  test('where the port has a fault, and the others go on', async () => {
    let isBroken = true;
    const stage = createStage({ 1: MENU }, {
      voice: {
        play: () => {
          if (isBroken) throw new Error('a bug');
          return { ended: new Promise<never>(() => undefined), stop: () => undefined };
        },
        record: () => { throw new Error('a bug'); },
      },
    });
    await stage.begin('a');
    assert.deepEqual(stage.outcomes, [['a', { kind: 'hangUp' }]]);
    isBroken = false;
    await stage.begin('b');
    stage.runner.key('b', '2');
    assert.deepEqual([stage.outcomes.at(-1), stage.runner.isIn('b')], [['b', { kind: 'hangUp' }], false]);
  });
});
