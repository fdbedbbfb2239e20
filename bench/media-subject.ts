import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMedia } from '../telephony/media/media.ts';
import type { Member } from '../telephony/media/order.ts';
import { answerParent } from './child.ts';

/**
 * The built-in media engine by itself, with one thread for sound: rooms of so many legs each, opened as the voice port does, and
 * with `recorded` written to a file, one leg apart. Usage: `media-subject.ts <legs a room> [recorded]`.
 */
const HOST = '127.0.0.1';
const PORTS = { from: 20_000, to: 24_999 };
const SILENT_MS = 60_000;

const legsARoom = Number(process.argv[2] ?? 2);
const isRecorded = process.argv[3] === 'recorded';
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });

const media = createMedia({
  threads: 1, settings: { address: HOST, advertised: HOST, ports: PORTS, codecs: ['PCMA'], music: undefined, silentMs: SILENT_MS },
  onFault: (message, details) => { throw new Error(message, { cause: details }); },
});
media.subscribe((report) => { console.error('the media engine tells', report); });

const perform = async (order: Parameters<typeof media.perform>[0]): Promise<string> => {
  const answer = await media.perform(order);
  if (!answer.ok) throw new Error(`${order.kind}: ${answer.why} ${answer.message ?? ''}`);
  return answer.sdp ?? '';
};

const describe = (port: number): string =>
  ['v=0', `o=- 1 1 IN IP4 ${HOST}`, 's=-', `c=IN IP4 ${HOST}`, 't=0 0', `m=audio ${port} RTP/AVP 8 101`, 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000', ''].join('\r\n');

const portIn = (sdp: string): number => Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);

/** The first of a room calls in, the others are called. */
async function openLeg(leg: string, near: string | undefined, port: number): Promise<number> {
  await perform({ kind: 'open', leg, carrier: 'rtp', ...(near === undefined ? {} : { near }) });
  let ours: string;
  if (near === undefined) ours = await perform({ kind: 'answer', leg, sdp: describe(port) });
  else {
    ours = await perform({ kind: 'offer', leg });
    await perform({ kind: 'accept', leg, sdp: describe(port) });
  }
  await perform({ kind: 'up', leg });
  return portIn(ours);
}

const member = (leg: string): Member => ({ leg, to: 'all', hears: true, music: false });

answerParent(async (question) => {
  const { ports } = question as { readonly ports: readonly number[] };
  const targets: number[] = [];
  for (let first = 0; first < ports.length; first += legsARoom) {
    const legs = ports.slice(first, first + legsARoom).map((_, index) => `${first}-${index}`);
    for (const [index, leg] of legs.entries()) targets.push(await openLeg(leg, index === 0 ? undefined : legs[0], ports[first + index] ?? 0));
    const room = `room-${first}`;
    await perform({ kind: 'arrange', room, members: legs.map(member) });
    if (isRecorded) await perform({ kind: 'record', record: room, of: { room }, path: join(folder, `${room}.wav`), apart: legs[0] ?? '' });
  }
  return { targets };
});
