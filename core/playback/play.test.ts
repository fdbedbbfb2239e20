import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EVERY_BIT, FIRST_CONFIG, createRig, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import { syncStateOf } from '../agent/projection.ts';
import type { Profile } from '../agent/agent.ts';
import type { Playback, Found } from './playback.ts';
import type { PlaybackChange } from './play.ts';

const PATH = 'Y:/1/0/20260105/101/1.V3';
const PLAY = 'play-1-101-1';
const asked = { kind: 'play', agent: 101, path: PATH, fromMs: 0, repeats: false, gain: 1 } as const;

const stateOf = ({ centre }: Rig): string | undefined => centre.agents.get(101)?.state;
const playback = ({ centre }: Rig): string => centre.agents.get(101)?.playback?.state ?? 'none';
const change = (rig: Rig, what: PlaybackChange): string | undefined => rig.refuses({ kind: 'changePlayback', agent: 101, change: what });

function atDesk(profile: Partial<Profile> = {}, state: Found = 'idle', options: RigOptions = {}): Rig {
  const rig = createRig(options);
  rig.signIn(101, profile, state);
  return rig;
}

/** A playback in each of its states. */
const IN: Readonly<Record<Playback['state'] | 'none', () => Rig>> = {
  none: () => atDesk(),
  alerting: () => { const rig = atDesk({}, 'idle', { phonesAnswer: false }); rig.does(asked); return rig; },
  ordered: () => { const rig = atDesk(); rig.does(asked); return rig; },
  playing: () => { const rig = IN.ordered(); rig.does({ kind: 'playBegan', play: PLAY }); return rig; },
  paused: () => { const rig = IN.playing(); rig.does({ kind: 'changePlayback', agent: 101, change: { what: 'pause' } }); return rig; },
};

/** 13.1.1.2 to 13.1.1.6: where each leads, from each state; what does not stand there is refused. */
const LEADS: Readonly<Record<Playback['state'] | 'none', Readonly<Partial<Record<PlaybackChange['what'], Playback['state'] | 'none'>>>>> = {
  none: {},
  alerting: { stop: 'none' },
  ordered: { stop: 'none' },
  playing: { pause: 'paused', forward: 'playing', rewind: 'playing', stop: 'none' },
  paused: { resume: 'playing', stop: 'none' },
};

describe('a playback', () => {
  for (const [state, make] of Object.entries(IN) as [Playback['state'] | 'none', () => Rig][]) {
    test(`that is ${state}`, () => {
      for (const what of ['pause', 'resume', 'forward', 'rewind', 'stop'] as const) {
        const rig = make();
        assert.equal(playback(rig), state);
        const to = LEADS[state][what];
        const refused = change(rig, what === 'forward' || what === 'rewind' ? { what, ms: 10_000 } : { what });
        assert.deepEqual([refused, playback(rig)], [to === undefined ? 'wrongState' : undefined, to ?? state], what);
      }
    });
  }

  test('is ordered of the voice port as it was asked for', () => {
    const rig = atDesk();
    rig.does({ ...asked, fromMs: 5000, repeats: true, gain: 0.4 });
    assert.deepEqual(rig.orders.at(-1), { kind: 'play', play: PLAY, to: { leg: rig.phone(101) }, file: PATH, fromMs: 5000, repeats: true, gain: 0.4 });
    rig.does({ kind: 'playBegan', play: PLAY });
    for (const what of [{ what: 'forward', ms: 10_000 }, { what: 'rewind', ms: 100_000 }, { what: 'pause' }, { what: 'resume' }, { what: 'stop' }] as const) rig.does({ kind: 'changePlayback', agent: 101, change: what });
    assert.deepEqual(rig.orders.slice(-5), [
      { kind: 'seekPlay', play: PLAY, ms: 10_000, from: 'here' }, { kind: 'seekPlay', play: PLAY, ms: -100_000, from: 'here' },
      { kind: 'pausePlay', play: PLAY }, { kind: 'resumePlay', play: PLAY }, { kind: 'stopPlay', play: PLAY },
    ]);
    const plain = atDesk();
    plain.does(asked);
    assert.deepEqual(plain.orders.at(-1), { kind: 'play', play: PLAY, to: { leg: plain.phone(101) }, file: PATH });
  });

  test('is 5 of Table 6-454, and 7 while the phone rings for it', () => {
    const states = (['alerting', 'ordered', 'playing', 'paused'] as const).map((state) => {
      const { centre } = IN[state]();
      const agent = centre.agents.get(101);
      return agent === undefined ? 0 : syncStateOf(centre, agent);
    });
    assert.deepEqual(states, [7, 5, 5, 5]);
  });

  test('is no talk: its time counts for nothing (6.1.3.9)', () => {
    const rig = IN.playing();
    rig.wait(60_000);
    change(rig, { what: 'stop' });
    rig.wait(1000);
    assert.equal(rig.centre.agents.get(101)?.counters.talkMs, 0);
  });

  test('of one agent has nothing to do with that of another, nor with one before', () => {
    const rig = IN.playing();
    rig.signIn(102);
    rig.does({ ...asked, agent: 102 });
    rig.does({ kind: 'playEnded', play: 'play-1-102-1', why: 'end' });
    assert.equal(playback(rig), 'playing');
    change(rig, { what: 'stop' });
    rig.does(asked);
    rig.does({ kind: 'playBegan', play: PLAY });
    assert.equal(playback(rig), 'ordered', 'what is told late is about the one before');
  });
});

describe('who can have a recording played', () => {
  test('nobody who is on the phone, has none, rests, or has no right to it', () => {
    for (const [why, prepare] of [
      ['wrongState', (rig) => { rig.callIn(1); }],
      ['wrongState', (rig) => { rig.callIn(1); rig.does({ kind: 'hold', agent: 101 }); }],
      ['wrongState', (rig) => { rig.does({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000, reason: 1 }); }],
      ['wrongState', (rig) => { rig.does(asked); }],
      ['wrongState', (rig) => { rig.signIn(102); rig.does({ kind: 'inspect', agent: 101, target: 102, how: 'listen' }); }],
      ['noPermission', (rig) => { rig.does({ kind: 'configure', change: { roles: [{ id: 2, bits: EVERY_BIT.filter((bit) => bit !== 16) }] } }); }],
    ] as readonly (readonly [string, (rig: Rig) => void])[]) {
      const rig = atDesk();
      prepare(rig);
      assert.equal(rig.refuses(asked), why, prepare.toString());
    }
    assert.equal(atDesk({ phone: '' }).refuses(asked), 'phoneUnavailable');
  });

  test('and nobody who hears one does anything else on the phone', () => {
    const rig = IN.playing();
    rig.signIn(102);
    for (const command of [
      { kind: 'dialOut', agent: 101, called: '40040', caller: '' }, { kind: 'callInner', agent: 101, called: '102', caller: '' }, { kind: 'inspect', agent: 101, target: 102, how: 'listen' },
      { kind: 'retrieve', agent: 101 }, { kind: 'hold', agent: 101 }, { kind: 'record', agent: 101, append: false }, { kind: 'signOut', agent: 101 },
    ] as const) assert.notEqual(rig.refuses(command), undefined, command.kind);
    assert.deepEqual(rig.does({ kind: 'conference', agent: 101, asked: { what: 'request', seats: 5, minutes: 10, promptMinutes: 3, caller: '' } }).events.map(({ type }) => type), ['ConferenceFailed']);
    assert.equal(playback(rig), 'playing');
  });
});

describe('where an agent goes afterwards', () => {
  /** By where the agent came from, and whether the phone is hung up. */
  for (const releasePhone of [true, false]) {
    for (const [found, autoEnterIdle, then] of [['idle', true, 'idle'], ['busy', true, 'busy'], ['wrapUp', true, 'idle'], ['wrapUp', false, 'wrapUp']] as const) {
      test(`${then} from ${found}${releasePhone ? ', once the phone is down' : ''}${autoEnterIdle ? '' : ', where wrap-up is ended by the agent'}`, () => {
        const rig = atDesk({ releasePhone, autoEnterIdle }, found, { legsEnd: false });
        rig.does(asked);
        rig.does({ kind: 'playBegan', play: PLAY });
        rig.does({ kind: 'playEnded', play: PLAY, why: 'end' });
        if (releasePhone) {
          assert.equal(stateOf(rig), found === 'wrapUp' ? 'wrapUp' : 'talking', 'until then');
          rig.hangsUp(rig.phone(101), 0);
        }
        assert.equal(stateOf(rig), then);
        assert.equal(rig.centre.legs.size, releasePhone ? 0 : 1);
      });
    }
  }

  test('into what was asked for meanwhile', () => {
    const rig = IN.playing();
    rig.does({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000, reason: 1 });
    change(rig, { what: 'stop' });
    assert.equal(stateOf(rig), 'rest');
    const busy = atDesk({}, 'busy');
    busy.does(asked);
    busy.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    change(busy, { what: 'stop' });
    assert.equal(stateOf(busy), 'idle', 'who has changed its mind is not busy again');
  });

  test('and the next one is heard on a phone that is on its way down, when it is', () => {
    const rig = atDesk({ releasePhone: true }, 'idle', { legsEnd: false, config: FIRST_CONFIG });
    rig.does(asked);
    change(rig, { what: 'stop' });
    assert.equal(rig.refuses(asked), 'wrongState', 'the agent is not idle before');
    rig.hangsUp(rig.phone(101), 0);
    rig.does(asked);
    assert.equal(playback(rig), 'ordered');
  });
});
