import { seeded } from './signals.ts';

/** 1 s at 16 kHz in whole numbers alone: noise, loud and soft, a triangle, a square at full scale, and silence. */
export function g722Input(): Int16Array {
  const random = seeded(722);
  return Int16Array.from({ length: 16_000 }, (_, i) => {
    switch (Math.floor(i / 2_000)) {
      case 0:
        return Math.floor(random() * 65_536) - 32_768;
      case 1:
        return Math.floor(random() * 400) - 200;
      case 2:
      case 3:
        // 500 Hz, then 1,600 Hz.
        return Math.abs(((i * (i < 6_000 ? 1_000 : 3_200)) % 32_000) - 16_000) - 8_000;
      case 4:
        return i % 24 < 12 ? 32_767 : -32_768;
      case 5:
        // Near the upper end, where the filters of the two bands meet.
        return i % 4 < 2 ? 12_000 : -12_000;
      case 6:
        return 0;
      default:
        return Math.floor(random() * 8_192) - (i % 100) * 40;
    }
  });
}

/** Any bytes. */
export function g722Junk(): Uint8Array {
  const random = seeded(723);
  return Uint8Array.from({ length: 8_000 }, () => Math.floor(random() * 256));
}
