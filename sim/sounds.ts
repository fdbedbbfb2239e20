import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Board } from './board.ts';
import type { Heard, Rooms } from './rooms.ts';

type PlayOrder = Extract<Order, { kind: 'play' }>;
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
  readonly record: (order: RecordOrder) => void;
  readonly stopRecord: (record: string) => void;
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

interface Recording {
  readonly order: RecordOrder;
  readonly since: number;
  readonly channels: readonly Set<string>[];
}

/** How many files are remembered with what is on them. */
const REMEMBERED = 1000;

export function createSounds(board: Board, rooms: Rooms): Sounds {
  const plays = new Map<string, { readonly order: PlayOrder; readonly callOff: () => void }>();
  const recordings = new Map<string, Recording>();
  const files = new Map<string, readonly Set<string>[]>();

  const endPlay = (play: string, why: 'end' | 'stopped'): void => {
    const playing = plays.get(play);
    if (playing === undefined) return;
    plays.delete(play);
    playing.callOff();
    board.post({ kind: 'playEnded', play, why });
  };

  const endRecord = (record: string, why: 'stopped' | 'end'): void => {
    const recording = recordings.get(record);
    if (recording === undefined) return;
    recordings.delete(record);
    board.post({ kind: 'recorded', record, file: recording.order.file, ms: board.schedule.now() - recording.since, why });
  };

  const playing = (isHeard: (to: PlayOrder['to']) => boolean): Heard[] =>
    [...plays.values()].filter(({ order }) => isHeard(order.to)).map(({ order }) => ({ sound: order.file, loudness: 1 }));
  const filesIn = (room: string): readonly Heard[] => playing((to) => 'room' in to && to.room === room);

  const listen = ({ order, channels }: Recording): void => {
    const [first, second] = channels;
    for (const { sound } of [...rooms.saidToAll(order.room), ...filesIn(order.room)]) {
      (sound === order.apart ? first : second ?? first)?.add(sound);
    }
  };

  const changed = (room: string): void => {
    for (const recording of recordings.values()) if (recording.order.room === room) listen(recording);
  };

  return {
    filesIn, changed,
    play: (order, ms) => {
      if (plays.has(order.play)) return;
      plays.set(order.play, { order, callOff: board.schedule.after(ms, () => { endPlay(order.play, 'end'); }) });
      if ('room' in order.to) changed(order.to.room);
    },
    stopPlay: (play) => { endPlay(play, 'stopped'); },
    record: (order) => {
      if (recordings.has(order.record)) return;
      const recording = { order, since: board.schedule.now(), channels: order.apart === undefined ? [new Set<string>()] : [new Set<string>(), new Set<string>()] };
      recordings.set(order.record, recording);
      files.set(order.file, recording.channels);
      const [oldest] = files.keys();
      if (files.size > REMEMBERED && oldest !== undefined) files.delete(oldest);
      listen(recording);
    },
    stopRecord: (record) => { endRecord(record, 'stopped'); },
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
