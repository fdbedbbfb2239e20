/** How long the frames of each configuration are, in units of 48 kHz (RFC 6716 3.1, table 2). */
const SILK = [480, 960, 1920, 2880] as const;
const HYBRID = [480, 960] as const;
const CELT = [120, 240, 480, 960] as const;

const frameUnits = (configuration: number): number => {
  if (configuration < 12) return SILK[configuration % 4] ?? 960;
  if (configuration < 16) return HYBRID[configuration % 2] ?? 960;
  return CELT[configuration % 4] ?? 960;
};

/** How much time an Opus packet covers, in units of its RTP clock; its first byte tells (RFC 6716 3.1, 3.2). */
export function opusUnits(payload: Uint8Array): number {
  const [toc = 0, count = 1] = payload;
  const units = frameUnits(toc >> 3);
  const code = toc & 3;
  if (code === 0) return units;
  return code === 3 ? units * (count & 0x3f) : units * 2;
}
