import { timestampStep } from '../rtp/packet.ts';

const UNITS_PER_MS = 90;
/** What comes later than this was not late: its clock is another. */
const MAX_LATE_MS = 400;

/**
 * When pictures are shown, in milliseconds of whoever asks: as far apart as their sender says (RFC 3550 5.1), and not later than they came.
 * Each is later than the one before it.
 */
export function createTimeline(): (timestamp: number, now: number) => number {
  let before: { readonly timestamp: number; readonly ms: number } | undefined;
  let last = -1;
  return (timestamp, now) => {
    const said = before === undefined ? now : before.ms + timestampStep(before.timestamp, timestamp) / UNITS_PER_MS;
    // The one that took least to come says best when it was sent; after a pause, or with another clock, it begins anew.
    const ms = said > now || now - said > MAX_LATE_MS ? now : said;
    before = { timestamp, ms };
    last = Math.max(ms, last + 1);
    return last;
  };
}
