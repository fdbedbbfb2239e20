import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import { NO_CUSTOM_STATE } from './agent.ts';

const AGENT = 101;
const agentOf = (rig: Rig) => {
  const agent = rig.centre.agents.get(AGENT);
  assert.ok(agent !== undefined);
  return agent;
};
const signedIn = (): Rig => {
  const rig = createRig();
  rig.signIn(AGENT);
  rig.news();
  return rig;
};

describe('what an agent sets for the session', () => {
  test('answering by itself, or by hand, from the next call on (6.1.1.7)', () => {
    const rig = signedIn();
    rig.does({ kind: 'adjust', agent: AGENT, change: { autoAnswer: false } });
    rig.callIn(1);
    assert.equal(agentOf(rig).state, 'ringing');
    rig.does({ kind: 'answer', agent: AGENT });
    assert.equal(agentOf(rig).state, 'talking');
  });

  test('where it goes after a call, also during one (6.1.1.17)', () => {
    const rig = signedIn();
    rig.callIn(1);
    rig.does({ kind: 'adjust', agent: AGENT, change: { autoEnterIdle: false } });
    rig.does({ kind: 'release', agent: AGENT });
    assert.equal(agentOf(rig).state, 'wrapUp');
  });

  test('says nothing of what is so already', () => {
    const rig = signedIn();
    rig.does({ kind: 'adjust', agent: AGENT, change: { autoAnswer: true, mustChangePassword: false } });
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: true });
    assert.deepEqual(rig.news(), []);
  });

  test('a new password opens the way out (6.1.1.16)', () => {
    const rig = createRig();
    rig.signIn(AGENT, { mustChangePassword: true });
    const dial = { kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' } as const;
    assert.equal(rig.refuses(dial), 'mustChangePassword');
    rig.does({ kind: 'adjust', agent: AGENT, change: { mustChangePassword: false } });
    rig.does(dial);
  });

  test('is gone with the session', () => {
    const rig = signedIn();
    rig.does({ kind: 'adjust', agent: AGENT, change: { autoAnswer: false } });
    rig.does({ kind: 'setCustomState', agent: AGENT, state: 7 });
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    rig.does({ kind: 'chooseQueues', agent: AGENT, queues: [] });
    rig.does({ kind: 'signOut', agent: AGENT });
    rig.signIn(AGENT);
    const { profile, customState, takesCalls, skills } = agentOf(rig);
    assert.deepEqual([profile.autoAnswer, customState, takesCalls, skills.length], [true, NO_CUSTOM_STATE, true, 2]);
  });
});

describe('the queues an agent works in (6.1.1.8)', () => {
  const chosen = (queues: readonly number[] | undefined): readonly number[] => {
    const rig = signedIn();
    rig.does({ kind: 'chooseQueues', agent: AGENT, ...(queues === undefined ? {} : { queues }) });
    return agentOf(rig).skills.map(({ queueId }) => queueId);
  };

  test('are all that are configured, or those of a list that are', () => {
    assert.deepEqual(chosen(undefined), [1, 2]);
    assert.deepEqual(chosen([2]), [2]);
    assert.deepEqual(chosen([2, 2, 7, 1999]), [2]);
    assert.deepEqual(chosen([7]), []);
    assert.deepEqual(chosen([]), []);
  });

  test('are those alone from which calls come, and for which there is somebody', () => {
    const rig = signedIn();
    rig.does({ kind: 'chooseQueues', agent: AGENT, queues: [2] });
    const call = rig.callIn(1);
    assert.equal(rig.centre.calls.has(call), false, 'nobody is on duty for queue 1');
    rig.callIn(2);
    assert.equal(agentOf(rig).state, 'talking');
  });

  test('bring what waits there', () => {
    const rig = signedIn();
    rig.signIn(102, {}, 'busy');
    rig.does({ kind: 'chooseQueues', agent: AGENT, queues: [2] });
    const call = rig.callIn(1);
    rig.does({ kind: 'chooseQueues', agent: AGENT });
    assert.equal(agentOf(rig).call, call);
  });

  test('follow the configuration as far as they were chosen', () => {
    const rig = signedIn();
    rig.does({ kind: 'chooseQueues', agent: AGENT, queues: [2] });
    const [config] = FIRST_CONFIG.agents ?? [];
    assert.ok(config !== undefined);
    rig.does({ kind: 'configure', change: { agents: [{ ...config, skills: [{ queueId: 1, agentWeight: 1, skillWeight: 1 }] }] } });
    assert.deepEqual(agentOf(rig).skills, []);
    rig.does({ kind: 'chooseQueues', agent: AGENT });
    assert.deepEqual(agentOf(rig).skills.map(({ queueId }) => queueId), [1]);
  });

  test('count the agents of each state, whatever is chosen and when', () => {
    const rig = signedIn();
    rig.does({ kind: 'chooseQueues', agent: AGENT, queues: [2] });
    rig.does({ kind: 'askState', agent: AGENT, request: 'sayBusy' });
    rig.does({ kind: 'chooseQueues', agent: AGENT });
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    rig.does({ kind: 'askState', agent: AGENT, request: 'sayFree' });
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: true });
    for (const queue of [1, 2]) {
      const live = rig.centre.queues.get(queue);
      const states = Object.fromEntries(Object.entries(live?.states ?? {}).filter(([, count]) => count !== 0));
      assert.deepEqual([[...live?.members ?? []], states], [[AGENT], { idle: 1 }]);
    }
  });
});

describe('whether an agent takes inbound calls (6.1.1.22)', () => {
  test('without, none come from queues, which are without the agent', () => {
    const rig = signedIn();
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    const call = rig.callIn(1);
    assert.deepEqual([agentOf(rig).state, rig.centre.calls.has(call)], ['idle', false]);
  });

  test('is given back with what waits', () => {
    const rig = signedIn();
    rig.signIn(102, {}, 'busy');
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    const call = rig.callIn(1);
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: true });
    assert.equal(agentOf(rig).call, call);
  });

  test('without, colleagues can still call', () => {
    const rig = signedIn();
    rig.signIn(102);
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    rig.does({ kind: 'callInner', agent: 102, called: String(AGENT), caller: '' });
    assert.equal(agentOf(rig).state, 'talking');
  });

  test('does not end a call', () => {
    const rig = signedIn();
    const call = rig.callIn(1);
    rig.does({ kind: 'setTalkRight', agent: AGENT, on: false });
    assert.equal(agentOf(rig).call, call);
    rig.does({ kind: 'release', agent: AGENT });
    assert.equal(agentOf(rig).state, 'idle');
  });
});

describe('states of the business\'s own (6.1.1.27 to 6.1.1.29)', () => {
  test('stand beside the agent\'s state', () => {
    const rig = signedIn();
    rig.does({ kind: 'setCustomState', agent: AGENT, state: 65_534 });
    rig.callIn(1);
    assert.deepEqual([agentOf(rig).customState, agentOf(rig).state], [65_534, 'talking']);
    rig.does({ kind: 'cancelCustomState', agent: AGENT });
    assert.equal(agentOf(rig).customState, NO_CUSTOM_STATE);
  });

  test('are refused beyond what there is, and to cancel one that is not set', () => {
    const rig = signedIn();
    for (const state of [-1, 65_535, 1.5]) assert.equal(rig.refuses({ kind: 'setCustomState', agent: AGENT, state }), 'limit');
    assert.equal(rig.refuses({ kind: 'cancelCustomState', agent: AGENT }), 'wrongState');
    rig.does({ kind: 'setCustomState', agent: AGENT, state: 0 });
    rig.does({ kind: 'cancelCustomState', agent: AGENT });
    assert.equal(rig.refuses({ kind: 'cancelCustomState', agent: AGENT }), 'wrongState');
  });
});

describe('notes (6.1.1.4)', () => {
  const note = (to: readonly number[], text = 'hello') => ({ kind: 'sendNote', agent: AGENT, to, text }) as const;

  test('reach those who are signed in, each once', () => {
    const rig = signedIn();
    rig.signIn(102);
    rig.does(note([102, 103, 999, 102]));
    assert.deepEqual(rig.happened.at(-1)?.event, { type: 'NoteSent', agent: AGENT, to: [102], personal: { text: 'hello' } });
  });

  test('reach nobody who is not, which is no fault', () => {
    const rig = signedIn();
    rig.does(note([103]));
    assert.deepEqual(rig.news(), []);
  });

  test('have 100 readers and 1023 bytes at most', () => {
    const rig = signedIn();
    rig.does(note(Array.from({ length: 100 }, (_, index) => 101 + index), 'ü'.repeat(511) + 'x'));
    assert.equal(rig.refuses(note([])), 'nothing');
    assert.equal(rig.refuses(note(Array.from({ length: 101 }, (_, index) => 101 + index))), 'limit');
    assert.equal(rig.refuses(note([102], 'ü'.repeat(512))), 'tooLarge');
    rig.does(note([AGENT], ''));
  });
});

test('a GUID is renewed as often as it is asked for (6.1.1.24)', () => {
  const rig = signedIn();
  for (const generation of [1, 2]) {
    rig.does({ kind: 'renewGuid', agent: AGENT });
    assert.equal(agentOf(rig).guidGeneration, generation);
  }
});
