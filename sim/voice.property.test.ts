import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Member, Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Performed, VoiceReport } from '@parley/server/engine/voice.ts';
import { answersAfter, busy, rejects, ringsForever, unreachable } from './parties.ts';
import { seededRandom } from './random.ts';
import { virtualSchedule } from './schedule.ts';
import { MUSIC } from './sounds.ts';
import { createSimulatedVoice } from './voice.ts';

const LEGS = ['1', '2', '3', '4', '5', '6'] as const;
const ROOMS = ['a', 'b', 'c'] as const;
const BEHAVIOURS = [answersAfter(0), answersAfter(0), answersAfter(0), answersAfter(0), answersAfter(300), answersAfter(100, 400), rejects(200), busy, ringsForever, unreachable];

const leg = fc.constantFrom(...LEGS);
const room = fc.constantFrom(...ROOMS);
const name = fc.constantFrom('x', 'y', 'z');
const to = fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.subarray([...LEGS], { maxLength: 2 }));
const members = fc.subarray([...LEGS]).chain((legs) => fc.tuple(...legs.map((one) =>
  fc.record({ leg: fc.constant(one), to, hears: fc.boolean(), music: fc.boolean(), gain: fc.constantFrom(0, 0.5, 1) }))));

const order: fc.Arbitrary<Order> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('dial'), vdnId: fc.constant(1), leg, to: fc.constant({ kind: 'phone', number: '10' }), from: fc.constant(''), ringMs: fc.constantFrom(250, 1000) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('arrange'), room, members }) },
  fc.record({ kind: fc.constant('drop'), leg, cause: fc.constant(CAUSE.released) }),
  fc.record({ kind: fc.constant('answer'), leg }),
  fc.record({ kind: fc.constant('digits'), leg, digits: fc.constant('1') }),
  fc.record({ kind: fc.constant('flow'), vdnId: fc.constant(1), leg, flow: fc.constantFrom('known', 'unknown'), call: fc.constant('c') }),
  fc.record({ kind: fc.constant('endFlow'), leg }),
  fc.record({ kind: fc.constant('play'), play: name, to: fc.oneof(leg.map((one) => ({ leg: one })), room.map((one) => ({ room: one }))), file: fc.constantFrom('f.wav', 'missing.wav') }),
  fc.record({ kind: fc.constant('stopPlay'), play: name }),
  fc.record({ kind: fc.constant('collect'), collect: name, leg, max: fc.constant(2), firstMs: fc.constant(200), betweenMs: fc.constant(100) }),
  fc.record({ kind: fc.constant('record'), record: name, room, file: name }),
  fc.record({ kind: fc.constant('stopRecord'), record: name }),
);

type Deed = { readonly order: Order } | { readonly pass: number } | { readonly hangUp: true } | { readonly press: string };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ order }) },
  { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 400 }) }) },
  fc.record({ hangUp: fc.constant(true as const) }),
  fc.record({ press: fc.constantFrom('1', '234') }),
);

/** Who hears whom, told by the words of the order alone: a leg is where the latest arrangement that names it put it. */
function createPlaces() {
  const places = new Map<VoiceLeg, { readonly room: string; readonly member: Member }>();
  return {
    arrange: (arranged: string, present: readonly Member[]): void => {
      for (const [one, place] of places) if (place.room === arranged) places.delete(one);
      for (const member of present) places.set(member.leg, { room: arranged, member });
    },
    leave: (one: VoiceLeg): void => { places.delete(one); },
    heardBy: (listener: VoiceLeg, isUp: (one: VoiceLeg) => boolean): string[] => {
      const own = places.get(listener);
      if (own === undefined) return [];
      if (own.member.music) return [MUSIC];
      if (!own.member.hears) return [];
      return [...places.values()].filter(({ room: other, member }) =>
        other === own.room && member.leg !== listener && isUp(member.leg) && member.gain !== 0
        && (member.to === 'all' || (member.to !== 'none' && member.to.includes(listener)))).map(({ member }) => member.leg);
    },
  };
}

test('whatever is ordered in whatever order: all is answered, rooms are as they were arranged, and every leg ends once', async () => {
  await fc.assert(fc.asyncProperty(fc.array(deed, { maxLength: 50, size: 'max' }), fc.integer(), async (deeds, seed) => {
    const schedule = virtualSchedule();
    const random = seededRandom(seed);
    const voice = createSimulatedVoice({ schedule, outside: () => BEHAVIOURS[Math.floor(random() * BEHAVIOURS.length)] ?? busy });
    voice.file('missing.wav', 'missing');
    voice.flow('known', { kind: 'done' }, 150);
    const phone = voice.phone('10');
    const reports: VoiceReport[] = [];
    const dialled = new Set<VoiceLeg>();
    const inFlow = new Set<VoiceLeg>();
    const places = createPlaces();
    voice.subscribe((report) => {
      reports.push(report);
      if (report.kind === 'ended') places.leave(report.leg);
      if (report.kind === 'ended' || report.kind === 'flowEnded') inFlow.delete(report.leg);
    });

    const carryOut = async (given: Order): Promise<void> => {
      const before = new Set((await voice.legs()).map((standing) => standing.leg));
      const performed: Performed = await voice.perform(given);
      if (given.kind === 'dial') dialled.add(given.leg);
      else if ('leg' in given) assert.equal(!performed.ok && performed.why === 'unknownLeg', !before.has(given.leg), given.kind);
      if (given.kind === 'arrange') places.arrange(given.room, given.members.filter((member) => before.has(member.leg)));
      if (given.kind === 'flow' && performed.ok) {
        if (!inFlow.has(given.leg)) places.leave(given.leg);
        inFlow.add(given.leg);
      }
      if (given.kind === 'endFlow') inFlow.delete(given.leg);
    };

    for (const one of deeds) {
      if ('order' in one) await carryOut(one.order);
      else if ('pass' in one) await schedule.advance(one.pass);
      else if ('press' in one) phone.press(one.press);
      else phone.hangUp();
      await schedule.advance(0);
      const standing = new Map((await voice.legs()).map((up) => [up.leg, up.state]));
      for (const listener of LEGS) {
        const voices = voice.heardBy(listener).filter((sound) => sound !== 'f.wav' && !sound.startsWith('flow:'));
        const isAnnounced = voice.heardBy(listener).includes('f.wav');
        const expected = standing.get(listener) === 'up' && !inFlow.has(listener) ? places.heardBy(listener, (other) => standing.get(other) === 'up') : [];
        assert.deepEqual(voices.toSorted(), expected.filter((sound) => sound !== MUSIC || !isAnnounced).toSorted());
      }
    }

    for (const { leg: standing } of await voice.legs()) await voice.perform({ kind: 'drop', leg: standing, cause: CAUSE.released });
    await schedule.advance(60_000);
    for (const one of dialled) {
      const kinds = reports.flatMap((report) => ('leg' in report && report.leg === one ? [report.kind] : []));
      assert.equal(kinds.filter((kind) => kind === 'ended').length, 1, kinds.join());
      assert.equal(kinds.at(-1), 'ended');
    }
    assert.equal(reports.some((report) => 'leg' in report && !dialled.has(report.leg)), false);
  }), { numRuns: 150 });
});
