import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Member, VoiceLeg } from '@parley/core/voice/order.ts';
import { DEADLINE_MS, type Performed, type VoiceReport } from '@parley/server/engine/voice.ts';
import { answersAfter, rejects, ringsForever, unreachable, type Script } from './parties.ts';
import { virtualSchedule, type VirtualSchedule } from './schedule.ts';
import { MUSIC } from './sounds.ts';
import { createSimulatedVoice, FILE_MS, type SimulatedVoice } from './voice.ts';

interface Rig {
  readonly voice: SimulatedVoice;
  readonly schedule: VirtualSchedule;
  readonly reports: VoiceReport[];
  /** Dials a number; answers what was reported of it until then. */
  readonly dial: (leg: VoiceLeg, number: string) => Promise<void>;
  readonly told: (leg: VoiceLeg) => readonly (string | number)[];
}

function createRig(outside?: Script): Rig {
  const schedule = virtualSchedule();
  const voice = createSimulatedVoice({ schedule, ...(outside === undefined ? {} : { outside }) });
  const reports: VoiceReport[] = [];
  voice.subscribe((report) => { reports.push(report); });
  return {
    voice, schedule, reports,
    dial: async (leg, number) => {
      assert.deepEqual(await voice.perform({ kind: 'dial', vdnId: 1, leg, to: { kind: 'number', number }, from: '', ringMs: 30_000 }), { ok: true });
      await schedule.advance(0);
    },
    told: (leg) => reports.flatMap((report) => ('leg' in report && report.leg === leg ? [report.kind === 'ended' ? report.cause : report.kind] : [])),
  };
}

const all = (leg: VoiceLeg, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

describe('a scripted party', () => {
  test('answers at once where nothing else is said', async () => {
    const { dial, told } = createRig();
    await dial('1', '10');
    assert.deepEqual(told('1'), ['rang', 'answered']);
  });

  test('answers after its time, and hangs up after another', async () => {
    const { voice, schedule, dial, told } = createRig();
    voice.phone('10').behaves(answersAfter(2000, 500));
    await dial('1', '10');
    await schedule.advance(1999);
    assert.deepEqual(told('1'), ['rang']);
    await schedule.advance(1);
    assert.deepEqual(told('1'), ['rang', 'answered']);
    await schedule.advance(500);
    assert.deepEqual(told('1'), ['rang', 'answered', CAUSE.normal]);
  });

  test('rejects, or is not to be reached', async () => {
    const { voice, schedule, dial, told } = createRig();
    voice.phone('10').behaves(rejects(700));
    voice.phone('11').behaves(unreachable);
    await dial('1', '10');
    await dial('2', '11');
    await schedule.advance(700);
    assert.deepEqual([told('1'), told('2')], [['rang', CAUSE.rejected], [CAUSE.unknownNumber]]);
  });

  test('can be told to answer before its script would, which then does no harm', async () => {
    const { voice, schedule, dial, told } = createRig();
    const phone = voice.phone('10').behaves(rejects(1000));
    await dial('1', '10');
    phone.answer();
    await schedule.advance(60_000);
    assert.deepEqual([told('1'), phone.state()], [['rang', 'answered'], 'up']);
  });

  test('chooses anew each time where its script says so, as all without one do', async () => {
    const script = [ringsForever, answersAfter(0)];
    const { dial, told } = createRig(() => script.shift() ?? unreachable);
    for (const leg of ['1', '2', '3']) await dial(leg, '10');
    assert.deepEqual([told('1'), told('2'), told('3')], [['rang'], ['rang', 'answered'], [CAUSE.unknownNumber]]);
  });

  test('does nothing on a leg that is gone, or that never was', async () => {
    const { voice, schedule, dial, reports } = createRig();
    const [phone, never] = [voice.phone('10'), voice.phone('11')];
    await dial('1', '10');
    phone.hangUp();
    await schedule.advance(0);
    const { length } = reports;
    for (const party of [phone, never]) {
      party.hangUp();
      party.answer();
      party.reject();
      party.press('1');
      assert.deepEqual(party.hears(), []);
    }
    await schedule.advance(0);
    assert.equal(reports.length, length);
    assert.deepEqual([phone.state(), never.state(), never.leg(), never.shows()], ['gone', 'idle', undefined, undefined]);
  });
});

describe('a customer', () => {
  test('loses patience with music and announcements', async () => {
    const { voice, schedule } = createRig();
    const customer = voice.callIn({ from: '138', to: '12345', patienceMs: 10_000 });
    await voice.perform({ kind: 'answer', leg: customer.id });
    await voice.perform({ kind: 'arrange', room: 'queue', members: [all(customer.id, { music: true })] });
    assert.deepEqual([customer.answered(), customer.hears()], [true, [MUSIC]]);
    await schedule.advance(9999);
    assert.equal(customer.state(), 'up');
    await schedule.advance(1);
    assert.deepEqual([customer.state(), await customer.attended, await customer.ended], ['gone', false, CAUSE.normal]);
  });

  test('gives up unanswered', async () => {
    const { voice, schedule, told } = createRig();
    const customer = voice.callIn({ from: '138', to: '12345', patienceMs: 100 });
    await schedule.advance(100);
    assert.deepEqual([told(customer.id), await customer.ended], [['incoming', CAUSE.gaveUp], CAUSE.gaveUp]);
  });

  test('stays once a person is heard', async () => {
    const { voice, schedule, dial } = createRig();
    const customer = voice.callIn({ from: '138', to: '12345', patienceMs: 1000 });
    await voice.perform({ kind: 'answer', leg: customer.id });
    await dial('1', '80001');
    await voice.perform({ kind: 'arrange', room: 'call', members: [all('1'), all(customer.id)] });
    assert.equal(await customer.attended, true);
    await schedule.advance(60_000);
    assert.deepEqual([customer.state(), customer.hears(), voice.heardBy('1')], ['up', ['1'], [customer.id]]);
  });
});

describe('what is played', () => {
  test('lasts as long as its file', async () => {
    const { voice, schedule, dial, reports } = createRig();
    await dial('1', '10');
    voice.file('short.wav', 200);
    for (const file of ['short.wav', 'other.wav']) await voice.perform({ kind: 'play', play: file, to: { leg: '1' }, file });
    assert.deepEqual(voice.heardBy('1'), ['short.wav', 'other.wav']);
    await schedule.advance(200);
    assert.deepEqual(voice.heardBy('1'), ['other.wav']);
    await schedule.advance(FILE_MS - 200);
    assert.deepEqual(reports.filter(({ kind }) => kind === 'playEnded').length, 2);
  });

  test('goes on where its order is sent again', async () => {
    const { voice, schedule, dial, reports } = createRig();
    await dial('1', '10');
    const order = { kind: 'play', play: 'p', to: { leg: '1' }, file: 'notice.wav' } as const;
    await voice.perform(order);
    await schedule.advance(FILE_MS - 1);
    await voice.perform(order);
    await schedule.advance(1);
    assert.deepEqual(reports.at(-1), { kind: 'playEnded', play: 'p', why: 'end' });
  });

  test('is on the recording of its room', async () => {
    const { voice, dial } = createRig();
    await dial('1', '10');
    await voice.perform({ kind: 'arrange', room: 'call', members: [all('1')] });
    await voice.perform({ kind: 'record', record: 'r', room: 'call', file: 'r.wav' });
    await voice.perform({ kind: 'play', play: 'p', to: { room: 'call' }, file: 'notice.wav' });
    assert.deepEqual(voice.recorded('r.wav'), [['1', 'notice.wav']]);
    assert.equal(voice.recorded('other.wav'), undefined);
  });
});

test('a flow without a script is refused', async () => {
  const { voice, schedule, dial, told } = createRig();
  await dial('1', '10');
  assert.deepEqual(await voice.perform({ kind: 'flow', vdnId: 1, leg: '1', flow: 'sales', call: 'c' }), { ok: false, why: 'failed', message: 'there is no flow sales' });
  voice.flow('sales', { kind: 'done' }, 400);
  await voice.perform({ kind: 'flow', vdnId: 1, leg: '1', flow: 'sales', call: 'c' });
  assert.deepEqual(voice.heardBy('1'), ['flow:sales']);
  await schedule.advance(400);
  assert.deepEqual([voice.heardBy('1'), told('1')], [[], ['rang', 'answered', 'flowEnded']]);
});

describe('faults', () => {
  test('a switch that restarts knows no leg any more, and does not say so', async () => {
    const { voice, schedule, dial, reports } = createRig();
    const customer = voice.callIn({ from: '138', to: '12345', patienceMs: 1000 });
    await dial('1', '10');
    await voice.perform({ kind: 'arrange', room: 'call', members: [all('1'), all(customer.id)] });
    await voice.perform({ kind: 'play', play: 'p', to: { room: 'call' }, file: 'notice.wav' });
    const { length } = reports;
    voice.faults.loseLegs();
    await schedule.advance(60_000);
    assert.deepEqual([await voice.legs(), reports.length, customer.state(), await customer.attended], [[], length, 'gone', false]);
    assert.deepEqual(await voice.perform({ kind: 'drop', leg: '1', cause: CAUSE.released }), { ok: false, why: 'unknownLeg' });
    assert.deepEqual(await voice.perform({ kind: 'arrange', room: 'call', members: [all('1')] }), { ok: false, why: 'unknownLeg' });
    await dial('2', '10');
    assert.deepEqual(await voice.legs(), [{ leg: '2', state: 'up' }]);
  });

  test('an order that stalls is answered by its deadline and not carried out, until all is well again', async () => {
    const { voice, schedule, told } = createRig();
    voice.faults.stall('dial');
    const answers: Performed[] = [];
    const order = { kind: 'dial', vdnId: 1, leg: '1', to: { kind: 'number', number: '10' }, from: '', ringMs: 30_000 } as const;
    void voice.perform(order).then((performed) => answers.push(performed));
    await schedule.advance(DEADLINE_MS - 1);
    assert.deepEqual(answers, []);
    await schedule.advance(1);
    assert.deepEqual([answers, told('1')], [[{ ok: false, why: 'deadline' }], []]);
    voice.faults.heal();
    assert.deepEqual(await voice.perform(order), { ok: true });
  });

  test('reports get lost, of a kind or all', async () => {
    const { voice, dial, schedule, told } = createRig();
    voice.faults.dropReports('rang');
    await dial('1', '10');
    voice.faults.dropReports();
    voice.phone('10').hangUp();
    await dial('2', '10');
    voice.faults.heal();
    voice.phone('11').behaves(answersAfter(100));
    await dial('3', '11');
    await schedule.advance(100);
    assert.deepEqual([told('1'), told('2'), told('3')], [['answered'], [], ['rang', 'answered']]);
  });
});

test('whoever stops listening is not told what was under way either, and a fault of one listener is not that of another', async (context) => {
  const { voice, schedule, dial, told } = createRig();
  const heard: string[] = [];
  const stop = voice.subscribe(({ kind }) => {
    heard.push(kind);
    stop();
  });
  await dial('1', '10');
  assert.deepEqual([heard, told('1')], [['rang'], ['rang', 'answered']]);

  const thrown: unknown[] = [];
  const keep = (error: unknown): void => { thrown.push(error); };
  process.setUncaughtExceptionCaptureCallback(keep);
  context.after(() => { process.setUncaughtExceptionCaptureCallback(null); });
  const deaf = createSimulatedVoice({ schedule });
  deaf.subscribe(() => { throw new Error('a fault of a listener'); });
  deaf.subscribe(({ kind }) => { heard.push(kind); });
  deaf.callIn({ from: '138', to: '12345' });
  await schedule.advance(0);
  assert.deepEqual([heard, thrown.length], [['rang', 'incoming'], 1]);
});

test('in real time the same happens by itself', async () => {
  const voice = createSimulatedVoice();
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const alive = setTimeout(() => undefined, 10_000);
  voice.subscribe((report) => { if (report.kind === 'answered') resolve(); });
  voice.phone('10').behaves(answersAfter(5));
  await voice.perform({ kind: 'dial', vdnId: 1, leg: '1', to: { kind: 'phone', number: '10' }, from: '', ringMs: 30_000 });
  await answered;
  assert.deepEqual(await voice.legs(), [{ leg: '1', state: 'up' }]);
  voice.faults.loseLegs();
  clearTimeout(alive);
});
