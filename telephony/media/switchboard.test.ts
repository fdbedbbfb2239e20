import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, member, RINGBACK_HERTZ, type Party, type Rig } from './switchboard.fixture.ts';

/** The tones of these, and no others, are in somebody's ears. */
const assertHears = (party: Party, tones: readonly number[]): void => {
  assert.deepEqual(Object.keys(party.hears()).map(Number), tones.toSorted((a, b) => a - b), `what ${party.leg} hears: ${JSON.stringify(party.hears())}`);
};

const near = (value: number | undefined, wanted: number): void => { assert.ok(value !== undefined && Math.abs(value - wanted) < 0.1, `${value} instead of ${wanted}`); };

async function conversation(rig: Rig, codecs: readonly ['PCMA' | 'PCMU' | 'G722', 'PCMA' | 'PCMU' | 'G722'] = ['PCMA', 'PCMA']): Promise<readonly [Party, Party]> {
  const [one, other] = [await rig.party({ codec: codecs[0] }), await rig.party({ codec: codecs[1] })];
  await rig.arrange('room', [member(one), member(other)]);
  return [one, other];
}

describe('who hears whom', () => {
  test('two who talk have each other\'s packets passed on, and nothing is put together for them', async () => {
    const rig = createRig();
    const [one, other] = await conversation(rig);
    await rig.pass(400);
    assertHears(one, [other.hertz]);
    assertHears(other, [one.hertz]);
    near(one.hears()[other.hertz], 1);
    assert.equal(rig.isBusy(), false);
  });

  for (const codecs of [['PCMA', 'PCMU'], ['G722', 'PCMA'], ['G722', 'PCMU']] as const) {
    test(`two of different codecs hear each other: ${codecs.join(' and ')}`, async () => {
      const rig = createRig();
      const [one, other] = await conversation(rig, codecs);
      await rig.pass(600);
      assertHears(one, [other.hertz]);
      assertHears(other, [one.hertz]);
      near(one.hears()[other.hertz], 1);
    });
  }

  test('three hear one another, and nobody hears himself', async () => {
    const rig = createRig();
    const all = [await rig.party(), await rig.party({ codec: 'PCMU' }), await rig.party()];
    await rig.arrange('room', all.map((party) => member(party)));
    await rig.pass(600);
    for (const party of all) assertHears(party, all.filter((other) => other !== party).map(({ hertz }) => hertz));
  });

  test('who is muted is not heard, who does not hear gets nothing, and gains are as loud as they say', async () => {
    const rig = createRig();
    const [muted, deaf, quiet] = [await rig.party(), await rig.party(), await rig.party()];
    await rig.arrange('room', [member(muted, { to: 'none' }), member(deaf, { hears: false }), member(quiet, { gain: 0.5 })]);
    await rig.pass(600);
    assertHears(muted, [deaf.hertz, quiet.hertz]);
    near(muted.hears()[quiet.hertz], 0.5);
    assertHears(deaf, []);
    assertHears(quiet, [deaf.hertz]);
  });

  test('a whisper is heard by the one it is for', async () => {
    const rig = createRig();
    const [agent, customer, inspector] = [await rig.party(), await rig.party(), await rig.party()];
    await rig.arrange('room', [member(agent), member(customer), member(inspector, { to: [agent.leg] })]);
    await rig.pass(600);
    assertHears(agent, [customer.hertz, inspector.hertz]);
    assertHears(customer, [agent.hertz]);
    assertHears(inspector, [agent.hertz, customer.hertz]);
  });

  test('two who hear the same one alone both hear that one whole', async () => {
    const rig = createRig();
    const [speaker, one, other] = [await rig.party(), await rig.party(), await rig.party()];
    await rig.arrange('room', [member(speaker), member(one, { to: 'none' }), member(other, { to: 'none' })]);
    await rig.pass(600);
    for (const listener of [one, other]) {
      assertHears(listener, [speaker.hertz]);
      near(listener.hears()[speaker.hertz], 1);
    }
  });

  test('who waits hears music, and then the one who comes; who leaves hears silence', async () => {
    const rig = createRig();
    const [customer, agent] = [await rig.party(), await rig.party({ up: false })];
    await rig.arrange('room', [member(customer, { music: true }), member(agent)]);
    await rig.pass(400);
    assertHears(customer, [rig.music]);
    assertHears(agent, []);
    await rig.perform({ kind: 'up', leg: agent.leg });
    await rig.arrange('room', [member(customer), member(agent)]);
    await rig.pass(400);
    assertHears(customer, [agent.hertz]);
    await rig.arrange('room', [member(agent)]);
    await rig.pass(400);
    assertHears(customer, []);
    assertHears(agent, []);
  });

  test('whoever goes to another room is heard there and no more here', async () => {
    const rig = createRig();
    const [one, other] = await conversation(rig);
    const third = await rig.party();
    await rig.arrange('elsewhere', [member(third), member(one)]);
    await rig.pass(400);
    assertHears(third, [one.hertz]);
    assertHears(one, [third.hertz]);
    assertHears(other, []);
    await rig.perform({ kind: 'close', leg: one.leg });
    await rig.pass(400);
    assertHears(third, []);
    assert.deepEqual(await rig.perform({ kind: 'up', leg: one.leg }), { ok: false, why: 'unknownLeg' });
  });
});

describe('before the answer', () => {
  test('who waits alone for somebody who is rung hears the ringing, and then the one who answers', async () => {
    const rig = createRig();
    const [agent, called] = [await rig.party(), await rig.party({ up: false, agreed: false })];
    await rig.arrange('room', [member(agent), member(called)]);
    await rig.pass(400);
    assertHears(agent, []);
    await rig.perform({ kind: 'rings', leg: called.leg });
    await rig.pass(400);
    assertHears(agent, [RINGBACK_HERTZ]);
    await rig.perform({ kind: 'accept', leg: called.leg, sdp: '' });
    await rig.perform({ kind: 'up', leg: called.leg });
    await rig.pass(400);
    assertHears(agent, [called.hertz]);
    assertHears(called, [agent.hertz]);
  });

  test('the far network\'s own announcement is heard instead, by who is up, and nobody is heard by who is rung', async () => {
    const rig = createRig();
    const [agent, called] = [await rig.party(), await rig.party({ up: false })];
    await rig.arrange('room', [member(agent), member(called)]);
    await rig.perform({ kind: 'rings', leg: called.leg });
    await rig.pass(400);
    assertHears(agent, [called.hertz]);
    assertHears(called, []);
  });
});

describe('keys', () => {
  test('that are pressed are told and not heard by others', async () => {
    const rig = createRig();
    const [one, other] = await conversation(rig);
    one.press(['4', '2', '#']);
    await rig.pass(1500);
    assert.deepEqual(rig.reports.flatMap((report) => (report.kind === 'key' ? [`${report.leg} ${report.key}`] : [])), ['4', '2', '#'].map((key) => `${one.leg} ${key}`));
    assert.equal(other.keys(), '');
  });

  test('are sent while packets are passed on, and while sound is mixed', async () => {
    const rig = createRig();
    const [one] = await conversation(rig);
    await rig.perform({ kind: 'keys', leg: one.leg, keys: '12' });
    await rig.pass(1000);
    assert.equal(one.keys(), '12');
    await rig.arrange('room', [member(one, { music: true })]);
    await rig.perform({ kind: 'keys', leg: one.leg, keys: '*3' });
    await rig.pass(1000);
    assert.equal(one.keys(), '12*3');
  });

  test('are tones to a telephone without telephone-event, in place of the sound', async () => {
    const rig = createRig();
    const [old, other] = [await rig.party({ events: false }), await rig.party()];
    await rig.arrange('room', [member(old), member(other)]);
    await rig.pass(400);
    await rig.perform({ kind: 'keys', leg: old.leg, keys: '5' });
    await rig.pass(80);
    assert.ok((old.hears()[other.hertz] ?? 1) < 0.9, JSON.stringify(old.hears()));
    await rig.pass(600);
    near(old.hears()[other.hertz], 1);
  });

  test('are heard in the sound of a telephone without telephone-event', async () => {
    const rig = createRig();
    const [old, other] = [await rig.party({ events: false }), await rig.party()];
    await rig.arrange('room', [member(old), member(other)]);
    old.sing('59#');
    await rig.pass(1500);
    assert.deepEqual(rig.reports, ['5', '9', '#'].map((key) => ({ kind: 'key', leg: old.leg, key })));
    assertHears(other, [old.hertz]);
  });
});

describe('files', () => {
  test('are heard beside the others by one leg, till their end', async () => {
    const rig = createRig();
    const [one, other] = await conversation(rig);
    assert.deepEqual(await rig.perform({ kind: 'play', play: 'p', to: { leg: one.leg }, path: 'of 600 ms' }), { ok: true });
    await rig.pass(400);
    assertHears(one, [other.hertz, rig.file]);
    assertHears(other, [one.hertz]);
    await rig.pass(600);
    assert.deepEqual(rig.reports, [{ kind: 'playEnded', play: 'p', why: 'end' }]);
    assertHears(one, [other.hertz]);
    assert.equal(rig.isBusy(), false, 'they have each other\'s packets again');
  });

  test('are heard in place of the music, and in a room by all who hear one another', async () => {
    const rig = createRig();
    const [one, other, waiting] = [await rig.party(), await rig.party(), await rig.party()];
    await rig.arrange('room', [member(one), member(other), member(waiting, { to: 'none', music: true })]);
    await rig.perform({ kind: 'play', play: 'all', to: { room: 'room' }, path: 'of 5000 ms' });
    await rig.pass(600);
    assertHears(one, [other.hertz, rig.file]);
    assertHears(waiting, [rig.music]);
    await rig.perform({ kind: 'play', play: 'mine', to: { leg: waiting.leg }, path: 'of 5000 ms' });
    await rig.pass(400);
    assertHears(waiting, [rig.file]);
    await rig.perform({ kind: 'pausePlay', play: 'mine' });
    await rig.pass(400);
    assertHears(waiting, []);
    await rig.perform({ kind: 'resumePlay', play: 'mine' });
    await rig.perform({ kind: 'seekPlay', play: 'mine', ms: 4980 });
    await rig.pass(400);
    assertHears(waiting, [rig.music]);
    await rig.arrange('room', []);
    assert.deepEqual(rig.reports, [{ kind: 'playEnded', play: 'mine', why: 'end' }, { kind: 'playEnded', play: 'all', why: 'stopped' }]);
  });

  test('that are not there are refused', async () => {
    const rig = createRig();
    const one = await rig.party();
    const answer = await rig.perform({ kind: 'play', play: 'p', to: { leg: one.leg }, path: 'missing' });
    assert.equal(answer.ok ? 'taken' : answer.why, 'failed');
    assert.deepEqual(await rig.perform({ kind: 'play', play: 'p', to: { room: 'none' }, path: 'of 20 ms' }), { ok: false, why: 'unknownRoom' });
  });
});

describe('recordings', () => {
  test('have one leg apart from the others, and neither whispers nor music', async () => {
    const rig = createRig();
    const [customer, agent, inspector, muted] = [await rig.party(), await rig.party(), await rig.party(), await rig.party()];
    const members = [member(customer, { music: true }), member(agent), member(inspector, { to: [agent.leg] }), member(muted, { to: 'none' })];
    await rig.arrange('room', members);
    await rig.perform({ kind: 'record', record: 'r', of: { room: 'room' }, path: 'both', apart: customer.leg });
    await rig.pass(600);
    await rig.perform({ kind: 'stopRecord', record: 'r' });
    await rig.pass(20);
    assert.deepEqual(rig.recorded('both'), [[customer.hertz], [agent.hertz]]);
    assert.deepEqual(rig.reports, [{ kind: 'recorded', record: 'r', ms: 600, why: 'stopped' }]);
  });

  test('are of two whose packets are passed on, leave out what is paused, and end with the room', async () => {
    const rig = createRig();
    const [one, other] = await conversation(rig);
    await rig.perform({ kind: 'record', record: 'r', of: { room: 'room' }, path: 'mono' });
    await rig.pass(400);
    await rig.perform({ kind: 'pauseRecord', record: 'r' });
    await rig.pass(400);
    await rig.perform({ kind: 'resumeRecord', record: 'r' });
    await rig.pass(400);
    assertHears(one, [other.hertz]);
    await rig.arrange('room', []);
    await rig.pass(20);
    assert.deepEqual(rig.recorded('mono'), [[one.hertz, other.hertz]]);
    assert.deepEqual(rig.reports, [{ kind: 'recorded', record: 'r', ms: 800, why: 'end' }]);
    assert.equal(rig.isBusy(), true, 'they hear silence now');
  });
});
