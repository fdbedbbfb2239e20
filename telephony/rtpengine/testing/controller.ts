import { createMedia } from '../../media/media.ts';
import type { MediaOrder } from '../../media/order.ts';
import { createKeyLog } from '../key-log.ts';
import { createRtpengineMedia } from '../media.ts';
import { createNg } from '../ng.ts';
import { INSIDE_ADDRESS } from './daemon.ts';

/** Media in a process of their own, which a test can kill. It takes orders from its parent, and answers them in their order. */
const { NG_PORT, KEYS_PORT, INSTANCE, RTP_FROM } = process.env;
const onFault = (): void => undefined;
const from = Number(RTP_FROM);
const media = createRtpengineMedia({
  ng: createNg({ host: '127.0.0.1', port: Number(NG_PORT) }), keyLog: createKeyLog({ address: '127.0.0.1', port: Number(KEYS_PORT) }),
  instance: INSTANCE ?? '', interfaces: { far: 'far', inside: 'inside' }, silentMs: 5_000, watchMs: 200, onFault,
  builtIn: createMedia({
    threads: 1, onFault,
    settings: { address: INSIDE_ADDRESS, advertised: INSIDE_ADDRESS, ports: { from, to: from + 19 }, codecs: ['PCMA'], music: undefined, silentMs: 5_000 },
  }),
});

async function answer(number: number, order: MediaOrder | 'relayed'): Promise<void> {
  process.send?.({ number, answer: order === 'relayed' ? media.relayed() : await media.perform(order) });
}

process.on('message', ({ number, order }: { readonly number: number; readonly order: MediaOrder | 'relayed' }) => { void answer(number, order); });
