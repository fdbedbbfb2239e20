import { FRAME_SAMPLES } from '../audio/frame.ts';
import { playTone } from '../audio/tones.ts';
import type { NegotiatedEnd } from './end.ts';
import { createLeg, type MediaLeg } from './leg.ts';
import { mixInto, type Source } from './mixer.ts';
import { OK, refused, type Carrier, type MediaAnswer, type MediaOrder, type MediaReport, type PlayTo } from './order.ts';
import { createPlays, type Play, type Sound } from './plays.ts';
import { createRecordings, type Recorder } from './recordings.ts';
import { createRooms, type Changed } from './rooms.ts';

export interface SwitchboardDependencies {
  /** Opens the far end of a leg; undefined where there is no port left. */
  readonly openEnd: (carrier: Carrier) => Promise<NegotiatedEnd | undefined>;
  readonly openSound: (path: string, repeats: boolean, fromMs: number) => Promise<Sound>;
  readonly openRecorder: (path: string, channels: 1 | 2, append: boolean) => Promise<Recorder>;
  /** What waits for all who wait. */
  readonly music: Sound | undefined;
  readonly now: () => number;
  readonly tell: (report: MediaReport) => void;
}

/** The sound of one thread: who hears whom, and how. */
export interface Switchboard {
  readonly perform: (order: MediaOrder) => Promise<MediaAnswer>;
  /** 20 ms have passed. */
  readonly tick: () => void;
  /** Whether there is anything to do when they have. */
  readonly isBusy: () => boolean;
  /** Gives the end of a leg away, or brings one in. */
  readonly takeOut: (leg: string) => NegotiatedEnd | undefined;
  readonly bringIn: (leg: string, end: NegotiatedEnd, isUp: boolean) => void;
  /** Something else was agreed on with the other end of a leg that is negotiated elsewhere. */
  readonly agreedAnew: (leg: string) => void;
  readonly close: () => Promise<void>;
}

/** What a leg hears. */
interface Ears {
  readonly leg: MediaLeg;
  readonly sources: readonly Source[];
}

const NOBODY = { frames: false, by: undefined } as const;
const RINGBACK = 'ringback';

export function createSwitchboard({ openEnd, openSound, openRecorder, music, now, tell }: SwitchboardDependencies): Switchboard {
  const ends = new Map<string, NegotiatedEnd>();
  const legs = new Map<string, MediaLeg>();
  const rooms = createRooms();
  const plays = createPlays(tell);
  const recordings = createRecordings(tell);
  /** Those whose sound is put together frame by frame. */
  const mixed = new Map<string, Ears>();
  /** Those who get another's packets as they are, and of whom. */
  const relayed = new Map<string, MediaLeg>();
  /** Legs that get keys between the packets that are passed on to them. */
  const pressing = new Set<MediaLeg>();
  /** Legs whose keys are tones. */
  const watched = new Set<MediaLeg>();
  const frame = new Int16Array(FRAME_SAMPLES);
  const musicFrame = new Int16Array(FRAME_SAMPLES);
  let musicIn = -1;
  let ticks = 0;

  const hearMusic = (tick: number): Int16Array => {
    if (musicIn !== tick) {
      musicIn = tick;
      if (music?.next(musicFrame) !== true) musicFrame.fill(0);
    }
    return musicFrame;
  };

  /** Somebody heard goes on at its loudness; whoever comes in swells within a frame. */
  const sourceOf = (of: string, hear: Source['hear'], gain: number, before: readonly Source[]): Source =>
    ({ of, hear, gain, reached: before.find((source) => source.of === of)?.reached ?? 0 });

  const playSources = (heard: readonly Play[], before: readonly Source[]): Source[] => heard.map((play) => sourceOf(`play ${play.name}`, play.hear, play.gain, before));

  const voices = (of: readonly { readonly leg: string; readonly gain: number }[]): { readonly leg: MediaLeg; readonly gain: number }[] =>
    of.flatMap(({ leg: id, gain }) => {
      const leg = legs.get(id);
      return leg !== undefined && (leg.isUp || isEarly(leg)) ? [{ leg, gain }] : [];
    });

  /** Sound before the answer (RFC 3960): announcements, or the ringing of the far network. */
  const isEarly = (leg: MediaLeg): boolean => !leg.isUp && leg.agreed() !== undefined;

  /** Whoever waits alone for somebody who is rung hears the ringing. */
  const ringing = (leg: MediaLeg, before: readonly Source[]): Source[] => {
    const isRung = rooms.legsIn(rooms.roomOf(leg.id) ?? '').some((id) => legs.get(id)?.rings === true && legs.get(id)?.isUp === false);
    if (!isRung) return [];
    const known = before.find(({ of }) => of === RINGBACK);
    if (known !== undefined) return [known];
    const tone = playTone('ringback');
    const sound = new Int16Array(FRAME_SAMPLES);
    return [{
      of: RINGBACK, gain: 1, reached: 1,
      hear: () => {
        tone.next(sound);
        return sound;
      },
    }];
  };

  const isSameSound = (one: MediaLeg, other: MediaLeg): boolean => one.agreed() !== undefined && one.agreed()?.codec === other.agreed()?.codec;

  /** Finds out anew what a leg hears: one voice and nothing else is passed on as it is, all else is mixed. */
  const listen = (leg: MediaLeg): void => {
    const before = mixed.get(leg.id)?.sources ?? [];
    mixed.delete(leg.id);
    relayed.delete(leg.id);
    const own = plays.toLeg(leg.id);
    const member = rooms.memberOf(leg.id);
    if (!leg.isUp) {
      if (own.length > 0) mixed.set(leg.id, { leg, sources: playSources(own, before) });
      return;
    }
    if (member?.music === true) {
      const sources = own.length > 0 ? playSources(own, before) : [sourceOf('music', hearMusic, 1, before)];
      mixed.set(leg.id, { leg, sources });
      return;
    }
    const isListening = member?.hears === true;
    const heard = isListening ? voices(rooms.voicesFor(leg.id)) : [];
    const played = [...own, ...isListening ? plays.toRoom(rooms.roomOf(leg.id) ?? '') : []];
    const [only] = heard;
    if (only !== undefined && heard.length === 1 && only.gain === 1 && played.length === 0 && isSameSound(only.leg, leg)) relayed.set(leg.id, only.leg);
    else if (isListening && heard.length === 0 && played.length === 0) mixed.set(leg.id, { leg, sources: ringing(leg, before) });
    else mixed.set(leg.id, { leg, sources: [...heard.map((voice) => sourceOf(voice.leg.id, voice.leg.hear, voice.gain, before)), ...playSources(played, before)] });
  };

  /** A packet is rewritten where it lies, so it can be passed on to one only: several who hear the same one alone have it mixed. */
  const mixForEach = (source: MediaLeg, by: readonly string[]): void => {
    for (const id of by) {
      const leg = legs.get(id);
      relayed.delete(id);
      if (leg !== undefined) mixed.set(id, { leg, sources: [sourceOf(source.id, source.hear, 1, [])] });
    }
  };

  /** Puts in force what legs hear, and how their own sound is wanted. */
  const settle = (ids: Iterable<string>): void => {
    const touched = new Set(ids);
    for (const id of [...touched]) for (const other of rooms.legsIn(rooms.roomOf(id) ?? '')) touched.add(other);
    for (const id of touched) {
      const leg = legs.get(id);
      if (leg === undefined) {
        mixed.delete(id);
        relayed.delete(id);
      } else listen(leg);
    }
    for (const recording of recordings.all()) if (isAbout(recording.of, touched)) tap(recording.name);
    const framed = new Set<string>();
    const relays = new Map<string, string[]>();
    for (const [id, source] of relayed) relays.set(source.id, [...relays.get(source.id) ?? [], id]);
    for (const id of touched) {
      const leg = legs.get(id);
      const by = relays.get(id);
      if (leg !== undefined && by !== undefined && by.length > 1) mixForEach(leg, by);
    }
    for (const { sources } of mixed.values()) for (const { of } of sources) framed.add(of);
    for (const { sources } of recordings.all()) for (const channel of sources) for (const { of } of channel) framed.add(of);
    for (const id of touched) {
      const [listener, ...more] = relays.get(id) ?? [];
      const leg = legs.get(id);
      const isWatched = leg?.isUp === true && leg.isForTones();
      if (leg !== undefined && isWatched) watched.add(leg);
      leg?.want({ frames: isWatched || framed.has(id), by: more.length > 0 || listener === undefined || !relayed.has(listener) ? undefined : legs.get(listener) });
    }
  };

  const isAbout = (of: PlayTo, touched: ReadonlySet<string>): boolean =>
    'leg' in of ? touched.has(of.leg) : rooms.legsIn(of.room).some((leg) => touched.has(leg)) || !rooms.has(of.room);

  /** What a recording hears now. */
  const tap = (name: string): void => {
    const recording = recordings.find(name);
    if (recording === undefined) return;
    const before = recording.sources.flat();
    const heard = voices('leg' in recording.of ? [{ leg: recording.of.leg, gain: 1 }] : rooms.saidToAll(recording.of.room));
    const said = heard.map(({ leg, gain }) => sourceOf(leg.id, leg.hear, gain, before));
    const played = 'room' in recording.of ? playSources(plays.toRoom(recording.of.room), before) : [];
    recording.sources = recording.apart === undefined ? [[...said, ...played]]
      : [said.filter(({ of }) => of === recording.apart), [...said.filter(({ of }) => of !== recording.apart), ...played]];
  };

  const changed = ({ legs: concerned, emptied }: Changed): void => {
    for (const room of emptied) {
      for (const { name } of plays.toRoom(room)) plays.end(name, 'stopped');
      for (const { name, of } of recordings.all()) if ('room' in of && of.room === room) recordings.end(name, 'end');
    }
    settle(concerned);
  };

  const legsOf = (of: PlayTo): readonly string[] => ('leg' in of ? [of.leg] : rooms.legsIn(of.room));

  const endPlay = (name: string, why: 'end' | 'stopped' | 'failed'): void => {
    const play = plays.end(name, why);
    if (play !== undefined) settle(legsOf(play.to));
  };

  const agree = async (id: string): Promise<void> => {
    const agreed = ends.get(id)?.agreed();
    if (agreed !== undefined) await legs.get(id)?.agree(agreed);
    settle([id]);
  };

  const makeLeg = (id: string, end: NegotiatedEnd): MediaLeg => {
    const leg = createLeg({
      id, end, now,
      pressed: (key) => { tell({ kind: 'key', leg: id, key }); },
      lost: (why) => { tell({ kind: 'lost', leg: id, why }); },
    });
    legs.set(id, leg);
    return leg;
  };

  /** Its sound is not made here any more. */
  const forget = (id: string): void => {
    const leg = legs.get(id);
    if (leg === undefined) return;
    for (const { name } of plays.toLeg(id)) plays.end(name, 'stopped');
    for (const { name, of } of recordings.all()) if ('leg' in of && of.leg === id) recordings.end(name, 'end');
    legs.delete(id);
    watched.delete(leg);
    pressing.delete(leg);
    leg.close();
    leg.want(NOBODY);
    changed(rooms.leave(id));
  };

  const play = async (order: Extract<MediaOrder, { kind: 'play' }>): Promise<MediaAnswer> => {
    if (plays.find(order.play) !== undefined) return OK;
    const isThere = (): boolean => ('leg' in order.to ? legs.has(order.to.leg) : rooms.has(order.to.room));
    const nobody = refused('leg' in order.to ? 'unknownLeg' : 'unknownRoom');
    if (!isThere()) return nobody;
    let sound: Sound;
    try {
      sound = await openSound(order.path, order.repeats === true, order.fromMs ?? 0);
    } catch (error) {
      return refused('failed', `the file cannot be played: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!isThere() || plays.find(order.play) !== undefined) {
      sound.close();
      return plays.find(order.play) === undefined ? nobody : OK;
    }
    plays.begin(order.play, order.to, sound, order.gain);
    settle(legsOf(order.to));
    return OK;
  };

  const record = async (order: Extract<MediaOrder, { kind: 'record' }>): Promise<MediaAnswer> => {
    if (recordings.find(order.record) !== undefined) return OK;
    const isThere = (): boolean => ('leg' in order.of ? legs.has(order.of.leg) : rooms.has(order.of.room));
    if (!isThere()) return refused('leg' in order.of ? 'unknownLeg' : 'unknownRoom');
    let recorder: Recorder;
    try {
      recorder = await openRecorder(order.path, order.apart === undefined ? 1 : 2, order.append === true);
    } catch (error) {
      return refused('failed', `the recording cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    recordings.begin({ name: order.record, of: order.of, apart: order.apart, sources: [] }, recorder);
    if (isThere()) settle(legsOf(order.of));
    else recordings.end(order.record, 'end');
    return OK;
  };

  const open = async (leg: string, carrier: Carrier): Promise<MediaAnswer> => {
    if (ends.has(leg)) return OK;
    const end = await openEnd(carrier);
    if (end === undefined) return refused('noPorts');
    ends.set(leg, end);
    makeLeg(leg, end);
    settle([leg]);
    return OK;
  };

  const negotiate = async (order: Extract<MediaOrder, { kind: 'offer' | 'answer' | 'accept' }>): Promise<MediaAnswer> => {
    const end = ends.get(order.leg);
    if (end === undefined) return refused('unknownLeg');
    if (order.kind === 'offer') return { ok: true, sdp: await end.offer() };
    if (order.kind === 'accept') {
      const accepted = await end.accept(order.sdp);
      if (!accepted.ok) return refused('notAcceptable', accepted.message);
      await agree(order.leg);
      return OK;
    }
    const answered = await end.answer(order.sdp);
    if (!answered.ok) return refused('notAcceptable', answered.message);
    await agree(order.leg);
    return { ok: true, sdp: answered.sdp };
  };

  const withLeg = (id: string, work: (leg: MediaLeg) => void): MediaAnswer => {
    const leg = legs.get(id);
    if (leg === undefined) return refused('unknownLeg');
    work(leg);
    return OK;
  };

  const perform = async (order: MediaOrder): Promise<MediaAnswer> => {
    switch (order.kind) {
      case 'open':
        return open(order.leg, order.carrier);
      case 'offer':
      case 'answer':
      case 'accept':
        return negotiate(order);
      case 'up':
        return withLeg(order.leg, (leg) => {
          leg.isUp = true;
          settle([order.leg]);
        });
      case 'rings':
        return withLeg(order.leg, (leg) => {
          leg.rings = true;
          settle([order.leg]);
        });
      case 'close':
        forget(order.leg);
        ends.get(order.leg)?.close();
        ends.delete(order.leg);
        return OK;
      case 'arrange':
        changed(rooms.arrange(order.room, order.members));
        return OK;
      case 'leave':
        changed(rooms.leave(order.leg));
        return OK;
      case 'keys': {
        const leg = legs.get(order.leg);
        if (leg === undefined) return refused('unknownLeg');
        if (!leg.press(order.keys)) return refused('failed', 'the keys cannot be sent');
        pressing.add(leg);
        return OK;
      }
      case 'play':
        return play(order);
      case 'pausePlay':
      case 'resumePlay': {
        const found = plays.find(order.play);
        if (found !== undefined) found.isPaused = order.kind === 'pausePlay';
        return OK;
      }
      case 'seekPlay': {
        const sound = plays.find(order.play)?.sound;
        sound?.seek(order.from === 'here' ? sound.positionMs() + order.ms : order.ms);
        return OK;
      }
      case 'stopPlay':
        endPlay(order.play, 'stopped');
        return OK;
      case 'record':
        return record(order);
      case 'pauseRecord':
      case 'resumeRecord':
        recordings.pause(order.record, order.kind === 'pauseRecord');
        return OK;
      case 'stopRecord': {
        const of = recordings.find(order.record)?.of;
        recordings.end(order.record, 'stopped');
        if (of !== undefined) settle(legsOf(of));
        return OK;
      }
      case 'figures': {
        let strangers = 0;
        for (const end of ends.values()) strangers += end.strangers();
        return { ok: true, figures: { legs: ends.size, rooms: rooms.size(), plays: plays.size(), recordings: recordings.size(), strangers } };
      }
      default:
        return order satisfies never;
    }
  };

  return {
    perform,
    isBusy: () => mixed.size > 0 || plays.size() > 0 || recordings.size() > 0 || pressing.size > 0 || watched.size > 0,
    tick: () => {
      ticks += 1;
      for (const { leg, sources } of mixed.values()) leg.say(mixInto(frame, sources, ticks));
      recordings.tick(ticks);
      for (const leg of watched) leg.hear(ticks);
      for (const leg of pressing) {
        if (!leg.isPressing()) pressing.delete(leg);
        else if (!mixed.has(leg.id)) leg.say(frame.fill(0));
      }
      for (const one of plays.all()) {
        one.hear(ticks);
        if (one.isOver()) endPlay(one.name, 'end');
      }
    },
    takeOut: (id) => {
      const end = ends.get(id);
      forget(id);
      ends.delete(id);
      return end;
    },
    agreedAnew: (id) => { void agree(id); },
    bringIn: (id, end, isUp) => {
      ends.set(id, end);
      const leg = makeLeg(id, end);
      leg.isUp = isUp;
      void agree(id);
    },
    close: async () => {
      for (const id of [...legs.keys()]) forget(id);
      for (const end of ends.values()) end.close();
      await recordings.idle();
    },
  };
}
