import { clockIn } from '../time/zone.ts';

/** Clocks change on a quarter of an hour, so within one the difference to UTC is the same. */
const QUARTER_MS = 15 * 60_000;

/** Writes times as a zone's clock shows them, `2026-03-29 01:59:59`: as fast as millions of them need it, and so for one zone at a time. */
export function createClock(zone: string): (at: number) => string {
  let quarter = Number.NaN;
  let offset = 0;
  let second = Number.NaN;
  let text = '';
  return (at) => {
    const nowSecond = Math.floor(at / 1000);
    // Most times of a row are one and the same.
    if (nowSecond === second) return text;
    const nowQuarter = Math.floor(at / QUARTER_MS);
    if (nowQuarter !== quarter) {
      quarter = nowQuarter;
      offset = Date.parse(`${clockIn(zone, at).replace(' ', 'T')}Z`) - nowSecond * 1000;
    }
    second = nowSecond;
    text = new Date(nowSecond * 1000 + offset).toISOString().slice(0, 19).replace('T', ' ');
    return text;
  };
}
