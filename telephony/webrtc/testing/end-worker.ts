import { parentPort } from 'node:worker_threads';
import { createPorts } from '../../rtp/ports.ts';
import { PCMU } from '../../sdp/codec.ts';
import { createWebRtcEnd } from '../end.ts';

/** A thread with one end that answers an offer and sends back what it hears, until it is told to stop. */
const end = createWebRtcEnd({ ports: createPorts({ from: 45_000, to: 45_999, address: '127.0.0.1' }), bind: '127.0.0.1', codecs: [PCMU] });
end.onPacket(end.send);

async function answer(offer: string): Promise<void> {
  parentPort?.postMessage(await end.answer(offer), []);
}

parentPort?.on('message', ({ offer }: { readonly offer?: string }) => {
  if (offer !== undefined) {
    void answer(offer);
    return;
  }
  end.close();
  parentPort?.close();
});
