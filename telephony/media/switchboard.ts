import type { CodecName } from '../audio/codec.ts';
import { FRAME_SAMPLES } from '../audio/frame.ts';
import { openAnother } from './another-end.ts';
import type { NegotiatedEnd } from './end.ts';
import { createLeg, type MediaLeg } from './leg.ts';
import { createHearing } from './hearing.ts';
import { mixInto, type Blend } from './mixer.ts';
import { negotiate } from './negotiate.ts';
import { OK, refused, type Carrier, type MediaAnswer, type MediaOrder, type MediaReport, type PlayTo } from './order.ts';
import { createPlays, type Sound } from './plays.ts';
import { createRecordings, type Recorder, type Recording } from './recordings.ts';
import { createRooms, type Changed } from './rooms.ts';
import { createPictures } from './video.ts';
import type { OpenVideoRecorder } from './video-recorder.ts';

export interface SwitchboardDependencies {
  /** Opens the far end of a leg, with these codecs where some are told; undefined where there is no port left. */
  readonly openEnd: (carrier: Carrier, codecs?: readonly CodecName[]) => Promise<NegotiatedEnd | undefined>;
  readonly openSound: (path: string, repeats: boolean, fromMs: number) => Promise<Sound>;
  readonly openRecorder: (path: string, channels: 1 | 2, append: boolean) => Promise<Recorder>;
  /** Absent where pictures cannot be recorded. */
  readonly openVideoRecorder?: OpenVideoRecorder;
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

/** What is put together for a leg. */
interface Ears extends Blend {
  readonly leg: MediaLeg;
}

/** Who hears nothing is sent silence now and then: routers in between keep the way open, and telephones do not believe the call dead. */
const SIGN_OF_LIFE_TICKS = 50;
const NOBODY = { frames: false, by: undefined } as const;

export function createSwitchboard({ openEnd, openSound, openRecorder, openVideoRecorder, music, now, tell }: SwitchboardDependencies): Switchboard {
  const ends = new Map<string, NegotiatedEnd>();
  const legs = new Map<string, MediaLeg>();
  const rooms = createRooms();
  const plays = createPlays(tell);
  const recordings = createRecordings(tell);
  const pictures = createPictures({
    ends, rooms, now, isUp: (leg) => legs.get(leg)?.isUp === true,
    showed: (leg, codec, packet) => { recordings.show(rooms.roomOf(leg) ?? '', leg, codec, packet); },
  });
  /** Those whose sound is put together frame by frame. */
  const mixed = new Map<string, Ears>();
  /** Those who get another's packets as they are, and of whom. */
  const relayed = new Map<string, MediaLeg>();
  /** Legs that get keys between the packets that are passed on to them. */
  const pressing = new Set<MediaLeg>();
  /** Legs whose keys are tones. */
  const watched = new Set<MediaLeg>();
  const frame = new Int16Array(FRAME_SAMPLES);
  let ticks = 0;

  const hearing = createHearing({ legs, rooms, plays, music });

  const listen = (leg: MediaLeg): void => {
    const before = mixed.get(leg.id);
    mixed.delete(leg.id);
    relayed.delete(leg.id);
    const hears = hearing.of(leg, before?.sources ?? []);
    if (hears.kind === 'relay') relayed.set(leg.id, hears.of);
    else if (hears.kind === 'mix') mixed.set(leg.id, { leg, sources: hears.sources, level: before?.level ?? 1 });
  };

  /** A packet is rewritten where it lies, so it can be passed on to one only: several who hear the same one alone have it mixed. */
  const mixForEach = (source: MediaLeg, by: readonly string[]): void => {
    for (const id of by) {
      const leg = legs.get(id);
      relayed.delete(id);
      if (leg !== undefined) mixed.set(id, { leg, sources: [hearing.voiceOf(source)], level: 1 });
    }
  };

  /** Puts in force what legs hear, and how their own sound is wanted. */
  const settle = (ids: Iterable<string>): void => {
    const touched = new Set(ids);
    for (const id of touched) for (const other of rooms.legsIn(rooms.roomOf(id) ?? '')) touched.add(other);
    for (const id of touched) {
      const leg = legs.get(id);
      if (leg === undefined) {
        mixed.delete(id);
        relayed.delete(id);
      } else listen(leg);
    }
    pictures.settle(touched);
    // Whoever hears somebody is in the same room, so what is beyond these legs need not be looked at.
    const framed = new Set<string>();
    const listeners = new Map<string, string[]>();
    for (const id of touched) {
      const source = relayed.get(id);
      if (source !== undefined) listeners.set(source.id, [...listeners.get(source.id) ?? [], id]);
    }
    for (const [id, by] of listeners) {
      const leg = legs.get(id);
      if (leg !== undefined && by.length > 1) mixForEach(leg, by);
    }
    for (const id of touched) for (const { of } of mixed.get(id)?.sources ?? []) framed.add(of);
    for (const recording of recordings.all()) {
      if (!isAbout(recording.of, touched)) continue;
      tap(recording);
      for (const { sources } of recording.channels) for (const { of } of sources) framed.add(of);
    }
    for (const id of touched) {
      const leg = legs.get(id);
      if (leg === undefined) continue;
      const isWatched = leg.isUp && leg.isForTones();
      if (isWatched) watched.add(leg);
      else watched.delete(leg);
      const listener = listeners.get(id)?.find((by) => relayed.has(by));
      leg.want({ frames: isWatched || framed.has(id), by: listener === undefined ? undefined : legs.get(listener) });
    }
  };

  const isAbout = (of: PlayTo, touched: ReadonlySet<string>): boolean =>
    'leg' in of ? touched.has(of.leg) : rooms.legsIn(of.room).some((leg) => touched.has(leg)) || !rooms.has(of.room);

  /** What a recording hears now. */
  const tap = ({ of, apart, channels }: Recording): void => {
    const said = hearing.said(of, channels.flatMap(({ sources }) => sources));
    const [first, second] = channels;
    if (first !== undefined) first.sources = apart === undefined ? said : said.filter((source) => source.of === apart);
    if (second !== undefined) second.sources = said.filter((source) => source.of !== apart);
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

  const endRecording = (name: string, why: 'stopped' | 'end' | 'failed'): void => {
    const of = recordings.find(name)?.of;
    recordings.end(name, why);
    if (of !== undefined) settle(legsOf(of));
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
      found: () => { tell({ kind: 'found', leg: id }); },
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

  /** Of whoever is in the room and seen at the time. */
  const film = ({ of, path, apart }: Extract<MediaOrder, { kind: 'record' }>): Promise<Recorder> => {
    if (openVideoRecorder === undefined || 'leg' in of) throw new Error('there are no pictures to be recorded');
    const cameras = {
      legs: () => rooms.legsIn(of.room).filter((leg) => pictures.seenBy(leg) !== undefined),
      want: (leg: string) => { ends.get(leg)?.video?.wantPicture(); },
    };
    return openVideoRecorder(path, cameras, apart);
  };

  const record = async (order: Extract<MediaOrder, { kind: 'record' }>): Promise<MediaAnswer> => {
    if (recordings.find(order.record) !== undefined) return OK;
    const isThere = (): boolean => ('leg' in order.of ? legs.has(order.of.leg) : rooms.has(order.of.room));
    if (!isThere()) return refused('leg' in order.of ? 'unknownLeg' : 'unknownRoom');
    // The sound of pictures is heard as one.
    const apart = order.pictures === true ? undefined : order.apart;
    let recorder: Recorder;
    try {
      recorder = order.pictures === true ? await film(order) : await openRecorder(order.path, apart === undefined ? 1 : 2, order.append === true);
    } catch (error) {
      return refused('failed', `the recording cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    recordings.begin({ name: order.record, of: order.of, apart }, recorder);
    if (isThere()) settle(legsOf(order.of));
    else recordings.end(order.record, 'end');
    return OK;
  };

  const open = async ({ leg, carrier, codecs, offers = false }: Extract<MediaOrder, { kind: 'open' }>): Promise<MediaAnswer> => {
    if (ends.has(leg)) return OK;
    const end = await openEnd(carrier, codecs);
    if (end === undefined) return refused('noPorts');
    ends.set(leg, end);
    makeLeg(leg, end);
    settle([leg]);
    return offers ? negotiateLeg({ kind: 'offer', leg }) : OK;
  };

  const reopen = async (order: Extract<MediaOrder, { kind: 'reopen' }>): Promise<MediaAnswer> => {
    const former = ends.get(order.leg);
    if (former === undefined) return refused('unknownLeg');
    const { end, answer } = await openAnother(order, openEnd);
    if (end === undefined) return answer;
    ends.set(order.leg, end);
    legs.get(order.leg)?.attach(end);
    former.close();
    await agree(order.leg);
    return answer;
  };

  const negotiateLeg = async (order: Extract<MediaOrder, { kind: 'offer' | 'answer' | 'accept' }>): Promise<MediaAnswer> => {
    const end = ends.get(order.leg);
    return end === undefined ? refused('unknownLeg') : negotiate(end, order, () => agree(order.leg));
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
        return open(order);
      case 'reopen':
        return reopen(order);
      case 'offer':
      case 'answer':
      case 'accept':
        return negotiateLeg(order);
      case 'up':
        return withLeg(order.leg, (leg) => {
          leg.isUp = true;
          settle([order.leg]);
          // Two ends that both wait for the other's first packet, to learn where it comes from, would wait for ever.
          leg.say(frame.fill(0));
        });
      case 'rings':
        return withLeg(order.leg, (leg) => {
          leg.rings = true;
          settle([order.leg]);
        });
      case 'heard': {
        const ms = ends.get(order.leg)?.quietMs();
        return ms === undefined ? refused('unknownLeg') : { ok: true, ms };
      }
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
      case 'stopRecord':
        endRecording(order.record, 'stopped');
        return OK;
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
      for (const ears of mixed.values()) if (ears.sources.length > 0 || pressing.has(ears.leg) || ticks % SIGN_OF_LIFE_TICKS === 0) ears.leg.say(mixInto(frame, ears, ticks));
      for (const { name, why } of recordings.tick(ticks)) endRecording(name, why);
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
      for (const id of legs.keys()) forget(id);
      for (const end of ends.values()) end.close();
      await recordings.idle();
    },
  };
}
