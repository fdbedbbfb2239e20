import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Board } from './board.ts';
import type { Heard, Rooms } from './rooms.ts';

type PlayOrder = Extract<Order, { kind: 'play' }>;
type SeekOrder = Extract<Order, { kind: 'seekPlay' }>;
type RecordOrder = Extract<Order, { kind: 'record' }>;

/** What hold music is called in the ears of who hears it. */
export const MUSIC = 'music';

/** What is on a recording: the sounds of each channel, in the order in which they were first heard. */
export type Channels = readonly (readonly string[])[];

/** Files that are played, and recordings that are made. */
export interface Sounds {
  /** `ms` is how long the file lasts. */
  readonly play: (order: PlayOrder, ms: number) => void;
  readonly stopPlay: (play: string) => void;
  readonly pausePlay: (play: string, isPaused: boolean) => void;
  readonly seekPlay: (order: SeekOrder) => void;
  readonly record: (order: RecordOrder) => void;
  readonly pauseRecord: (record: string, isPaused: boolean) => void;
  readonly stopRecord: (record: string) => void;
  /** Whether a file has taken the place of the music, also while it pauses. */
  readonly isPlayedTo: (leg: VoiceLeg) => boolean;
  /** Files in the ears of a leg. */
  readonly filesFor: (leg: VoiceLeg) => readonly Heard[];
  readonly filesIn: (room: string) => readonly Heard[];
  /** Something may sound otherwise in a room. */
  readonly changed: (room: string) => void;
  readonly legEnded: (leg: VoiceLeg) => void;
  readonly roomEmptied: (room: string) => void;
  /** What a recording holds so far, or held in the end. */
  readonly recorded: (file: string) => Channels | undefined;
  readonly forget: () => void;
}

/** A file that is being played: how far it was at `since`; while it pauses it stays there. */
interface Playing {
  readonly order: PlayOrder;
  readonly fileMs: number;
  at: number;
  since: number;
  isPaused: boolean;
  callOff: () => void;
}

interface Recording {
  readonly order: RecordOrder;
  readonly channels: readonly Set<string>[];
  /** What it held before it was paused the last time, and since when it has gone on; undefined while it pauses. */
  ms: number;
  since: number | undefined;
}

/** How many files are remembered with what is on them. */
const REMEMBERED = 1000;

export function createSounds(board: Board, rooms: Rooms): Sounds {
  const { now, after } = board.schedule;
  const plays = new Map<string, Playing>();
  const recordings = new Map<string, Recording>();
  const files = new Map<string, readonly Set<string>[]>();

  const endPlay = (play: string, why: 'end' | 'stopped'): void => {
    const playing = plays.get(play);
    if (playing === undefined) return;
    plays.delete(play);
    playing.callOff();
    board.post({ kind: 'playEnded', play, why });
  };

  /** Lets it go on from a place in its file, and end when there is no more of it. */
  const playFrom = (name: string, play: Playing, at: number): void => {
    const { fileMs, order } = play;
    play.callOff();
    play.at = Math.min(fileMs, Math.max(0, at));
    play.since = now();
    const isEndless = order.repeats === true && fileMs > 0;
    play.callOff = play.isPaused || isEndless ? () => undefined : after(fileMs - play.at, () => { endPlay(name, 'end'); });
  };
  const placeOf = ({ order, fileMs, at, since, isPaused }: Playing): number => {
    const reached = isPaused ? at : at + now() - since;
    return order.repeats === true && fileMs > 0 ? reached % fileMs : reached;
  };

  const msOf = ({ ms, since }: Recording): number => ms + (since === undefined ? 0 : now() - since);

  const endRecord = (record: string, why: 'stopped' | 'end'): void => {
    const recording = recordings.get(record);
    if (recording === undefined) return;
    recordings.delete(record);
    board.post({ kind: 'recorded', record, file: recording.order.file, ms: msOf(recording), why });
  };

  const playing = (isHeard: (to: PlayOrder['to']) => boolean): Heard[] =>
    [...plays.values()].filter(({ order, isPaused }) => !isPaused && isHeard(order.to)).map(({ order }) => ({ sound: order.file, loudness: order.gain ?? 1 }));
  const filesIn = (room: string): readonly Heard[] => playing((to) => 'room' in to && to.room === room);

  const listen = ({ order, channels, since }: Recording): void => {
    if (since === undefined) return;
    const [first, second] = channels;
    for (const { sound } of [...rooms.saidToAll(order.room), ...filesIn(order.room)]) {
      (sound === order.apart ? first : second ?? first)?.add(sound);
    }
  };

  const changed = (room: string): void => {
    for (const recording of recordings.values()) if (recording.order.room === room) listen(recording);
  };

  /** What was in the file stays there where it is gone on with. */
  const channelsFor = ({ file, append, apart }: RecordOrder): readonly Set<string>[] => {
    const there = append === true ? files.get(file) : undefined;
    return there ?? (apart === undefined ? [new Set<string>()] : [new Set<string>(), new Set<string>()]);
  };

  return {
    filesIn, changed,
    play: (order, fileMs) => {
      if (plays.has(order.play)) return;
      const play: Playing = { order, fileMs, at: 0, since: now(), isPaused: false, callOff: () => undefined };
      plays.set(order.play, play);
      playFrom(order.play, play, order.fromMs ?? 0);
      if ('room' in order.to) changed(order.to.room);
    },
    stopPlay: (play) => { endPlay(play, 'stopped'); },
    pausePlay: (name, isPaused) => {
      const play = plays.get(name);
      if (play === undefined || play.isPaused === isPaused) return;
      const at = placeOf(play);
      play.isPaused = isPaused;
      playFrom(name, play, at);
      if ('room' in play.order.to) changed(play.order.to.room);
    },
    seekPlay: ({ play: name, ms, from }) => {
      const play = plays.get(name);
      if (play !== undefined) playFrom(name, play, from === 'here' ? placeOf(play) + ms : ms);
    },
    record: (order) => {
      if (recordings.has(order.record)) return;
      const recording: Recording = { order, channels: channelsFor(order), ms: 0, since: now() };
      recordings.set(order.record, recording);
      files.set(order.file, recording.channels);
      const [oldest] = files.keys();
      if (files.size > REMEMBERED && oldest !== undefined) files.delete(oldest);
      listen(recording);
    },
    stopRecord: (record) => { endRecord(record, 'stopped'); },
    pauseRecord: (record, isPaused) => {
      const recording = recordings.get(record);
      if (recording === undefined || isPaused === (recording.since === undefined)) return;
      recording.ms = msOf(recording);
      recording.since = isPaused ? undefined : now();
      listen(recording);
    },
    isPlayedTo: (leg) => [...plays.values()].some(({ order: { to } }) => 'leg' in to && to.leg === leg),
    filesFor: (leg) => playing((to) => 'leg' in to && to.leg === leg),
    legEnded: (leg) => { for (const [play, { order }] of plays) if ('leg' in order.to && order.to.leg === leg) endPlay(play, 'stopped'); },
    roomEmptied: (room) => {
      for (const [play, { order }] of plays) if ('room' in order.to && order.to.room === room) endPlay(play, 'stopped');
      for (const [record, { order }] of recordings) if (order.room === room) endRecord(record, 'end');
    },
    recorded: (file) => files.get(file)?.map((channel) => [...channel]),
    forget: () => {
      for (const { callOff } of plays.values()) callOff();
      plays.clear();
      recordings.clear();
    },
  };
}
