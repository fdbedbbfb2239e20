import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askToken, type CallToken, type TokenAnswer } from './call-token.ts';
import type { CallEvent, ImageRequest } from './call-state.ts';
import { createCaller, type Caller, type CallerPorts } from './caller.ts';

const TOKEN: CallToken = { address: 'sip:guest-1@x', user: 'guest-1', password: 'p', target: 'sip:1000@x', webSocketUrl: 'ws://x/sip', iceServers: [], expiresAt: 60_000 };
const IMAGE: ImageRequest = { path: '/widget/v1/images', token: 'x', expiresAt: 30_000, maxBytes: 10 };

interface Rig {
  readonly caller: Caller;
  readonly done: string[];
  readonly tell: (event: CallEvent) => void;
  readonly timers: (() => void)[];
}

function rig(changes: Partial<CallerPorts<string>> = {}): Rig {
  const done: string[] = [];
  const timers: (() => void)[] = [];
  let on: ((event: CallEvent) => void) | undefined;
  const caller = createCaller<string>({
    openMicrophone: () => Promise.resolve({ ok: true, microphone: { stream: 'sound', close: () => { done.push('closed'); } } }),
    askToken: (number) => {
      done.push(`token for ${number}`);
      return Promise.resolve({ ok: true, token: TOKEN });
    },
    loadPhone: () => Promise.resolve((options) => {
      ({ on } = options);
      done.push(`calls ${options.token.target} with ${options.stream}`);
      return { hangUp: () => { done.push('hangs up'); }, mute: (isMuted) => { done.push(`mute ${isMuted}`); }, press: (key) => { done.push(`key ${key}`); } };
    }),
    bringImage: (request, isWilling) => {
      done.push(`image ${request.token} ${isWilling}`);
      return Promise.resolve();
    },
    clock: () => 0,
    after: (ms, work) => {
      done.push(`in ${ms}`);
      timers.push(work);
      return () => { done.push('cancelled'); };
    },
    ...changes,
  });
  return { caller, done, timers, tell: (event) => { on?.(event); } };
}

const TALKS: readonly CallEvent[] = [{ kind: 'ringing' }, { kind: 'answered' }, { kind: 'told', state: 'talking' }];

describe('the button\'s call', () => {
  test('is placed with the microphone and a token, and gives both up at its end', async () => {
    const { caller, done, tell } = rig();
    await caller.call('1000');
    TALKS.forEach(tell);
    caller.mute(true);
    caller.press('5');
    assert.deepEqual([caller.state().stage, caller.state().isMuted], ['talking', true]);
    caller.hangUp();
    assert.deepEqual(done, ['token for 1000', 'calls sip:1000@x with sound', 'mute true', 'key 5', 'closed', 'hangs up']);
    assert.equal(caller.state().ending, 'hungUp');
    tell({ kind: 'over', why: 'over' });
    assert.equal(caller.state().ending, 'hungUp');
    caller.press('1');
    assert.equal(done.at(-1), 'hangs up', 'a call that is over takes no keys');
  });

  test('says why it cannot be made', async () => {
    for (const why of ['microphoneDenied', 'microphoneMissing'] as const) {
      const { caller, done } = rig({ openMicrophone: () => Promise.resolve({ ok: false, why }) });
      await caller.call('1000');
      assert.deepEqual([caller.state().ending, done], [why, []]);
    }
    const { caller, done } = rig({ askToken: () => Promise.resolve({ ok: false, why: 'tooMany' }) });
    await caller.call('1000');
    assert.deepEqual([caller.state().ending, done], ['tooMany', ['closed']]);
    const away = rig({ loadPhone: () => Promise.reject(new Error('not there')) });
    await away.caller.call('1000');
    assert.equal(away.caller.state().ending, 'unreachable');
  });

  test('that is given up while the browser still asks is not placed, and another may begin', async () => {
    let grant: () => void = () => undefined;
    const closed: string[] = [];
    const { caller, done, tell } = rig({
      openMicrophone: () => new Promise((resolve) => {
        grant = () => { resolve({ ok: true, microphone: { stream: 'sound', close: () => { closed.push('closed'); } } }); };
      }),
    });
    const first = caller.call('1000');
    caller.hangUp();
    const grantFirst = grant;
    const second = caller.call('2000');
    grantFirst();
    await first;
    assert.deepEqual([done, closed, caller.state().stage], [[], ['closed'], 'microphone']);
    grant();
    await second;
    tell({ kind: 'answered' });
    assert.deepEqual([done[0], caller.state().stage], ['token for 2000', 'connected']);
  });

  test('brings a picture when its user is willing, and forgets a question that nobody has answered', async () => {
    const { caller, done, tell, timers } = rig();
    await caller.call('1000');
    TALKS.forEach(tell);
    tell({ kind: 'imageAsked', image: IMAGE });
    await caller.answerImage(true);
    assert.deepEqual(done.slice(-2), ['in 30000', 'image x true']);
    assert.equal(caller.state().image, undefined);
    tell({ kind: 'imageAsked', image: { ...IMAGE, token: 'y' } });
    timers.at(-1)?.();
    assert.equal(caller.state().image, undefined);
    await caller.answerImage(false);
    assert.ok(!done.includes('image y false'));
  });
});

describe('asking for a token', () => {
  const asked = async (status: number, body: unknown = {}): Promise<{ readonly answer: TokenAnswer; readonly sent: string }> => {
    let sent = '';
    const answer = await askToken({
      service: 'https://parley.example.com', key: 'wk-1', number: '1000', caller: '',
      fetch: (url, { body: given }) => {
        sent = `${url} ${typeof given === 'string' ? given : ''}`;
        return status === 0 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ ok: status === 200, status, json: () => Promise.resolve(body) });
      },
    });
    return { answer, sent };
  };

  test('sends the key and the number', async () => {
    assert.deepEqual(await asked(200, TOKEN), { answer: { ok: true, token: TOKEN }, sent: 'https://parley.example.com/widget/v1/call-tokens {"key":"wk-1","accessCode":"1000"}' });
  });

  test('says in a word why there is none', async () => {
    const whys = await Promise.all([403, 429, 503, 500, 0].map(async (status) => (await asked(status)).answer));
    assert.deepEqual(whys, ['refused', 'tooMany', 'unavailable', 'failed', 'unreachable'].map((why) => ({ ok: false, why })));
  });
});
