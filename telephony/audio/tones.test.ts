import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { playDtmf } from './dtmf-tones.ts';
import { FRAME_MS, FRAME_SAMPLES, type SoundSource } from './frame.ts';
import { loudestTones, loudness, spectrum } from './listen.ts';
import { cadences, playSine, playTone, type Country, type ToneName } from './tones.ts';

function pull(source: SoundSource, ms: number): Int16Array[] {
  return Array.from({ length: ms / FRAME_MS }, () => {
    const frame = new Int16Array(FRAME_SAMPLES);
    source.next(frame);
    return frame;
  });
}

/** From which frame to which there is sound, in milliseconds, as far as frames can tell. */
function strokes(frames: readonly Int16Array[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const [i, frame] of frames.entries()) {
    if (loudness(frame) < -40) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === i * FRAME_MS) last[1] += FRAME_MS;
    else found.push([i * FRAME_MS, (i + 1) * FRAME_MS]);
  }
  return found;
}

describe('tones of a network', () => {
  const expected: readonly [Country, ToneName, hertz: number[], strokes: [number, number][]][] = [
    ['ITU', 'busy', [425], [[0, 500], [1_000, 1_500]]],
    ['CN', 'ringback', [450], [[0, 1_000], [5_000, 6_000]]],
    ['CN', 'busy', [450], [[0, 350], [700, 1_050]]],
    ['US', 'ringback', [440, 480], [[0, 2_000], [6_000, 8_000]]],
    ['US', 'congestion', [480, 620], [[0, 250], [500, 750]]],
    ['UK', 'ringback', [400, 450], [[0, 400], [600, 1_000], [3_000, 3_400]]],
    ['DE', 'busy', [425], [[0, 480], [960, 1_440]]],
  ];
  for (const [country, name, hertz, times] of expected) {
    it(`plays ${name} of ${country}`, () => {
      const frames = pull(playTone(name, country), 8_000);
      const heard = strokes(frames);
      for (const [i, [from, to]] of times.entries()) {
        assert.ok(Math.abs((heard[i]?.[0] ?? -1) - from) <= FRAME_MS && Math.abs((heard[i]?.[1] ?? -1) - to) <= FRAME_MS, heard.join(' '));
      }
      const tones = loudestTones(frames.slice(0, 10), hertz.length).map((tone) => Math.round(tone.hertz));
      assert.deepEqual(tones.toSorted((a, b) => a - b).map((tone, i) => Math.abs(tone - (hertz[i] ?? 0)) <= 5), hertz.map(() => true));
    });
  }

  it('plays every tone of every country at 10 dB below the reference', () => {
    for (const country of Object.keys(cadences) as Country[]) {
      for (const name of Object.keys(cadences[country]) as ToneName[]) {
        const level = loudness(pull(playTone(name, country), 80).slice(1));
        assert.ok(Math.abs(level + 10) < 1.2, `${name} of ${country}: ${level} dBm0`);
      }
    }
  });

  it('begins and ends strokes without a click', () => {
    const source = playTone('busy', 'ITU');
    const [first] = pull(source, 20);
    assert.ok(Math.abs(first?.[0] ?? 1_000) < 100);
    const frames = pull(source, 500);
    const last = frames.findLast((frame) => loudness(frame) > -60);
    assert.ok(Math.abs(last?.at(-1) ?? 1_000) < 500);
  });

  it('goes on for ever without a seam', () => {
    const source = playSine(1_004, -10);
    for (let i = 0; i < 2_990; i += 1) source.next(new Int16Array(FRAME_SAMPLES));
    const [around] = loudestTones(pull(source, 400));
    assert.ok(Math.abs((around?.hertz ?? 0) - 1_004) < 1 && Math.abs((around?.dbm0 ?? 0) + 10) < 0.1);
  });

  it('plays a beep once', () => {
    const source = playSine(1_000, -10, 50);
    const frame = new Int16Array(FRAME_SAMPLES);
    assert.deepEqual(Array.from({ length: 5 }, () => source.next(frame)), [true, true, true, false, false]);
    assert.ok(frame.every((sample) => sample === 0));
  });
});

describe('digits', () => {
  it('plays two tones each, the high one 2 dB louder, and a pause', () => {
    const frames = pull(playDtmf('5#', { toneMs: 200, pauseMs: 100, dbm0: -12 }), 600);
    assert.deepEqual(strokes(frames), [[0, 200], [300, 500]]);
    for (const [from, low, high] of [[0, 770, 1_336], [15, 941, 1_477]] as const) {
      const [one, two] = spectrum(frames.slice(from, from + 10), [low, high]);
      assert.ok(Math.abs((one?.dbm0 ?? 0) + 12) < 0.5 && Math.abs((two?.dbm0 ?? 0) + 10) < 0.5);
    }
  });

  it('is over after the last pause', () => {
    const source = playDtmf('1', { toneMs: 40, pauseMs: 40 });
    const frame = new Int16Array(FRAME_SAMPLES);
    assert.deepEqual(Array.from({ length: 6 }, () => source.next(frame)), [true, true, true, true, false, false]);
  });

  it('has nothing to play of nothing', () => {
    assert.equal(playDtmf('').next(new Int16Array(FRAME_SAMPLES)), false);
  });
});
