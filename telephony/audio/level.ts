/**
 * Levels in dBm0, as telephone engineers state them: by G.711 (section 4) a sine that just fills the A-law range
 * has +3.14 dBm0. A sine of `amplitude` 32,768 is full scale.
 */
const fullScaleDbm0 = 3.14;
const fullScale = 32_768;

/** The amplitude of a sine of that level. */
export function amplitudeAt(dbm0: number): number {
  return fullScale * 10 ** ((dbm0 - fullScaleDbm0) / 20);
}

/** The level of a sine of that amplitude. */
export function levelOf(amplitude: number): number {
  return 20 * Math.log10(amplitude / fullScale) + fullScaleDbm0;
}

/** The mean square of a sine of that level; noise of the same power has the same level. */
export function meanSquareAt(dbm0: number): number {
  return amplitudeAt(dbm0) ** 2 / 2;
}

/** The level of a sound by its mean square. */
export function levelOfMeanSquare(meanSquare: number): number {
  return levelOf(Math.sqrt(2 * meanSquare));
}

export function clipToInt16(sample: number): number {
  return sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
}
