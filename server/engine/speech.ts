/** How a text is spoken. */
export interface SpeechManner {
  /** As `en` or `en_US`. */
  readonly language: string;
  /** A voice of the engine's own; the language's usual one where none is said. */
  readonly voice?: string;
  /** In hundredths of the usual speed: 50 to 200. */
  readonly rate?: number;
  /** Something of a caller's is in it: what is spoken is not kept longer than it takes to be heard. */
  readonly isPersonal?: boolean;
}

export type Spoken =
  /** A WAV of 8 kHz, A-law, one channel: to be opened at once, as it may be gone later. */
  | { readonly ok: true; readonly file: string }
  | { readonly ok: false; readonly why: SpeechRefusal; readonly message: string };

/** `noSpeech`: this installation speaks no texts. */
export type SpeechRefusal = 'noSpeech' | 'badText' | 'unknownLanguage' | 'busy' | 'timeout' | 'failed';

/** Turns texts into sound. */
export interface Speech {
  readonly say: (text: string, manner: SpeechManner) => Promise<Spoken>;
}

/** Longer texts are refused: nobody listens to them, and they would take minutes to speak. */
export const MAX_SPOKEN = 2000;

/** Where nothing speaks. */
export const noSpeech: Speech = { say: () => Promise.resolve({ ok: false, why: 'noSpeech', message: 'no speech engine is set up' }) };
