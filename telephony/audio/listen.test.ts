import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardAmong, loudestTones, loudness, spectrum, tonesAmong } from './listen.ts';
import { framesOf, noise, seeded, sines, throughAlaw } from './test-data/signals.ts';

const twenty = Array.from({ length: 20 }, (_, i) => 400 + i * 100);

describe('listening', () => {
  it('tells 20 tones 100 Hz apart, with their levels, in 200 ms, through A-law', () => {
    const random = seeded(20);
    for (let round = 0; round < 20; round += 1) {
      const tones = twenty.map((hertz) => ({ hertz, dbm0: -20 - random() * 12 }));
      const heard = spectrum(framesOf(throughAlaw(sines(tones, 200))), twenty);
      for (const [i, { hertz, dbm0 }] of tones.entries()) {
        assert.ok(Math.abs((heard[i]?.dbm0 ?? 0) - dbm0) < 1, `${hertz} Hz of ${dbm0} was heard as ${heard[i]?.dbm0}`);
      }
    }
  });

  it('does not hear the tones that are not there', () => {
    const random = seeded(21);
    for (let round = 0; round < 50; round += 1) {
      const there = twenty.filter(() => random() < 0.4);
      const sound = throughAlaw(sines(there.map((hertz) => ({ hertz, dbm0: -18 })), 200));
      assert.deepEqual(heardAmong(framesOf(sound), twenty), there);
    }
  });

  it('finds tones that it was not told of, the loudest first', () => {
    const sound = throughAlaw(sines([{ hertz: 812, dbm0: -24 }, { hertz: 1_503, dbm0: -12 }, { hertz: 2_999, dbm0: -18 }], 200));
    const heard = loudestTones(sound, 3);
    for (const [i, [hertz, dbm0]] of ([[1_503, -12], [2_999, -18], [812, -24]] as const).entries()) {
      assert.ok(Math.abs((heard[i]?.hertz ?? 0) - hertz) < 1.5, `${heard[i]?.hertz} Hz`);
      assert.ok(Math.abs((heard[i]?.dbm0 ?? 0) - dbm0) < 0.5, `${heard[i]?.dbm0} dBm0`);
    }
  });

  it('hears a whisper beside a shout', () => {
    const sound = sines([{ hertz: 1_000, dbm0: -6 }, { hertz: 1_100, dbm0: -46 }], 200);
    assert.ok(Math.abs((spectrum(sound, [1_100])[0]?.dbm0 ?? 0) + 46) < 1);
  });

  it('hears no tone in silence and none loud in noise', () => {
    assert.deepEqual(loudestTones(new Int16Array(1_600)), []);
    assert.deepEqual(loudestTones(noise(400, -30, seeded(3)), 1, -35), []);
  });

  it('measures how loud it is', () => {
    assert.ok(Math.abs(loudness(sines([{ hertz: 500, dbm0: -15 }], 200)) + 15) < 0.1);
    assert.ok(Math.abs(loudness(noise(1_000, -30, seeded(4))) + 30) < 0.5);
    assert.ok(loudness(new Int16Array(160)) < -100);
  });

  it('tells how loud tones are beside what they were made as, and leaves out what is hardly there', () => {
    const heard = tonesAmong(throughAlaw(sines([{ hertz: 500, dbm0: -18 }, { hertz: 700, dbm0: -24 }, { hertz: 900, dbm0: -48 }], 160)), [500, 600, 700, 900], -18);
    assert.deepEqual(Object.keys(heard), ['500', '700']);
    assert.ok(Math.abs((heard[500] ?? 0) - 1) < 0.05 && Math.abs((heard[700] ?? 0) - 0.5) < 0.05, JSON.stringify(heard));
  });
});
