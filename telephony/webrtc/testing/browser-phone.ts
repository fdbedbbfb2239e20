import { createServer, type Server } from 'node:http';
import type { Chromium, ChromiumPage } from './chromium.ts';

/** A page with a connection of its own, as a softphone has one; what it does is called from the test. */
const PAGE = `<!doctype html><title>phone</title><script>
let peer, context, analyser;
async function start(constraints) {
  peer = new RTCPeerConnection();
  peer.ontrack = ({ track, streams }) => {
    if (track.kind !== 'audio') {
      const screen = document.createElement('video');
      screen.muted = true; screen.autoplay = true; screen.srcObject = streams[0];
      document.body.append(screen);
      return;
    }
    // Chromium decodes what an element plays, and only then has the analyser something.
    const speaker = new Audio(); speaker.muted = true; speaker.srcObject = streams[0]; speaker.play();
    context = new AudioContext(); analyser = context.createAnalyser(); analyser.fftSize = 8192;
    context.createMediaStreamSource(streams[0]).connect(analyser);
  };
  const media = await navigator.mediaDevices.getUserMedia(constraints);
  for (const track of media.getTracks()) peer.addTrack(track, media);
}
async function gathered() {
  if (peer.iceGatheringState !== 'complete') await new Promise((done) => { peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') done(); }; });
  return peer.localDescription.sdp;
}
async function offer(options) { await peer.setLocalDescription(await peer.createOffer(options)); return gathered(); }
async function answer(sdp) { await peer.setRemoteDescription({ type: 'offer', sdp }); await peer.setLocalDescription(); return gathered(); }
async function accept(sdp) { await peer.setRemoteDescription({ type: 'answer', sdp }); }
function setDirection(direction) { peer.getTransceivers()[0].direction = direction; }
function press(keys) { peer.getSenders()[0].dtmf.insertDTMF(keys, 100, 70); }
function loudest() {
  if (!analyser) return { hertz: 0, decibels: -Infinity };
  const bins = new Float32Array(analyser.frequencyBinCount); analyser.getFloatFrequencyData(bins);
  let best = 0; for (let i = 1; i < bins.length; i += 1) if (bins[i] > bins[best]) best = i;
  return { hertz: best * context.sampleRate / analyser.fftSize, decibels: bins[best] };
}
async function statistics() { const found = {}; for (const one of (await peer.getStats()).values()) (found[one.type] ??= []).push(one); return found; }
</script>`;

export interface PhoneServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Microphones are for pages of a secure origin only, which localhost is. */
export async function servePhone(): Promise<PhoneServer> {
  const server: Server = createServer((_, response) => { response.setHeader('content-type', 'text/html').end(PAGE); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port ?? 0 : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

export interface Phone {
  readonly page: ChromiumPage;
  readonly offer: (options?: { readonly iceRestart?: boolean }) => Promise<string>;
  readonly answer: (sdp: string) => Promise<string>;
  readonly accept: (sdp: string) => Promise<void>;
  readonly setDirection: (direction: string) => Promise<void>;
  readonly press: (keys: string) => Promise<void>;
  readonly loudest: () => Promise<{ readonly hertz: number; readonly decibels: number }>;
  readonly statistics: (type: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export async function openPhone(chromium: Chromium, url: string, constraints = { audio: true, video: false }): Promise<Phone> {
  const page = await chromium.open(url);
  await page.evaluate(`start(${JSON.stringify(constraints)})`);
  const call = async <T>(name: string, ...given: readonly unknown[]): Promise<T> => page.evaluate<T>(`${name}(...${JSON.stringify(given)})`);
  return {
    page,
    offer: (options = {}) => call('offer', options),
    answer: (sdp) => call('answer', sdp),
    accept: (sdp) => call('accept', sdp),
    setDirection: (direction) => call('setDirection', direction),
    press: (keys) => call('press', keys),
    loudest: () => call('loudest'),
    statistics: async (type) => (await call<Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>('statistics'))[type] ?? [],
  };
}
