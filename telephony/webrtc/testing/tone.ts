import { encodeMulaw } from '../../audio/g711.ts';
import { HEADER_BYTES, writeHeader } from '../../rtp/packet.ts';

/** Sends a tone in real time, 20 ms of mu-law at a time, until it is stopped. */
export function playTone(send: (packet: Uint8Array) => void, payloadType = 0, hertz = 440): () => void {
  const begun = performance.now();
  let frames = 0;
  const timer = setInterval(() => {
    for (; frames * 20 <= performance.now() - begun; frames += 1) send(toneFrame(frames, payloadType, hertz));
  }, 10);
  return () => { clearInterval(timer); };
}

export function toneFrame(frame: number, payloadType = 0, hertz = 440): Uint8Array {
  const samples = Int16Array.from({ length: 160 }, (_, i) => Math.round(10_000 * Math.sin((2 * Math.PI * hertz * (frame * 160 + i)) / 8_000)));
  const packet = new Uint8Array(HEADER_BYTES + 160);
  writeHeader(packet, payloadType, frame === 0, frame & 0xffff, frame * 160, 0x1234_5678);
  packet.set(encodeMulaw(samples), HEADER_BYTES);
  return packet;
}
