import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeAlaw } from '../audio/g711.ts';
import { toInt16 } from '../audio/sound.ts';
import { readWav, writeWav } from '../audio/wav.ts';
import type { MediaReport } from '../media/order.ts';
import { tonesIn, toneOf } from '../testing/phones.ts';
import { until } from '../webrtc/testing/page.ts';
import { createCommands, isUnknownCall } from './commands.ts';
import { createKeyLog, type KeyLog } from './key-log.ts';
import { createNg } from './ng.ts';
import { startDaemon, withoutRtpengine, type Daemon } from './testing/daemon.ts';
import type { PartyOptions } from './testing/party.ts';
import { hears, member, PATIENCE_MS, stage, talk, TONES, type StageOptions } from './testing/stage.ts';

describe('media by rtpengine itself', { skip: withoutRtpengine(), concurrency: 4, timeout: 60_000 }, () => {
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

  const kinds: readonly (readonly [string, Partial<PartyOptions>])[] = [
    ['two telephones', {}],
    ['a browser and a telephone', { carrier: 'webrtc' }],
    ['a telephone with keys in its description and one without', { secure: 'required' }],
    ['a telephone with keys beside its description in the clear and one without', { secure: 'opportunistic' }],
  ];
  for (const [name, first] of kinds) {
    it(`passes on ${name}, and has them mixed and back without a word to them`, async (t) => {
      const { media, caller, agent, arrange, relays, party } = await talk(t, at(), first);
      const earlier = { streams: caller.streams(), strangers: caller.end.strangers() };
      const third = await party({ leg: 'third', hertz: 1300 });
      await third.beCalled(media);
      for (const one of [caller, agent]) one.longestGapMs();
      await arrange(member(caller), member(agent), member(third));
      assert.equal(media.relayed(), 0);
      await hears(caller, 900, 1300);
      await hears(agent, 500, 1300);
      await hears(third, 500, 900);
      await arrange(member(caller, { to: 'none' }), member(agent));
      await hears(agent);
      await hears(caller, 900);
      await arrange(member(caller), member(agent));
      await relays(2);
      await hears(caller, 900);
      await hears(agent, 500);
      assert.ok(Math.max(caller.longestGapMs(), agent.longestGapMs()) < 400, 'the sound was away for a while');
      // The engine's own stream, and that of the other telephone.
      assert.ok(caller.streams() - earlier.streams <= 1);
      assert.equal(caller.end.strangers(), earlier.strangers);
    });
  }

  it('tells keys once each, whether it passes on alone or not, and sends keys', async (t) => {
    const { media, caller, agent, arrange, relays, reports } = await talk(t, at());
    const pressed = (): string => reports.flatMap((report) => (report.kind === 'key' ? [`${report.leg} ${report.key}`] : [])).join();
    caller.press('12#');
    await until(() => pressed() === 'caller 1,caller 2,caller #' && agent.keys() === '12#', 'the keys', PATIENCE_MS);
    assert.deepEqual(await media.perform({ kind: 'keys', leg: 'caller', keys: '47' }), { ok: true });
    await until(() => caller.keys() === '47', 'the keys that were sent', PATIENCE_MS);
    assert.equal(agent.keys(), '12#');
    await relays(2);
    await arrange(member(caller), member(agent, { music: true }));
    caller.press('9');
    agent.press('*');
    await until(() => pressed().includes('caller 9') && pressed().includes('agent *'), 'the keys', PATIENCE_MS);
    assert.equal(pressed().split(',').length, 5);
  });

  it('has music for who is held, from the built-in engine', async (t) => {
    const { media, caller, agent, arrange, relays } = await talk(t, at());
    await arrange(member(caller, { to: 'none', hears: false, music: true }), member(agent));
    assert.equal(media.relayed(), 0);
    await hears(agent);
    const packets = caller.packets();
    await until(() => caller.packets() > packets + 10 && caller.hears([900]).length === 0, 'the music', PATIENCE_MS);
    await arrange(member(caller), member(agent));
    await relays(2);
    await hears(caller, 900);
  });

  it('has two who talk recorded by the built-in engine, and passes them on again', async (t) => {
    const { media, caller, agent, relays, reports } = await talk(t, at());
    const folder = mkdtempSync(join(tmpdir(), 'parley-rtpengine-'));
    t.after(() => { rmSync(folder, { recursive: true, force: true }); });
    // What cannot be played changes nothing.
    assert.equal((await media.perform({ kind: 'play', play: 'none', to: { leg: 'caller' }, path: join(folder, 'nothing.wav') })).ok, false);
    await relays(2);
    await media.perform({ kind: 'record', record: 'tape', of: { room: 'room' }, path: join(folder, 'tape.wav'), apart: 'caller' });
    assert.equal(media.relayed(), 0);
    await hears(agent, 500);
    await pause(300);
    await media.perform({ kind: 'stopRecord', record: 'tape' });
    await until(() => reports.some(({ kind }) => kind === 'recorded'), 'the recording', PATIENCE_MS);
    await relays(2);
    await hears(caller, 900);
    const sound = readWav(readFileSync(join(folder, 'tape.wav')));
    assert.ok(sound.ok);
    // The end of it, as both have to come to the engine first.
    assert.deepEqual(sound.channels.map((channel) => Object.keys(tonesIn(toInt16(channel).slice(-1600), TONES))), [['500'], ['900']]);
  });

  it('lets a telephone hold the other, and come back', async (t) => {
    const { media, caller, agent, relays } = await talk(t, at());
    assert.equal((await caller.change(media, (sdp) => sdp.replace('a=sendrecv', 'a=inactive'))).ok, true);
    assert.equal(media.relayed(), 0);
    await hears(caller);
    assert.equal((await caller.change(media)).ok, true);
    await relays(2);
    await hears(caller, 900);
    await hears(agent, 500);
    // What cannot be taken changes nothing.
    assert.deepEqual(await media.perform({ kind: 'answer', leg: 'caller', sdp: 'v=0\r\n' }), { ok: false, why: 'notAcceptable', message: 'the description cannot be read, or has no sound' });
    const refused = await media.perform({ kind: 'answer', leg: 'caller', sdp: (await caller.end.offer()).replaceAll('PCMA', 'GSM').replaceAll(' 8 ', ' 98 ').replaceAll(':8 ', ':98 ') });
    assert.equal(refused.ok ? 'taken' : refused.why, 'notAcceptable');
    await relays(2);
    await hears(caller, 900);
    await hears(agent, 500);
  });

  it('offers keys under the number that the other one has for them', async (t) => {
    const edit = (sdp: string): string => sdp.replaceAll('101', '126');
    const { agent, caller } = await talk(t, at(), { edit });
    assert.equal(agent.end.agreed()?.telephoneEvent, 126);
    caller.press('5');
    await until(() => agent.keys() === '5', 'the key', PATIENCE_MS);
  });

  it('lets nobody else speak in the place of a telephone', async (t) => {
    const { agent, instance } = await talk(t, at());
    assert.ok(daemon !== undefined);
    const ng = createNg(daemon);
    const socket = createSocket('udp4');
    t.after(() => {
      ng.close();
      socket.close();
    });
    const seen = await createCommands(ng).query(`${instance}/1/caller`);
    const place = seen.ok ? seen.parties.find(({ tag }) => tag === 'far')?.streams[0]?.local : undefined;
    assert.ok(place !== undefined);
    // rtpengine finds out for three to four seconds where a telephone is.
    await pause(4_200);
    const earlier = { streams: agent.streams(), packets: agent.packets() };
    for (let sequence = 0; sequence < 10; sequence += 1) socket.send(Buffer.from([0x80, 8, 0, sequence, 0, 0, 0, 160 * sequence, 1, 2, 3, 4, ...Buffer.alloc(160, 0xd5)]), place.port, place.address);
    await until(() => agent.packets() > earlier.packets + 20, 'the sound', PATIENCE_MS);
    assert.equal(agent.streams(), earlier.streams);
  });

  it('tells that a telephone is lost that rtpengine alone hears, and that it is found again', async (t) => {
    const { caller, reports } = await talk(t, at());
    const told = (): readonly MediaReport[] => reports.filter(({ kind }) => kind === 'lost' || kind === 'found');
    caller.isQuiet = true;
    await until(() => told().length > 0, 'the loss', PATIENCE_MS);
    caller.isQuiet = false;
    await until(() => told().length > 1, 'the find', PATIENCE_MS);
    assert.deepEqual(told(), [{ kind: 'lost', leg: 'caller', why: 'silent' }, { kind: 'found', leg: 'caller' }]);
  });

  for (const way of ['takePlace', 'beCalledBack'] as const) {
    it(`has another far end in the place of one, which ${way === 'takePlace' ? 'calls' : 'is called'}`, async (t) => {
      const { media, caller, agent, party, relays, instance } = await talk(t, at());
      assert.ok(daemon !== undefined);
      agent.isQuiet = true;
      const browser = await party({ leg: 'agent', hertz: 1300, carrier: 'webrtc' });
      await browser[way](media);
      await relays(2);
      await hears(caller, 1300);
      await hears(browser, 500);
      // The former may speak as it likes.
      agent.isQuiet = false;
      await pause(200);
      await hears(caller, 1300);
      await hears(agent);
      const ng = createNg(daemon);
      t.after(ng.close);
      const listed = await createCommands(ng).list(1000);
      assert.deepEqual(listed.ok && listed.calls.filter((call) => call.startsWith(`${instance}/`)).toSorted(), [`${instance}/1/caller`, `${instance}/2/agent`]);
      const refused = await media.perform({ kind: 'reopen', leg: 'agent', carrier: 'rtp', sdp: (await agent.end.offer()).replaceAll('PCMA', 'GSM').replaceAll(' 8 ', ' 98 ').replaceAll(':8 ', ':98 ') });
      assert.equal(refused.ok ? 'taken' : refused.why, 'notAcceptable');
      await hears(browser, 500);
    });
  }

  it('does what else it is asked for: blocks, plays, lets somebody listen', async (t) => {
    const { instance, agent, caller } = await talk(t, at());
    assert.ok(daemon !== undefined);
    const ng = createNg(daemon);
    t.after(ng.close);
    const commands = createCommands(ng);
    const call = `${instance}/1/caller`;
    const parties = { call, from: 'far' };
    assert.deepEqual(await commands.ping(), { ok: true });
    assert.deepEqual(await commands.blockMedia(parties), { ok: true });
    await hears(agent);
    assert.deepEqual(await commands.unblockMedia(parties), { ok: true });
    await hears(agent, 500);
    for (const command of [commands.blockKeys, commands.unblockKeys]) assert.deepEqual(await command(parties), { ok: true });
    assert.deepEqual(await commands.playKey(parties, '5', 100), { ok: true });
    const folder = mkdtempSync(join(tmpdir(), 'parley-rtpengine-'));
    t.after(() => { rmSync(folder, { recursive: true, force: true }); });
    const file = join(folder, 'tone.wav');
    const tone = new Int16Array(8000);
    toneOf(1100)(tone);
    writeFileSync(file, writeWav(encodeAlaw(tone)));
    const played = await commands.playMedia(parties, { file });
    assert.equal(played.ok && played.ms, 1000);
    assert.deepEqual(await commands.stopMedia(parties), { ok: true });
    const offered = await commands.subscribe(call);
    assert.ok(offered.ok, JSON.stringify(offered));
    assert.match(offered.sdp, /a=sendonly/);
    const listener = offered.sdp.replaceAll(/c=IN IP4 \S+/g, 'c=IN IP4 127.0.0.1').replaceAll(/m=audio \d+/g, 'm=audio 9').replaceAll('sendonly', 'recvonly');
    assert.deepEqual(await commands.acceptSubscription(call, offered.tag, listener), { ok: true });
    assert.deepEqual(await commands.unsubscribe(call, offered.tag), { ok: true });
    await hears(caller, 900);
    const unknown = await commands.query('nobody');
    assert.ok(!unknown.ok && isUnknownCall(unknown));
    assert.deepEqual(await commands.remove('nobody'), { ok: true });
  });

  it('leaves no call behind', async (t) => {
    const { media, instance, caller, agent } = await talk(t, at());
    assert.ok(daemon !== undefined);
    const ng = createNg(daemon);
    t.after(ng.close);
    const calls = async (): Promise<readonly string[]> => {
      const listed = await createCommands(ng).list(1000);
      return listed.ok ? listed.calls.filter((call) => call.startsWith(`${instance}/`)) : ['?'];
    };
    assert.deepEqual((await calls()).toSorted(), [`${instance}/1/agent`, `${instance}/1/caller`]);
    await media.perform({ kind: 'close', leg: 'agent' });
    await hears(caller);
    await hears(agent);
    await media.stop();
    assert.deepEqual(await calls(), []);
  });

  it('has all sound made by the built-in engine where rtpengine tells of no keys', async (t) => {
    const mute = await startDaemon({ tellsKeys: false });
    t.after(() => mute.stop());
    const own = stage(t, { ...at(), daemon: mute });
    const [caller, agent] = [await own.party({ leg: 'caller', hertz: 500 }), await own.party({ leg: 'agent', hertz: 900 })];
    await caller.callIn(own.media);
    await agent.beCalled(own.media, 'caller');
    await own.arrange(member(caller), member(agent));
    await hears(agent, 500);
    caller.press('3');
    await until(() => own.reports.some((report) => report.kind === 'key' && report.key === '3'), 'the key', PATIENCE_MS);
    assert.equal(own.media.relayed(), 0);
    await until(() => own.faults.some((fault) => fault.includes('dtmf-log-dest')), 'the complaint', PATIENCE_MS);
    assert.equal(own.media.relayed(), 0);
  });
});
