import type { Timers } from '../../timers.ts';
import { writeHost } from '../message/host.ts';
import { writeUri } from '../message/uri.ts';
import type { Channel } from '../transport/channel.ts';
import { retryAfterMs, type Ask } from './ask.ts';
import type { PeerResult } from './peers.ts';
import { targetOf, type TrunkPeer } from './trunk.ts';

export interface HealthDependencies {
  readonly timers: Timers;
  readonly ask: Ask;
  readonly peer: TrunkPeer;
  readonly everyMs: number;
  readonly random: () => number;
  readonly report: (peer: TrunkPeer, result: PeerResult, channel?: Channel) => void;
}

/** Asks a peer now and then whether it is there (RFC 3261 11); answers what ends that. */
export function watchPeer({ timers, ask, peer, everyMs, random, report }: HealthDependencies): () => void {
  let isOver = false;
  let callOff = (): void => {};

  const look = async (): Promise<void> => {
    const uri = writeUri({ scheme: 'sip', user: '', host: peer.host, ...(peer.port === undefined ? {} : { port: peer.port }), params: new Map(), headers: [] });
    const answer = await ask(targetOf(peer), ({ local }) => ({
      method: 'OPTIONS', uri, from: `sip:${writeHost(local.address)}`, headers: { Accept: 'application/sdp' },
    }));
    if (isOver) return;
    if (answer === 'failed' || answer.response.status === 408) {
      report(peer, 'silent');
      return;
    }
    const { response, channel } = answer;
    const later = retryAfterMs(response);
    if (response.status === 503) report(peer, { status: 503, ...(later === undefined ? {} : { retryAfterMs: later }) }, channel);
    // That it does not know OPTIONS, or us, shows as well that it is there.
    else report(peer, 'ok', channel);
  };
  const next = (share: number): void => { if (!isOver) callOff = timers.after(everyMs * share, start); };
  function start(): void {
    look().catch(() => { if (!isOver) report(peer, 'silent'); }).finally(() => { next(0.8 + 0.4 * random()); }).catch(() => undefined);
  }
  // Soon, so that names are known as addresses before the first call comes; but not all at once.
  next(0.1 * random());
  return () => {
    isOver = true;
    callOff();
  };
}
