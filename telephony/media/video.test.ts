import assert from 'node:assert/strict';
import { after, describe, test, type TestContext } from 'node:test';
import { payloadTypeOf, sequenceOf, sequenceStep, ssrcOf, timestampOf, timestampStep, writeHeader } from '../rtp/packet.ts';
import { createPorts } from '../rtp/ports.ts';
import { G722, type Codec } from '../sdp/codec.ts';
import { realTimers } from '../timers.ts';
import { H264, VP8 } from '../webrtc/picture.ts';
import type { NegotiatedEnd } from './end.ts';
import type { MediaAnswer, Member, PictureCodec } from './order.ts';
import { openRtpEnd } from './rtp-end.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

const LOCALHOST = '127.0.0.1';
const ports = createPorts({ from: 44_000, to: 44_399, address: LOCALHOST, pauseMs: 0 });
const PATIENCE_MS = 20_000;

const openEnd = (): Promise<NegotiatedEnd | undefined> =>
  openRtpEnd({ ports, advertised: LOCALHOST, codecs: ['PCMA'], cname: 'test', silentMs: 60_000, timers: realTimers });

const until = async (condition: () => boolean, what: string): Promise<void> => {
  for (const end = Date.now() + PATIENCE_MS; !condition();) {
    assert.ok(Date.now() < end, `${what} did not come about`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
};

interface Camera {
  readonly leg: string;
  /** The packets of others' pictures that came. */
  readonly seen: Uint8Array[];
  /** How often it was asked for a whole picture. */
  readonly asked: () => number;
  readonly end: NegotiatedEnd;
  readonly negotiate: (pictures?: readonly PictureCodec[]) => Promise<MediaAnswer>;
  readonly show: () => void;
}

interface Stage {
  readonly board: Switchboard;
  /** A telephone that talks already; it has these pictures if it is asked for any. */
  readonly camera: (codecs?: readonly Codec[]) => Promise<Camera>;
  readonly arrange: (...members: readonly (Camera | Partial<Member> & { readonly of: Camera })[]) => Promise<void>;
}

function stage(t: TestContext): Stage {
  const board = createSwitchboard({
    openEnd, now: realTimers.now, tell: () => undefined, music: undefined,
    openSound: () => Promise.reject(new Error('there is none')), openRecorder: () => Promise.reject(new Error('there is none')),
  });
  const ends: NegotiatedEnd[] = [];
  let legs = 0;
  t.after(async () => {
    await board.close();
    for (const end of ends) end.close();
  });
  const camera: Stage['camera'] = async (codecs = [{ ...VP8, payloadType: 120 }, H264]) => {
    legs += 1;
    const number = legs;
    const leg = `leg-${number}`;
    const end = await openEnd();
    assert.ok(end?.video !== undefined);
    ends.push(end);
    end.video.allow(codecs);
    const seen: Uint8Array[] = [];
    let asked = 0;
    end.video.onPacket((packet) => { seen.push(Uint8Array.from(packet)); });
    end.video.onPictureWanted(() => { asked += 1; });
    const negotiate: Camera['negotiate'] = async (pictures) => {
      const offered = await board.perform({ kind: 'offer', leg, ...(pictures === undefined ? {} : { pictures }) });
      assert.ok(offered.ok && offered.sdp !== undefined);
      const answered = await end.answer(offered.sdp);
      assert.ok(answered.ok);
      return board.perform({ kind: 'accept', leg, sdp: answered.sdp });
    };
    await board.perform({ kind: 'open', leg, carrier: 'rtp' });
    assert.deepEqual(await negotiate(), { ok: true });
    await board.perform({ kind: 'up', leg });
    let sequence = 1000 * number;
    let time = 90_000 * number;
    return {
      leg, seen, end, negotiate, asked: () => asked,
      show: () => {
        const packet = new Uint8Array(40).fill(number, 12);
        sequence = (sequence + 1) & 0xffff;
        time += 3000;
        writeHeader(packet, end.video?.agreed()?.codec.payloadType ?? 0, true, sequence, time, 7000 + number);
        end.video?.send(packet);
      },
    };
  };
  return {
    board, camera,
    arrange: async (...members) => {
      const made = members.map((one): Member => ('leg' in one && 'seen' in one ? { leg: one.leg, to: 'all', hears: true, music: false }
        : { leg: (one as { of: Camera }).of.leg, to: 'all', hears: true, music: false, ...one }));
      assert.deepEqual(await board.perform({ kind: 'arrange', room: 'room', members: made.map(({ leg, to, hears, music }) => ({ leg, to, hears, music })) }), { ok: true });
    },
  };
}

/** Shows until it is seen. */
const isSeen = (from: Camera, by: Camera): Promise<void> => {
  const before = by.seen.length;
  return until(() => {
    from.show();
    return by.seen.length > before + 3;
  }, `${from.leg} seen by ${by.leg}`);
};

async function isNotSeen(from: Camera, by: Camera): Promise<void> {
  // What is still under way comes first.
  await new Promise((resolve) => { setTimeout(resolve, 30); });
  const before = by.seen.length;
  for (let i = 0; i < 5; i += 1) from.show();
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.equal(by.seen.length, before, `${by.leg} sees ${from.leg}`);
}

/** Nobody is asked more often than a picture takes to come. */
const askAgain = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 520); });

describe('pictures between telephones', () => {
  after(() => { assert.equal(ports.taken(), 0, 'every port is given back'); });

  test('are passed on both ways between two who have them, under what each of them knows them by', async (t) => {
    const { camera, arrange } = stage(t);
    const [one, other] = [await camera(), await camera([{ ...VP8, payloadType: 99 }])];
    await arrange(one, other);
    assert.deepEqual(await one.negotiate(['VP8', 'H264']), { ok: true, picture: 'VP8' });
    assert.deepEqual(await other.negotiate(['VP8']), { ok: true, picture: 'VP8' });
    await Promise.all([isSeen(one, other), isSeen(other, one)]);
    assert.ok(one.seen.every((packet) => packet[12] === 2) && other.seen.every((packet) => packet[12] === 1));
    assert.deepEqual([...new Set(other.seen.map(payloadTypeOf))], [other.end.video?.agreed()?.codec.payloadType]);
    assert.equal(new Set(other.seen.map(ssrcOf)).size, 1);
  });

  test('nobody has any before they are allowed, whatever a telephone offers, nor afterwards', async (t) => {
    const { board, camera, arrange } = stage(t);
    const [one, other] = [await camera(), await camera()];
    await arrange(one, other);
    assert.equal(one.end.video?.agreed(), undefined);
    const offer = await one.end.offer();
    assert.match(offer, /m=video [1-9]/);
    const refused = await board.perform({ kind: 'answer', leg: one.leg, sdp: offer });
    assert.ok(refused.ok && refused.picture === undefined && refused.sdp !== undefined);
    assert.match(refused.sdp, /m=video 0/);
    for (const each of [one, other]) assert.deepEqual(await each.negotiate(['VP8']), { ok: true, picture: 'VP8' });
    await isSeen(one, other);
    assert.deepEqual(await one.negotiate([]), { ok: true });
    assert.equal(one.end.video?.agreed(), undefined);
    await isNotSeen(other, one);
    assert.deepEqual(await one.negotiate(['VP8']), { ok: true, picture: 'VP8' }, 'and again');
    await Promise.all([isSeen(one, other), isSeen(other, one)]);
  });

  test('a telephone that has none talks on', async (t) => {
    const { camera } = stage(t);
    const blind = await camera([]);
    assert.deepEqual(await blind.negotiate(['VP8', 'H264']), { ok: true });
    assert.deepEqual(await (await camera([G722])).negotiate(['VP8']), { ok: true });
    assert.equal(blind.end.agreed()?.codec, 'PCMA');
  });

  test('are not passed on between two who have no codec in common, among three, or to somebody who waits', async (t) => {
    const { camera, arrange } = stage(t);
    const [one, other, third] = [await camera(), await camera(), await camera()];
    await one.negotiate(['VP8']);
    await other.negotiate(['H264']);
    await arrange(one, other);
    await isNotSeen(one, other);
    await other.negotiate(['VP8']);
    await isSeen(one, other);
    await third.negotiate(['VP8']);
    await arrange(one, other, third);
    await isNotSeen(one, other);
    await arrange(one, { of: other, music: true });
    await isNotSeen(one, other);
    await isNotSeen(other, one);
    await arrange(one, other);
    await isSeen(one, other);
  });

  test('whoever comes in asks for a whole picture, and whoever has lost one is heard', async (t) => {
    const { camera, arrange } = stage(t);
    const [one, other] = [await camera(), await camera()];
    for (const each of [one, other]) await each.negotiate(['VP8']);
    await arrange(one, other);
    await isSeen(one, other);
    const before = one.asked();
    await askAgain();
    await arrange(one);
    await arrange(one, other);
    await until(() => one.asked() > before, 'a new viewer');
    const since = one.asked();
    await askAgain();
    other.end.video?.wantPicture();
    await until(() => one.asked() > since, 'the question');
  });

  test('go on without a seam when somebody else is seen', async (t) => {
    const { camera, arrange } = stage(t);
    const [one, other, viewer] = [await camera(), await camera(), await camera()];
    for (const each of [one, other, viewer]) await each.negotiate(['VP8']);
    await arrange(other, viewer);
    await isSeen(other, viewer);
    await arrange(one, viewer);
    await isSeen(one, viewer);
    assert.deepEqual([...new Set(viewer.seen.map((packet) => packet[12]))], [2, 1]);
    assert.equal(new Set(viewer.seen.map(ssrcOf)).size, 1);
    for (const [index, packet] of viewer.seen.entries()) {
      const before = viewer.seen[index - 1];
      if (before === undefined) continue;
      assert.equal(sequenceStep(sequenceOf(before), sequenceOf(packet)), 1);
      assert.ok(timestampStep(timestampOf(before), timestampOf(packet)) > 0);
    }
  });
});
