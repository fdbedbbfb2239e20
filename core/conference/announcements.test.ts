import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anAgent, anInvited, aPhone, createHall, type Hall } from './conference.fixture.ts';
import { CODE, roomOf } from './conference.ts';

const FILE = 'y:/conf/1/1136287.V3';
const OTHER = 'y:/conf/1/2.V3';

const ends = (hall: Hall) => hall.told().flatMap((event) => (event.type === 'ConferencePlayEnded' ? [[event.what, event.why]] : []));

describe('an announcement to the conference (6.1.6.13, 6.1.6.14)', () => {
  for (const [background, heard] of [[false, 'none'], [true, 'all']] as const) {
    test(`in the ${background ? 'background the talk goes on' : 'foreground it is all that is heard'}`, () => {
      const hall = createHall();
      const conference = hall.convene(101, [102]);
      hall.told();
      assert.equal(hall.refusal(101, { what: 'stopPlay' }), CODE.notPlaying);
      hall.confers(101, { what: 'play', file: FILE, background });
      assert.equal(hall.refusal(101, { what: 'play', file: FILE, background: !background }), CODE.playing);
      assert.deepEqual(hall.room(conference).map(({ to, hears }) => [to, hears]), [[heard, true], [heard, true]]);
      const played = hall.lastPlay();
      assert.deepEqual(played, { kind: 'play', play: played.play, to: { room: roomOf(1, conference.id) }, file: FILE });
      hall.does({ kind: 'playEnded', play: played.play, why: 'end' });
      assert.deepEqual(hall.room(conference).map(({ to }) => to), ['all', 'all']);
      assert.deepEqual(ends(hall), [[background ? 'background' : 'foreground', 'end']]);
      assert.equal(hall.refusal(101, { what: 'stopPlay' }), CODE.notPlaying);
      assert.deepEqual(hall.stops(), [], 'nothing is stopped that is over');
    });
  }

  test('is stopped by the chair, and what the port says of it later means nothing', () => {
    const hall = createHall();
    hall.convene(101);
    hall.told();
    hall.confers(101, { what: 'play', file: FILE, background: false });
    const { play } = hall.lastPlay();
    hall.confers(101, { what: 'stopPlay' });
    assert.deepEqual(hall.stops(), [play]);
    assert.deepEqual(ends(hall), [['foreground', 'stopped']]);
    assert.deepEqual(hall.send({ kind: 'playEnded', play, why: 'stopped' }).events, []);
    hall.confers(101, { what: 'play', file: OTHER, background: false });
    assert.notEqual(hall.lastPlay().play, play, 'names are used once');
  });

  test('a file that cannot be played is told of, and the talk goes on', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.told();
    hall.confers(101, { what: 'play', file: FILE, background: false });
    hall.does({ kind: 'playEnded', play: hall.lastPlay().play, why: 'failed' });
    assert.deepEqual(ends(hall), [['foreground', 'failed']]);
    assert.equal(hall.room(conference)[0]?.to, 'all');
  });

  test('reports of what nobody plays are no matter', () => {
    const hall = createHall();
    for (const play of ['', 'x', 'conf-1-1-1', 'conf-1-99-1']) assert.deepEqual(hall.send({ kind: 'playEnded', play, why: 'end' }).events, []);
  });
});

describe('an announcement to one participant (6.1.6.15, 6.1.6.16)', () => {
  test('is all that the participant hears, one at a time; the others may have their own', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102, 103]);
    hall.told();
    const to = (agent: number) => ({ what: 'playTo', participant: anAgent(agent), file: FILE }) as const;
    assert.equal(hall.refusal(101, { what: 'stopPlayTo', participant: anAgent(102) }), CODE.notPlayingTo);
    hall.confers(101, to(102));
    const { play } = hall.lastPlay();
    assert.deepEqual(hall.lastPlay().to, { leg: hall.phone(102) });
    assert.deepEqual(hall.member(conference, anAgent(102)), { leg: hall.phone(102), to: 'all', hears: false, music: false });
    assert.equal(hall.refusal(101, to(102)), CODE.playingTo);
    hall.confers(101, to(103));
    hall.confers(101, { what: 'play', file: OTHER, background: true });
    hall.does({ kind: 'playEnded', play, why: 'end' });
    assert.equal(hall.member(conference, anAgent(102))?.hears, true);
    hall.confers(101, { what: 'stopPlayTo', participant: anAgent(103) });
    assert.deepEqual(ends(hall), [['channel', 'end'], ['channel', 'stopped']]);
  });

  test('is played to whoever is held too, and the hold stays', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    hall.confers(101, { what: 'hold', participant: anAgent(102), file: FILE });
    hall.confers(101, { what: 'playTo', participant: anAgent(102), file: OTHER });
    hall.confers(101, { what: 'stopPlayTo', participant: anAgent(102) });
    assert.deepEqual(hall.member(conference, anAgent(102)), { leg: hall.phone(102), to: 'none', hears: false, music: true });
  });

  test('ends with the participant\'s stay', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    hall.confers(101, { what: 'playTo', participant: anAgent(102), file: FILE });
    const { play } = hall.lastPlay();
    hall.told();
    hall.confers(102, { what: 'leave' });
    assert.deepEqual(hall.told().map(({ type }) => type), ['ConferencePlayEnded', 'ConferenceLeft']);
    assert.deepEqual(hall.stops(), [play]);
    assert.equal(conference.plays.size, 0);
  });
});

describe('tones', () => {
  test('sound when somebody joins or leaves, one at a time, after the newcomer is in the room', () => {
    const hall = createHall();
    const conference = hall.convene(101, [], { tone: FILE });
    const plays = () => hall.orders.filter(({ kind }) => kind === 'play').length;
    assert.equal(plays(), 0, 'not for the chair alone');
    hall.signIn(102);
    hall.invite(101, anAgent(102));
    hall.confers(102, { what: 'answer' });
    assert.equal(plays(), 1);
    const [arranged, played] = hall.orders.slice(-2);
    assert.deepEqual([arranged?.kind, played?.kind], ['arrange', 'play']);
    hall.phoneIn(101, '13900000001');
    assert.equal(plays(), 1, 'the first still sounds');
    hall.does({ kind: 'playEnded', play: hall.lastPlay().play, why: 'end' });
    hall.confers(102, { what: 'leave' });
    assert.equal(plays(), 2);
    assert.deepEqual(hall.lastPlay().to, { room: roomOf(1, conference.id) });
  });

  test('a welcome is for the newcomer alone', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.confers(101, { what: 'invite', invited: [anInvited(aPhone('13900000001'))], welcome: OTHER });
    const { leg = '' } = hall.participant(conference, aPhone('13900000001'));
    hall.answers(leg);
    assert.deepEqual([hall.lastPlay().to, hall.lastPlay().file], [{ leg }, OTHER]);
    assert.equal(hall.member(conference, aPhone('13900000001'))?.hears, false);
    hall.does({ kind: 'playEnded', play: hall.lastPlay().play, why: 'end' });
    assert.equal(hall.member(conference, aPhone('13900000001'))?.hears, true);
  });
});
