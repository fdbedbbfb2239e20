import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Member } from '@parley/core/voice/order.ts';
import { workAt, type Desk, type DeskNews } from './desk.ts';
import { seededRandom } from './random.ts';
import { virtualSchedule } from './schedule.ts';
import { createTraffic, onAverage, type Contact, type Drawn, type Tally } from './traffic.ts';
import { createSimulatedVoice } from './voice.ts';

const member = (leg: string, music = false): Member => ({ leg, to: 'all', hears: true, music });

/** Lets customers call a place with that many phones, where callers wait in one line. */
async function run({ seed = 1, phones = 3, seconds = 600, perSecond = 0.5, patienceMs = 5000 as Drawn, talkMs = onAverage(4000) }): Promise<{ readonly tally: Tally; readonly contacts: readonly Contact[] }> {
  const schedule = virtualSchedule();
  const voice = createSimulatedVoice({ schedule });
  const free = Array.from({ length: phones }, (_, index) => `1-${index}`);
  const line: string[] = [];
  const served = new Map<string, string>();
  for (const leg of free) await voice.perform({ kind: 'dial', vdnId: 1, leg, to: { kind: 'phone', number: leg }, from: '', ringMs: 1000 });

  const serve = (): void => {
    while (free.length > 0 && line.length > 0) {
      const [phone = '', customer = ''] = [free.shift(), line.shift()];
      served.set(customer, phone);
      void voice.perform({ kind: 'arrange', room: customer, members: [member(phone), member(customer)] });
    }
  };
  voice.subscribe((report) => {
    if (report.kind === 'incoming') {
      void voice.perform({ kind: 'answer', leg: report.leg });
      void voice.perform({ kind: 'arrange', room: report.leg, members: [member(report.leg, true)] });
      line.push(report.leg);
    }
    if (report.kind === 'ended') {
      const phone = served.get(report.leg);
      if (phone === undefined) line.splice(line.indexOf(report.leg), 1);
      else free.push(phone);
    }
    serve();
  });

  const contacts: Contact[] = [];
  const traffic = createTraffic({ voice, random: seededRandom(seed), perSecond, to: '12345', patienceMs, talkMs, over: (contact) => { contacts.push(contact); } });
  traffic.start();
  traffic.start();
  await schedule.advance(seconds * 1000);
  traffic.stop();
  const { arrived } = traffic.tally();
  await schedule.advance(60_000);
  assert.equal(traffic.tally().arrived, arrived, 'nobody calls in any more');
  return { tally: traffic.tally(), contacts };
}

describe('traffic', () => {
  test('arrives at the rate that was asked for, and everybody is accounted for', async () => {
    const { tally, contacts } = await run({ perSecond: 2, seconds: 1000 });
    assert.ok(Math.abs(tally.arrived - 2000) < 150, `${tally.arrived} arrived`);
    assert.equal(tally.served + tally.gaveUp + tally.turnedAway, tally.arrived);
    assert.deepEqual([tally.waiting, tally.talking, tally.turnedAway, contacts.length], [0, 0, 0, tally.arrived]);
  });

  test('is served without waiting where there is plenty, and gives up where there is not', async () => {
    const plenty = await run({ phones: 30 });
    assert.deepEqual([plenty.tally.gaveUp, Math.max(...plenty.contacts.map(({ waitedMs }) => waitedMs))], [0, 0]);
    const { tally, contacts } = await run({ phones: 1 });
    assert.ok(tally.gaveUp > tally.served / 4, JSON.stringify(tally));
    assert.ok(contacts.every(({ outcome, waitedMs, talkedMs }) => (outcome === 'gaveUp' ? waitedMs === 5000 && talkedMs === 0 : waitedMs <= 5000)));
  });

  test('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = [await run({ seed: 3 }), await run({ seed: 3 }), await run({ seed: 4 })];
    assert.deepEqual(one, again);
    assert.notDeepEqual(one, other);
  });

  test('talks as long as was drawn', async () => {
    const { contacts } = await run({ phones: 30, talkMs: 2500 });
    assert.ok(contacts.length > 200 && contacts.every(({ outcome, talkedMs }) => outcome === 'served' && talkedMs === 2500));
  });
});

test('an agent at a desk takes the calls as they come, and wraps up', async () => {
  const schedule = virtualSchedule();
  const done: [string, number][] = [];
  const note = (what: string) => (): Promise<void> => Promise.resolve(void done.push([what, schedule.now()]));
  const news: DeskNews[] = ['offered', 'connected', 'released', 'offered'];
  const desk: Desk = { signIn: note('signIn'), answer: note('answer'), finish: note('finish'), next: () => Promise.resolve(news.shift()) };
  const working = workAt(desk, { schedule, answerMs: 1000, wrapUpMs: 3000 });
  await schedule.advance(10_000);
  assert.deepEqual(await working, { offered: 2, connected: 1, released: 1 });
  assert.deepEqual(done, [['signIn', 0], ['answer', 1000], ['finish', 4000], ['answer', 5000]]);
});
