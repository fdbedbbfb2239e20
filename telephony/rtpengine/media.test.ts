import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MediaAnswer, MediaReport, Member } from '../media/order.ts';
import { PCMA, PCMU } from '../sdp/codec.ts';
import { makeOffer } from '../sdp/offer-answer.ts';
import { writeSdp } from '../sdp/session.ts';
import { virtualTimers, type VirtualTimers } from '../testing/virtual-timers.ts';
import { createRtpengineMedia, type RtpengineMedia } from './media.ts';
import type { NgAnswer } from './ng.ts';
import { createFakeBuiltIn, createFakeRtpengine, portOf, SILENT, type FakeBuiltIn, type FakeRtpengine } from './testing/fake-rtpengine.ts';

const WATCH_MS = 1_000;
const SILENT_MS = 5_000;
const PHONE = writeSdp(makeOffer({ address: '192.0.2.7', port: 4_000, codecs: [PCMA] }));
const member = (leg: string, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

interface Rig {
  readonly media: RtpengineMedia;
  readonly rtpengine: FakeRtpengine;
  readonly builtIn: FakeBuiltIn;
  readonly timers: VirtualTimers;
  readonly reports: MediaReport[];
  readonly faults: string[];
  readonly callIn: (leg: string, sdp?: string) => Promise<number>;
  readonly arrange: (...members: readonly Member[]) => Promise<MediaAnswer>;
  /** Where a leg is led: the leg whose entrance that is, or the engine. */
  readonly ledTo: (leg: string, turn?: number) => string;
}

async function rig({ rtpengine = createFakeRtpengine(), tellsKeys = true }: { readonly rtpengine?: FakeRtpengine; readonly tellsKeys?: boolean } = {}): Promise<Rig> {
  const [builtIn, timers] = [createFakeBuiltIn(), virtualTimers()];
  const [reports, faults]: [MediaReport[], string[]] = [[], []];
  rtpengine.tellsKeys = tellsKeys;
  const media = createRtpengineMedia({
    ng: rtpengine.ng, keyLog: rtpengine.keyLog, builtIn, instance: 'p', silentMs: SILENT_MS, watchMs: WATCH_MS, timers, onFault: (message) => { faults.push(message); },
  });
  media.subscribe((report) => { reports.push(report); });
  await media.standing();
  for (let turns = 0; !rtpengine.asked.includes('delete p-keys'); turns += 1) {
    assert.ok(turns < 100, 'it is not found out whether keys are told');
    await timers.advance(tellsKeys ? 0 : 50);
  }
  await timers.advance(0);
  rtpengine.asked.length = 0;
  return {
    media, rtpengine, builtIn, timers, reports, faults,
    callIn: async (leg, sdp = PHONE) => {
      await media.perform({ kind: 'open', leg, carrier: 'rtp' });
      const answered = await media.perform({ kind: 'answer', leg, sdp });
      await media.perform({ kind: 'up', leg });
      return portOf(answered.ok ? answered.sdp : '');
    },
    arrange: (...members) => media.perform({ kind: 'arrange', room: 'room', members }),
    ledTo: (leg, turn = 1) => {
      const led = rtpengine.calls.get(`p/${turn}/${leg}`)?.led;
      const other = [...rtpengine.calls].find(([, { ports }]) => ports.in === led);
      return led === builtIn.portOf(leg) ? 'engine' : other?.[0] ?? `port ${led ?? 'none'}`;
    },
  };
}

const pair = async (options?: Parameters<typeof rig>[0]): Promise<Rig> => {
  const made = await rig(options);
  await made.callIn('a');
  await made.callIn('b');
  assert.deepEqual(await made.arrange(member('a'), member('b')), { ok: true });
  return made;
};

describe('media by rtpengine', () => {
  it('tells the far end a port of rtpengine, and the built-in engine another one', async () => {
    const { callIn, rtpengine, builtIn, ledTo } = await rig();
    const told = await callIn('a');
    const call = rtpengine.calls.get('p/1/a');
    assert.deepEqual([told, ledTo('a')], [call?.ports.far, 'engine']);
    const answer = builtIn.orders.find(({ kind }) => kind === 'answer');
    assert.equal(answer?.kind === 'answer' && portOf(answer.sdp), call?.ports.in);
  });

  it('leads two who talk to one another, and back before anything else is heard', async () => {
    const { ledTo, arrange, rtpengine, builtIn, media } = await pair();
    assert.deepEqual([ledTo('a'), ledTo('b'), media.relayed()], ['p/1/b', 'p/1/a', 2]);
    builtIn.orders.length = 0;
    rtpengine.interfere = () => {
      // Who is muted is so for the engine before he comes to it.
      assert.deepEqual(builtIn.orders.map(({ kind }) => kind), ['arrange']);
      return undefined;
    };
    assert.deepEqual(await arrange(member('a', { to: 'none' }), member('b')), { ok: true });
    assert.deepEqual([ledTo('a'), ledTo('b'), media.relayed()], ['engine', 'engine', 0]);
  });

  it('asks for nothing that is so already', async () => {
    const { arrange, rtpengine } = await pair();
    rtpengine.asked.length = 0;
    await arrange(member('a'), member('b'));
    await arrange(member('a'), member('b'));
    assert.deepEqual(rtpengine.asked, []);
  });

  it('leads to the engine before something is played or recorded, and back when it is over', async () => {
    const { media, builtIn, ledTo, timers } = await pair();
    builtIn.interfere = (order) => {
      if (order.kind === 'record') assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
      return order.kind === 'play' ? { ok: false, why: 'failed' } : undefined;
    };
    assert.equal((await media.perform({ kind: 'record', record: '1', of: { room: 'room' }, path: 'x' })).ok, true);
    assert.equal(ledTo('a'), 'engine');
    builtIn.tell({ kind: 'recorded', record: '1', ms: 5, why: 'stopped' });
    await timers.advance(0);
    assert.equal(ledTo('a'), 'p/1/b');
    assert.equal((await media.perform({ kind: 'play', play: '1', to: { leg: 'b' }, path: 'x' })).ok, false);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['p/1/b', 'p/1/a']);
  });

  it('sends keys by the engine, and leads back in time', async () => {
    const { media, ledTo, timers } = await pair();
    await media.perform({ kind: 'keys', leg: 'a', keys: '12' });
    assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
    await timers.advance(2 * WATCH_MS);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['p/1/b', 'p/1/a']);
  });

  it('leaves those to the engine that have other codecs, hold, or are not up', async () => {
    const { media, callIn, arrange, ledTo } = await rig();
    await callIn('a');
    await callIn('pcmu', writeSdp(makeOffer({ address: '192.0.2.7', port: 4_000, codecs: [PCMA, PCMU] })).replaceAll(':101 ', ':97 ').replaceAll(' 101', ' 97'));
    await arrange(member('a'), member('pcmu'));
    assert.equal(ledTo('a'), 'engine');
    await callIn('b');
    await arrange(member('a'), member('b'));
    assert.equal(ledTo('a'), 'p/1/b');
    await media.perform({ kind: 'answer', leg: 'b', sdp: PHONE.replace('sendrecv', 'inactive') });
    assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
    await media.perform({ kind: 'open', leg: 'c', carrier: 'rtp' });
    await media.perform({ kind: 'answer', leg: 'c', sdp: PHONE });
    await arrange(member('a'), member('c'));
    assert.equal(ledTo('a'), 'engine');
    await media.perform({ kind: 'up', leg: 'c' });
    assert.deepEqual([ledTo('a'), ledTo('c')], ['p/1/c', 'p/1/a']);
  });

  it('leads nobody elsewhere while an offer of ours is not answered', async () => {
    const { media, ledTo, timers } = await pair();
    assert.equal((await media.perform({ kind: 'offer', leg: 'a' })).ok, true);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
    await timers.advance(5 * WATCH_MS);
    assert.equal(ledTo('a'), 'engine');
    assert.equal((await media.perform({ kind: 'accept', leg: 'a', sdp: PHONE })).ok, true);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['p/1/b', 'p/1/a']);
    // Nobody tells that it is refused.
    await media.perform({ kind: 'offer', leg: 'a' });
    await timers.advance(42 * WATCH_MS);
    assert.equal(ledTo('a'), 'p/1/b');
  });

  it('passes nothing on alone where nobody tells of keys, and says so', async () => {
    const { ledTo, faults, rtpengine, timers } = await pair({ tellsKeys: false });
    assert.equal(ledTo('a'), 'engine');
    assert.equal(faults.length, 1);
    // Somebody mends it.
    rtpengine.tellsKeys = true;
    await timers.advance(70_000);
    assert.equal(ledTo('a'), 'p/1/b');
    assert.deepEqual([...rtpengine.calls.keys()], ['p/1/a', 'p/1/b']);
  });

  it('tells each key once', async () => {
    const { builtIn, rtpengine, reports, callIn } = await pair();
    await callIn('tones', PHONE.replace(/ 101\r\n/, '\r\n').replaceAll(/a=(?:rtpmap|fmtp):101[^\r]*\r\n/g, ''));
    builtIn.tell({ kind: 'key', leg: 'a', key: '1' });
    rtpengine.press({ call: 'p/1/a', from: 'far', key: '1' });
    // The other half of the way, an earlier far end, and calls of others.
    for (const [call, from] of [['p/1/b', 'in'], ['p/2/a', 'far'], ['q/1/a', 'far'], ['', 'far']] as const) rtpengine.press({ call, from, key: '1' });
    builtIn.tell({ kind: 'key', leg: 'tones', key: '2' });
    rtpengine.press({ call: 'p/1/tones', from: 'far', key: '2' });
    assert.deepEqual(reports, [{ kind: 'key', leg: 'a', key: '1' }, { kind: 'key', leg: 'tones', key: '2' }]);
  });

  it('refuses a mute that rtpengine did not carry out, and tries again', async () => {
    const { arrange, rtpengine, ledTo, faults, timers } = await pair();
    rtpengine.interfere = (command) => (command === 'offer' ? SILENT : undefined);
    const muted = await arrange(member('a', { to: 'none' }), member('b'));
    assert.equal(muted.ok ? 'done' : muted.why, 'failed');
    assert.ok(faults.length > 0);
    rtpengine.interfere = undefined;
    await timers.advance(WATCH_MS);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
  });

  it('leaves nobody half with the other', async () => {
    const { callIn, arrange, rtpengine, ledTo, timers } = await rig();
    await callIn('a');
    await callIn('b');
    rtpengine.interfere = (command, fields) => (command === 'offer' && fields['call-id'] === 'p/1/b' ? SILENT : undefined);
    assert.deepEqual(await arrange(member('a'), member('b')), { ok: true });
    await timers.advance(0);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['engine', 'engine']);
    rtpengine.interfere = undefined;
    await timers.advance(12 * WATCH_MS);
    assert.deepEqual([ledTo('a'), ledTo('b')], ['p/1/b', 'p/1/a']);
  });

  it('tells that a leg is lost whose call rtpengine does not know, once', async () => {
    const { rtpengine, reports, timers, media } = await pair();
    (rtpengine.calls as Map<string, unknown>).delete('p/1/a');
    await timers.advance(5 * WATCH_MS);
    assert.deepEqual(reports.filter(({ kind }) => kind === 'lost'), [{ kind: 'lost', leg: 'a', why: 'closed' }]);
    assert.equal((await media.perform({ kind: 'close', leg: 'a' })).ok, true);
  });

  it('tells that legs are lost that are silent, and found when they are not; the built-in engine does not know', async () => {
    const { rtpengine, reports, timers, builtIn, arrange, media } = await pair();
    const speak = (leg: string): void => {
      const call = rtpengine.calls.get(`p/1/${leg}`);
      if (call !== undefined) call.packets += 50;
    };
    builtIn.tell({ kind: 'lost', leg: 'a', why: 'silent' });
    for (let second = 0; second < 8; second += 1) {
      speak('b');
      await timers.advance(WATCH_MS);
    }
    assert.deepEqual(reports, [{ kind: 'lost', leg: 'a', why: 'silent' }]);
    const heard = await media.perform({ kind: 'heard', leg: 'a' });
    assert.ok(heard.ok && (heard.ms ?? 0) >= SILENT_MS);
    // Led to the engine, which will not say again what it has said.
    await arrange(member('a', { music: true }), member('b'));
    for (let second = 0; second < 3; second += 1) {
      speak('a');
      await timers.advance(WATCH_MS);
    }
    assert.deepEqual(reports.slice(1), [{ kind: 'found', leg: 'a' }]);
    builtIn.tell({ kind: 'lost', leg: 'a', why: 'died' });
    builtIn.tell({ kind: 'lost', leg: 'a', why: 'died' });
    assert.deepEqual(reports.slice(2), [{ kind: 'lost', leg: 'a', why: 'died' }]);
  });

  it('tells that all are lost whom nobody can reach any more', async () => {
    const { rtpengine, reports, timers, faults } = await pair();
    rtpengine.interfere = () => SILENT;
    await timers.advance(SILENT_MS + 2 * WATCH_MS);
    assert.deepEqual(reports.map((report) => report.kind === 'lost' && report.leg).join(), 'a,b');
    assert.deepEqual(faults.slice(0, 1), ['rtpengine does not answer']);
  });

  it('removes a call behind what is under way for it, and tries until it is gone', async () => {
    const { media, rtpengine, timers } = await rig();
    await media.perform({ kind: 'open', leg: 'a', carrier: 'rtp' });
    let answer: (given: NgAnswer) => void = () => undefined;
    rtpengine.interfere = (command) => (command === 'offer' ? new Promise((resolve) => { answer = resolve; }) : command === 'delete' ? SILENT : undefined);
    const offered = media.perform({ kind: 'offer', leg: 'a' });
    await timers.advance(0);
    assert.equal((await media.perform({ kind: 'close', leg: 'a' })).ok, true);
    assert.deepEqual(rtpengine.asked.filter((asked) => asked.startsWith('delete p/1')), []);
    answer(SILENT);
    assert.equal((await offered).ok, false);
    await timers.advance(WATCH_MS);
    rtpengine.interfere = undefined;
    rtpengine.asked.length = 0;
    await timers.advance(3 * WATCH_MS);
    assert.deepEqual(rtpengine.asked.filter((asked) => asked.startsWith('delete')), ['delete p/1/a']);
  });

  it('says what it cannot do', async () => {
    const { media, rtpengine, callIn } = await rig();
    assert.deepEqual(await media.perform({ kind: 'offer', leg: 'nobody' }), { ok: false, why: 'unknownLeg' });
    await callIn('a');
    assert.deepEqual(await media.perform({ kind: 'open', leg: 'a', carrier: 'rtp' }), { ok: true });
    const refusals: readonly (readonly [NgAnswer, string])[] = [
      [SILENT, 'failed'], [{ ok: false, why: 'refused', message: 'Ran out of ports' }, 'noPorts'], [{ ok: true, fields: new Map([['sdp', 'x']]) }, 'failed'], [{ ok: true, fields: new Map() }, 'failed'],
    ];
    for (const [given, why] of refusals) {
      rtpengine.interfere = (command) => (command === 'offer' ? given : undefined);
      const offered = await media.perform({ kind: 'offer', leg: 'a' });
      assert.equal(offered.ok ? 'done' : offered.why, why);
    }
    rtpengine.interfere = undefined;
    const answered = await media.perform({ kind: 'accept', leg: 'a', sdp: 'x' });
    assert.equal(answered.ok ? 'done' : answered.why, 'notAcceptable');
    await media.stop();
    assert.equal((await media.perform({ kind: 'offer', leg: 'a' })).ok, false);
    assert.deepEqual([...rtpengine.calls.keys()], []);
  });

  it('takes over what stands, without leading anybody elsewhere', async () => {
    const { rtpengine, timers: former } = await pair();
    const next = await rig({ rtpengine });
    assert.deepEqual(new Set((await next.media.standing()).map(({ leg, talksWith }) => `${leg} ${talksWith}`)), new Set(['a b', 'b a']));
    rtpengine.asked.length = 0;
    for (const leg of ['a', 'b']) {
      assert.deepEqual(await next.media.perform({ kind: 'open', leg, carrier: 'rtp' }), { ok: true });
      await next.media.perform({ kind: 'up', leg });
    }
    await next.arrange(member('a'), member('b'));
    assert.deepEqual(rtpengine.asked, []);
    await next.arrange(member('a', { to: 'none' }), member('b'));
    assert.deepEqual([next.ledTo('a'), next.ledTo('b')], ['engine', 'engine']);
    await next.media.perform({ kind: 'close', leg: 'a' });
    await next.timers.advance(0);
    assert.deepEqual([...rtpengine.calls.keys()], ['p/1/b']);
    assert.ok(former.pending() > 0);
  });
});
