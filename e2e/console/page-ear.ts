import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../../server/testing/until.ts';

/* What a page hears: WebRTC's own count of packets and sound that came in. The made-up microphone of the other side beeps once a second. */

const PATIENCE_MS = 30_000;
/** So much energy comes of a few beeps, and none of comfort noise. */
const HEARD = 1e-4;

const KEEP_CONNECTIONS = `window.keptConnections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) {
    super(...given);
    window.keptConnections.push(this);
  }
};`;
const RECEIVED = `(async () => {
  const standing = window.keptConnections.filter(({ connectionState }) => connectionState === 'connected');
  const reports = await Promise.all(standing.map((connection) => connection.getStats()));
  const streams = reports.flatMap((report) => [...report.values()]).filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  return streams.reduce(([packets, energy], { packetsReceived = 0, totalAudioEnergy = 0 }) => [packets + packetsReceived, energy + totalAudioEnergy], [0, 0]);
})()`;

/** Nobody else has the connections of a page, so they are kept for it to be asked: before its pages are opened. */
export const lendAnEar = (person: BrowserContext): Promise<unknown> => person.addInitScript(KEEP_CONNECTIONS);

const received = (page: Page): Promise<readonly [packets: number, energy: number]> => page.evaluate<readonly [number, number]>(RECEIVED);

/** Waits until there is more sound in what a page hears than there was. */
export async function hears(page: Page): Promise<void> {
  const [packets, energy] = await received(page);
  await until(async () => {
    const [packetsNow, energyNow] = await received(page);
    return packetsNow > packets && energyNow > energy + HEARD;
  }, 'sound comes in', PATIENCE_MS, 100);
}
