import type { Dialled } from '@parley/core/voice/order.ts';
import type { FlowOutcome, VoicePort } from '../../engine/voice.ts';

/**
 * Somebody at the other end of a leg: a scripted party of the simulator, or a real telephone that is remote-controlled. It
 * makes a sound of its own all the time, by which others are seen to hear it.
 */
export interface FarEnd {
  readonly number: string;
  /** What this party is called in the ears of the others; asked for when it has a leg. */
  readonly sound: () => string;
  readonly state: () => 'idle' | 'ringing' | 'up' | 'gone';
  /** The sounds it hears: those of others, the world's `music`, and names of files. */
  readonly hears: () => Promise<readonly string[]>;
  /** How loud it hears a sound: 1 as it was made, 0 not at all. */
  readonly loudnessOf: (sound: string) => Promise<number>;
  /** Whom it sees, by their sounds. */
  readonly sees: () => readonly string[];
  readonly closeCamera: () => Promise<void>;
  readonly press: (digits: string) => Promise<void>;
  /** The keys that came in from us. */
  readonly keysSent: () => string;
  readonly hangUp: () => Promise<void>;
}

/** A party that the port dials. */
export interface Callee extends FarEnd {
  readonly dialled: Dialled;
  readonly answer: () => Promise<void>;
  readonly reject: () => Promise<void>;
  /** The caller's number as it is shown. */
  readonly shows: () => string | undefined;
  readonly timesRung: () => number;
}

/** A voice port with the parties around it. Each case has a new one. */
export interface VoiceWorld {
  readonly port: VoicePort;
  /** A registered phone, or a number outside. One that waits rings until it is told to answer or to reject; one that is linked, by the port too; one with a camera can be seen. */
  readonly callee: (kind: Dialled['kind'], manner?: 'waits' | 'busy' | 'linked' | 'camera') => Promise<Callee>;
  /** Who cannot be reached: a phone that is not registered, a number that does not exist. */
  readonly nobody: (kind: Dialled['kind']) => Promise<Dialled>;
  /** Somebody calls in. */
  readonly callIn: (from: string, to: string, manner?: 'camera') => Promise<FarEnd>;
  /** What hold music is called in the ears of who hears it. */
  readonly music: string;
  /** A file of that length, called the same in the ears of who hears it. */
  readonly file: (ms: number) => Promise<string>;
  readonly missingFile: string;
  /** The code of a flow that leads to this after that time. */
  readonly flow: (outcome: FlowOutcome, afterMs?: number) => Promise<string>;
  /** The sounds on each channel of a recording that is over. */
  readonly recorded: (file: string) => Promise<readonly (readonly string[])[]>;
  /** Lets time pass: really, or virtually. */
  readonly pass: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type MakeVoiceWorld = () => Promise<VoiceWorld>;
