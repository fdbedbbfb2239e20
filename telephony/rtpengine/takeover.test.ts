import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Media } from '../media/media.ts';
import type { MediaAnswer, MediaOrder } from '../media/order.ts';
import { until } from '../webrtc/testing/page.ts';
import { createKeyLog, type KeyLog } from './key-log.ts';
import { startDaemon, withoutRtpengine, type Daemon } from './testing/daemon.ts';
import { createParty } from './testing/party.ts';
import { hears, member, PATIENCE_MS, stage, talk, type StageOptions } from './testing/stage.ts';

describe('when a process dies', { skip: withoutRtpengine(), concurrency: 3, timeout: 60_000 }, () => {
  let daemon: Daemon | undefined;
  let keyLog: KeyLog | undefined;
  const at = (): StageOptions => ({ daemon, keyLog });

  before(async () => {
    daemon = await startDaemon();
    keyLog = createKeyLog(daemon.keysTo);
    await keyLog.ready;
  });
  after(async () => {
    keyLog?.close();
    await daemon?.stop();
  });

  it('tells that all legs are lost when rtpengine is, refuses in time, and goes on with a new one', async (t) => {
    const first = await startDaemon();
    const log = createKeyLog(first.keysTo);
    t.after(log.close);
    const { media, reports, party, relays, arrange } = await talk(t, { daemon: first, keyLog: log });
    await first.stop('SIGKILL');
    await until(() => reports.filter(({ kind }) => kind === 'lost').length === 2, 'the loss', PATIENCE_MS);
    const begun = performance.now();
    const muted = await arrange({ leg: 'caller', to: 'none', hears: true, music: false }, { leg: 'agent', to: 'all', hears: true, music: false });
    assert.equal(muted.ok ? 'done' : muted.why, 'failed');
    assert.ok(performance.now() - begun < 2_000);
    for (const leg of ['caller', 'agent']) assert.equal((await media.perform({ kind: 'close', leg })).ok, true);
    const second = await startDaemon({ port: first.port, keysTo: first.keysTo });
    t.after(() => second.stop());
    const [caller, agent] = [await party({ leg: 'next', hertz: 500 }), await party({ leg: 'other', hertz: 900 })];
    await caller.callIn(media);
    await agent.beCalled(media, 'next');
    await arrange(member(caller), member(agent));
    await relays(2);
    await hears(agent, 500);
  });

  it('goes on without the process that made it, and is taken over by the next one without a gap', async (t) => {
    assert.ok(daemon !== undefined);
    const own = await startDaemon();
    const instance = 'killed';
    const controller = fork(fileURLToPath(new URL('testing/controller.ts', import.meta.url)), {
      env: { ...process.env, NG_PORT: String(own.port), KEYS_PORT: String(own.keysTo.port), INSTANCE: instance, RTP_FROM: String(46_000 + (process.pid % 40) * 20) },
    });
    t.after(async () => {
      controller.kill('SIGKILL');
      await own.stop();
    });
    const remote = remoteMedia(controller);
    const parties = await Promise.all([500, 900, 1300].map((hertz) => createParty({ leg: `leg ${hertz}`, hertz, ...(hertz === 500 ? { carrier: 'webrtc' } : {}) })));
    for (const one of parties) t.after(one.close);
    const [caller, agent, waiting] = parties;
    assert.ok(caller !== undefined && agent !== undefined && waiting !== undefined);
    await caller.callIn(remote);
    await agent.beCalled(remote, caller.leg);
    await waiting.callIn(remote);
    await remote.perform({ kind: 'open', leg: 'ringing', carrier: 'rtp' });
    await remote.perform({ kind: 'offer', leg: 'ringing' });
    await remote.perform({ kind: 'arrange', room: 'room', members: [member(caller), member(agent)] });
    await remote.perform({ kind: 'arrange', room: 'queue', members: [member(waiting, { music: true })] });
    await hears(agent, 500);
    while (await remote.ask('relayed') !== 2) await pause(10);
    for (const one of parties) one.longestGapMs();
    controller.kill('SIGKILL');

    await pause(1_000);
    await hears(caller, 900);
    await hears(agent, 500);
    // Who was with the built-in engine hears nothing, but its call stands.
    const silent = waiting.packets();
    const log = createKeyLog(own.keysTo);
    t.after(log.close);
    const { media, reports, arrange, relays } = stage(t, { daemon: own, keyLog: log, instance });
    assert.deepEqual((await media.standing()).toSorted((one, other) => (one.leg < other.leg ? -1 : 1)), [
      { leg: 'leg 1300', carrier: 'rtp' },
      { leg: 'leg 500', carrier: 'webrtc', talksWith: 'leg 900' },
      { leg: 'leg 900', carrier: 'rtp', talksWith: 'leg 500' },
    ]);
    for (const { leg } of parties) {
      assert.deepEqual(await media.perform({ kind: 'open', leg, carrier: 'rtp' }), { ok: true });
      assert.deepEqual(await media.perform({ kind: 'up', leg }), { ok: true });
    }
    assert.deepEqual(await media.standing(), []);
    await arrange(member(caller), member(agent));
    await media.perform({ kind: 'arrange', room: 'queue', members: [member(waiting, { music: true })] });
    await relays(2);
    await hears(caller, 900);
    await until(() => waiting.packets() > silent + 10, 'the music', PATIENCE_MS);
    assert.ok(Math.max(caller.longestGapMs(), agent.longestGapMs()) < 200, 'the sound was away for a while');
    // It is the new one's in everything.
    agent.press('6');
    await until(() => reports.some((report) => report.kind === 'key' && report.leg === agent.leg && report.key === '6'), 'the key', PATIENCE_MS);
    await arrange(member(caller), member(agent), member(waiting));
    await hears(caller, 900, 1300);
    await hears(waiting, 500, 900);
    assert.equal((await agent.change(media)).ok, true);
    await hears(agent, 500, 1300);
    for (const { leg } of parties) await media.perform({ kind: 'close', leg });
  });

  it('ends calls that nobody takes over when they are silent', async (t) => {
    const { media, instance, caller, agent } = await talk(t, at());
    assert.ok(daemon !== undefined);
    // Another process of the same name, as if this one had died.
    const { media: next, relays } = stage(t, { ...at(), instance });
    assert.equal((await next.standing()).length, 2);
    caller.isQuiet = true;
    agent.isQuiet = true;
    while ((await next.standing()).length > 0) await pause(10);
    await relays(0);
    await media.stop();
  });
});

/** Media in another process. */
function remoteMedia(controller: ChildProcess): Pick<Media, 'perform'> & { readonly ask: (what: 'relayed' | MediaOrder) => Promise<unknown> } {
  const waiting = new Map<number, (answer: unknown) => void>();
  let numbers = 0;
  controller.on('message', ({ number, answer }: { readonly number: number; readonly answer: unknown }) => { waiting.get(number)?.(answer); });
  const ask = (order: 'relayed' | MediaOrder): Promise<unknown> => new Promise((resolve) => {
    numbers += 1;
    waiting.set(numbers, resolve);
    if (controller.connected) controller.send({ number: numbers, order });
  });
  return { ask, perform: async (order) => await ask(order) as MediaAnswer };
}
