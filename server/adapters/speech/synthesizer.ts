import type { SpeechRefusal } from '../../engine/speech.ts';

/** What is to be spoken, cleaned and within bounds. */
export interface Utterance {
  readonly text: string;
  readonly language: string;
  readonly voice: string | undefined;
  /** In hundredths of the usual speed. */
  readonly rate: number;
}

export type Synthesized =
  /** A WAV of any kind. */
  | { readonly ok: true; readonly wav: Uint8Array }
  | { readonly ok: false; readonly why: SpeechRefusal; readonly message: string };

/** A speech engine: each implementation makes sound of texts, and knows nothing of files and caches. */
export interface Synthesizer {
  /** Tells its sound from that of others. */
  readonly name: string;
  readonly synthesize: (utterance: Utterance) => Promise<Synthesized>;
  /** What somebody who starts Parley should know: that the engine is not there, and what to do. Undefined when all is well. */
  readonly hint: () => Promise<string | undefined>;
  readonly close: () => void;
}

export const failed = (why: SpeechRefusal, message: string): Extract<Synthesized, { ok: false }> => ({ ok: false, why, message });
