import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Refused, withAsk, type Reply } from '@parley/contract/client.ts';
import { createDeskKeeper, type DeskKeeper, type DeskLock, type DeskSession } from './keeper.ts';

const SESSION: DeskSession = { workNo: 102, guid: 'guid-1', signedInAt: 1000, phoneNumber: '8', phone: null };

/** What the server says to each operation; a poll waits until it is told something, as ours do. */
interface Server {
  session: DeskSession | undefined;
  isAway: boolean;
  calls: number;
  readonly asked: string[];
  readonly tell: (event: object | 'over') => void;
  /** Tells of a change at the desk. */
  readonly change: (at: number) => void;
  isFollowed: boolean;
}

interface Rig {
  readonly keeper: DeskKeeper;
  readonly server: Server;
  readonly guids: (string | undefined)[];
  readonly lock: { isFree: boolean; rob: () => void; free: () => void };
  readonly remembered: () => number | undefined;
}

const keepers: DeskKeeper[] = [];
afterEach(() => { for (const keeper of keepers.splice(0)) keeper.stop(); });

const replyOf = (body: object, ok = true, status = 200): Reply<never> => ({ ok, status, headers: new Headers(), body: body as never, bytes: new Uint8Array() });
const refusal = (status: number): Reply<never> => replyOf({ error: { code: 'x', message: 'refused' } }, false, status);

function createRig(memory?: number, isVisible = false): Rig {
  let onChange = (_at: number): void => undefined;
  let told = Promise.withResolvers<object>();
  const server: Server = {
    session: SESSION, isAway: false, calls: 0, asked: [], isFollowed: false,
    change: (at) => { onChange(at); },
    tell: (event) => {
      const { resolve } = told;
      told = Promise.withResolvers();
      resolve(event === 'over' ? { retcode: '100-006' } : { retcode: '0', event });
    },
  };
  const answers: Readonly<Record<string, () => Promise<Reply<never>>>> = {
    showDesk: async () => Promise.resolve(replyOf({ desk: server.session ?? null })),
    openDesk: async () => Promise.resolve(server.session === undefined ? refusal(409) : replyOf(server.session)),
    showDeskNow: async () => Promise.resolve(server.session === undefined ? refusal(404) : replyOf({ at: Date.now(), calls: Array.from({ length: server.calls }, () => ({})) })),
    agentEventPoll: async () => {
      const body = await told.promise;
      return replyOf(body, 'event' in body);
    },
    agentLogout: async () => Promise.resolve(replyOf({ retcode: '0' })),
    holdCall: async () => Promise.resolve(replyOf({ retcode: '200-013', message: 'no call' }, false)),
  };
  const call = async (op: { readonly id: string }): Promise<Reply<never>> => {
    server.asked.push(op.id);
    if (server.isAway) throw new TypeError('fetch failed');
    return await answers[op.id]?.() ?? refusal(500);
  };
  const api = withAsk({ call });
  let onLost = (): void => undefined;
  const waiting: (() => void)[] = [];
  const state = { isFree: true };
  const lock: DeskLock = {
    take: (lost, { isStolen = false } = {}) => {
      if (!state.isFree && !isStolen) return Promise.resolve(false);
      onLost = lost;
      return Promise.resolve(true);
    },
    onFree: (listener) => { waiting.push(listener); },
    release: () => undefined,
  };
  const guids: (string | undefined)[] = [];
  let remembered = memory;
  const keeper = createDeskKeeper({
    api, lock, clock: Date.now, isVisible: () => isVisible, onSessionOver: () => undefined, setGuid: (guid) => { guids.push(guid); },
    follow: (listener) => {
      ({ onChange } = listener);
      server.isFollowed = true;
      return () => { server.isFollowed = false; };
    },
    memory: { read: () => remembered, write: (signedInAt) => { remembered = signedInAt; } },
  });
  keepers.push(keeper);
  return {
    keeper, server, guids, remembered: () => remembered,
    lock: {
      get isFree() { return state.isFree; },
      set isFree(isFree) { state.isFree = isFree; },
      rob: () => { state.isFree = false; onLost(); },
      free: () => {
        state.isFree = true;
        for (const listener of waiting.splice(0)) listener();
      },
    },
  };
}

async function becomes(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !condition();) {
    assert.ok(Date.now() < end, 'it has not become so');
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

describe('the keeper of a desk', () => {
  test('takes up the session that this browser has begun, and no other', async () => {
    const own = createRig(SESSION.signedInAt);
    await own.keeper.find();
    assert.deepEqual([own.keeper.state().standing, own.keeper.state().workNo, own.guids], ['open', 102, ['guid-1']]);
    const foreign = createRig(999);
    await foreign.keeper.find();
    assert.deepEqual([foreign.keeper.state().standing, foreign.keeper.state().isSignedInElsewhere], ['closed', true]);
    const nobody = createRig(SESSION.signedInAt);
    nobody.server.session = undefined;
    await nobody.keeper.find();
    assert.deepEqual([nobody.keeper.state().standing, nobody.keeper.state().error], ['closed', undefined]);
  });

  test('opens, remembers, and says where somebody is signed in elsewhere', async () => {
    const { keeper, server, remembered } = createRig();
    server.session = undefined;
    await keeper.open();
    assert.deepEqual([keeper.state().standing, keeper.state().isSignedInElsewhere], ['closed', true]);
    server.session = SESSION;
    await keeper.open({ force: true });
    assert.deepEqual([keeper.state().standing, remembered()], ['open', 1000]);
  });

  test('tells events, and asks how things stand after each', async () => {
    const { keeper, server } = createRig();
    const heard: string[] = [];
    keeper.onEvent(({ eventType }) => { heard.push(eventType); });
    await keeper.open();
    await becomes(() => server.asked.includes('agentEventPoll'));
    server.calls = 1;
    server.tell({ eventType: 'AgentEvent_Ringing', workNo: '102', content: null });
    await becomes(() => keeper.state().now?.calls.length === 1);
    assert.deepEqual([heard, keeper.events().map(({ eventType }) => eventType)], [['AgentEvent_Ringing'], ['AgentEvent_Ringing']]);
  });

  test('asks how things stand when it is told that something has changed, unless it has asked since', async () => {
    const { keeper, server } = createRig(undefined, true);
    await keeper.open();
    await becomes(() => keeper.state().now !== undefined && server.isFollowed);
    const asks = (): number => server.asked.filter((id) => id === 'showDeskNow').length;
    const before = asks();
    const { at = 0 } = keeper.state().now ?? {};
    server.change(at - 1);
    assert.equal(asks(), before);
    server.calls = 1;
    server.change(at + 1);
    await becomes(() => keeper.state().now?.calls.length === 1);
    assert.equal(asks(), before + 1);
    keeper.stop();
    assert.equal(server.isFollowed, false);
  });

  test('answers whoever asks how things stand by a look begun afterwards, at whatever moment it is', async () => {
    const { keeper, server } = createRig();
    await keeper.open();
    await becomes(() => keeper.state().standing === 'open');
    for (let moment = 0; moment < 24; moment += 1) {
      const looking = keeper.refresh();
      for (let turn = 0; turn < moment; turn += 1) await Promise.resolve();
      const before = server.asked.length;
      await keeper.refresh();
      assert.deepEqual(server.asked.slice(before), ['showDeskNow'], `${moment} turns after the last was asked for`);
      await looking;
    }
  });

  test('throws what the gateway refuses, and has asked anew nonetheless', async () => {
    const { holdCall } = await import('@parley/contract/gateway/call-hold.ts');
    const { keeper, server } = createRig();
    await keeper.open();
    server.calls = 2;
    await assert.rejects(keeper.act(holdCall, {}), Refused);
    assert.equal(keeper.state().now?.calls.length, 2);
  });

  test('is over when the session is, by whomever', async () => {
    const { keeper, server } = createRig();
    await keeper.open();
    await becomes(() => server.asked.includes('agentEventPoll'));
    server.session = undefined;
    server.tell('over');
    await becomes(() => keeper.state().standing === 'closed');
    assert.equal(keeper.state().hasEnded, true);
  });

  test('says that somebody else has begun another session', async () => {
    const { keeper, server } = createRig();
    await keeper.open();
    await becomes(() => server.asked.includes('agentEventPoll'));
    server.session = { ...SESSION, signedInAt: 2000 };
    server.tell('over');
    await becomes(() => keeper.state().standing === 'closed');
    assert.deepEqual([keeper.state().hasEnded, keeper.state().isSignedInElsewhere], [true, true]);
  });

  test('goes on by itself when the line is there again, with the GUID of then', async () => {
    const { keeper, server, guids } = createRig();
    await keeper.open();
    await becomes(() => server.asked.includes('agentEventPoll'));
    server.isAway = true;
    server.tell({ eventType: 'AgentEvent_Hold', workNo: '102', content: null });
    await becomes(() => keeper.state().isOffline);
    assert.equal(keeper.state().standing, 'open', 'nothing is dropped');
    server.session = { ...SESSION, guid: 'guid-2' };
    server.isAway = false;
    await becomes(() => !keeper.state().isOffline && guids.at(-1) === 'guid-2');
  });

  test('is one of several pages: it waits for the other, takes over, and is robbed', async () => {
    const { keeper, lock, remembered } = createRig(SESSION.signedInAt);
    lock.isFree = false;
    await keeper.find();
    assert.equal(keeper.state().standing, 'elsewhere');
    await keeper.takeUp();
    assert.equal(keeper.state().standing, 'open');
    lock.rob();
    assert.equal(keeper.state().standing, 'elsewhere');
    lock.free();
    await becomes(() => keeper.state().standing === 'open');
    assert.equal(remembered(), 1000);
  });

  test('is left by signing out', async () => {
    const { keeper, server, guids, remembered } = createRig();
    await keeper.open();
    await keeper.leave();
    assert.deepEqual([keeper.state().standing, keeper.state().hasEnded, guids.at(-1), remembered()], ['closed', false, undefined, undefined]);
    assert.ok(server.asked.includes('agentLogout'));
  });
});
