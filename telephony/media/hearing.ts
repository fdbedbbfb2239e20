import { FRAME_SAMPLES } from '../audio/frame.ts';
import { playTone } from '../audio/tones.ts';
import type { MediaLeg } from './leg.ts';
import type { Source } from './mixer.ts';
import type { Play, Plays, Sound } from './plays.ts';
import type { Rooms, Voice } from './rooms.ts';

/** What a leg hears: another's packets as they come, or what is put together for it, or nothing yet. */
export type Hears = { readonly kind: 'relay'; readonly of: MediaLeg } | { readonly kind: 'mix'; readonly sources: readonly Source[] } | { readonly kind: 'nothing' };

export interface HearingDependencies {
  readonly legs: ReadonlyMap<string, MediaLeg>;
  readonly rooms: Pick<Rooms, 'roomOf' | 'memberOf' | 'legsIn' | 'voicesFor' | 'saidToAll'>;
  readonly plays: Pick<Plays, 'toLeg' | 'toRoom'>;
  /** What waits for all who wait. */
  readonly music: Sound | undefined;
}

/** Finds out who and what is heard where; `before` are the sources of the time before, which go on at the loudness they have. */
export interface Hearing {
  readonly of: (leg: MediaLeg, before: readonly Source[]) => Hears;
  /** What everybody in a room, or one leg alone, says: for recordings. */
  readonly said: (of: { readonly leg: string } | { readonly room: string }, before: readonly Source[]) => readonly Source[];
  /** One leg's voice, as it is. */
  readonly voiceOf: (leg: MediaLeg) => Source;
}

const RINGBACK = 'ringback';

/** Sound before the answer (RFC 3960): announcements, or the ringing of the far network. */
const isEarly = (leg: MediaLeg): boolean => !leg.isUp && leg.agreed() !== undefined;

const isSameSound = (one: MediaLeg, other: MediaLeg): boolean => one.agreed() !== undefined && one.agreed()?.codec === other.agreed()?.codec;

/** Somebody heard goes on at its loudness; whoever comes in swells within a frame. */
const sourceOf = (of: string, hear: Source['hear'], gain: number, before: readonly Source[]): Source =>
  ({ of, hear, gain, reached: before.find((source) => source.of === of)?.reached ?? 0 });

const playSources = (heard: readonly Play[], before: readonly Source[]): Source[] => heard.map((play) => sourceOf(`play ${play.name}`, play.hear, play.gain, before));

export function createHearing({ legs, rooms, plays, music }: HearingDependencies): Hearing {
  const musicFrame = new Int16Array(FRAME_SAMPLES);
  let musicIn = -1;

  /** The same piece for all who wait, wherever it is by now. */
  const hearMusic = (tick: number): Int16Array => {
    if (musicIn !== tick) {
      musicIn = tick;
      if (music?.next(musicFrame) !== true) musicFrame.fill(0);
    }
    return musicFrame;
  };

  const audible = (voices: readonly Voice[]): { readonly leg: MediaLeg; readonly gain: number }[] => voices.flatMap(({ leg: id, gain }) => {
    const leg = legs.get(id);
    return leg !== undefined && (leg.isUp || isEarly(leg)) ? [{ leg, gain }] : [];
  });

  /** Whoever waits alone for somebody who is rung hears the ringing. */
  const ringing = (leg: MediaLeg, before: readonly Source[]): Source[] => {
    const isRung = rooms.legsIn(rooms.roomOf(leg.id) ?? '').some((id) => legs.get(id)?.rings === true && legs.get(id)?.isUp === false);
    if (!isRung) return [];
    const known = before.find(({ of }) => of === RINGBACK);
    if (known !== undefined) return [known];
    const tone = playTone(RINGBACK);
    const sound = new Int16Array(FRAME_SAMPLES);
    return [{
      of: RINGBACK, gain: 1, reached: 1,
      hear: () => {
        tone.next(sound);
        return sound;
      },
    }];
  };

  return {
    of: (leg, before) => {
      const own = plays.toLeg(leg.id);
      const member = rooms.memberOf(leg.id);
      if (!leg.isUp) return own.length > 0 ? { kind: 'mix', sources: playSources(own, before) } : { kind: 'nothing' };
      if (member?.music === true) return { kind: 'mix', sources: own.length > 0 ? playSources(own, before) : [sourceOf('music', hearMusic, 1, before)] };
      if (member?.hears !== true) return { kind: 'mix', sources: playSources(own, before) };
      const heard = audible(rooms.voicesFor(leg.id));
      const played = [...own, ...plays.toRoom(rooms.roomOf(leg.id) ?? '')];
      const [only] = heard;
      if (only === undefined && played.length === 0) return { kind: 'mix', sources: ringing(leg, before) };
      // One voice and nothing else need not be decoded.
      if (only !== undefined && heard.length === 1 && only.gain === 1 && played.length === 0 && isSameSound(only.leg, leg)) return { kind: 'relay', of: only.leg };
      return { kind: 'mix', sources: [...heard.map((voice) => sourceOf(voice.leg.id, voice.leg.hear, voice.gain, before)), ...playSources(played, before)] };
    },
    said: (of, before) => {
      const heard = audible('leg' in of ? [{ leg: of.leg, gain: 1 }] : rooms.saidToAll(of.room));
      return [...heard.map(({ leg, gain }) => sourceOf(leg.id, leg.hear, gain, before)), ...'room' in of ? playSources(plays.toRoom(of.room), before) : []];
    },
    voiceOf: (leg) => sourceOf(leg.id, leg.hear, 1, []),
  };
}
