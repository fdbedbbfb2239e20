/**
 * Sound as the media threads pass it about: 20 ms of 16-bit samples, one channel, 8,000 a second.
 *
 * Why 8 kHz. Nearly every call has a leg from the telephone network, which carries no more; and where two wideband legs talk
 * to each other alone, their packets are relayed untouched and nothing is decoded. Mixing at 16 kHz would cost a G.711 leg
 * a filter up and another one down that it has nothing to gain from (5 microseconds a frame beside the 3 of its codec), a
 * G.722 leg twice its codec (54 instead of 26), and an Opus leg nearly so (230 instead of 127): half the legs of a thread, for those
 * calls alone in which three or more parties have wideband telephones. Opus and G.722 decode to 8 kHz by themselves.
 */
export const MIX_RATE = 8_000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (MIX_RATE * FRAME_MS) / 1_000;

/** Something that plays: tones, digits, files. */
export interface SoundSource {
  /** Fills the frame with what comes next, and with silence after its end. False when there was nothing left: it is over. */
  readonly next: (frame: Int16Array) => boolean;
}
