import type { SipResponse } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';
import { deliver, expire, isReliable, linger, patience, repeat, rest, stopRepeating, type Clockwork, type Machinery } from './machinery.ts';
import type { RequestFailure } from './transactions.ts';

/**
 * A request that came in until it is over. INVITE (RFC 3261 17.2.1, RFC 6026 8.5):
 *
 *   proceeding --2xx--> accepted --L--> gone
 *       \____300-699--> completed --ACK--> confirmed --I--> gone
 *                               \---H: nobody acknowledged it--> gone
 *
 * All others (17.2.2):
 *
 *   trying --1xx--> proceeding --200-699--> completed --J--> gone
 *
 * What came in is not kept here: it may be large, and a transaction stands long after its answer. Nor are those who listen, and all
 * that they hold, once there is nothing left that they could be told.
 */
export interface Server extends Clockwork {
  readonly key: string;
  readonly channel: Channel;
  readonly isInvite: boolean;
  state: 'trying' | 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'gone';
  /** The last response that was sent, for requests that come again; not that of an accepted one, which whoever gave it repeats. */
  last?: SipResponse | undefined;
  /** The To of the last response, with its tag. */
  to?: string | undefined;
  cancelled?: { readonly reason: string | undefined };
  failure?: RequestFailure;
  readonly cancelListeners: Set<(reason: string | undefined) => void>;
  readonly failureListeners: Set<(why: RequestFailure) => void>;
}

export interface ServerMachinery extends Machinery {
  readonly forget: (server: Server) => void;
}

/** `sendTrying` is what an INVITE is told when its receiver takes its time. */
export function startServer(machinery: ServerMachinery, server: Server, sendTrying: () => void): void {
  server.unhook = server.channel.onClose(() => { fail(machinery, server, 'transport'); });
  if (server.state === 'gone') return;
  if (server.isInvite) {
    server.resend = machinery.timers.after(machinery.timing.trying, () => {
      server.resend = undefined;
      if (server.state === 'proceeding' && server.last === undefined) sendTrying();
    });
  } else {
    // By then its sender has given up (timer F), and an answer would do harm (RFC 4320 4.2).
    expire(machinery, server, patience(machinery), () => { fail(machinery, server, 'timeout'); });
  }
}

export function respond(machinery: ServerMachinery, server: Server, response: SipResponse): void {
  const { state, isInvite } = server;
  const isSuccess = response.status >= 200 && response.status < 300;
  // A 2xx is sent again by whoever gave it, until it is acknowledged (RFC 6026 7.1).
  if (state === 'accepted' && isSuccess) send(machinery, server, response);
  if (state !== 'trying' && state !== 'proceeding') return;
  server.last = response;
  server.to = response.headers.get('To');
  stopRepeating(server);
  if (response.status >= 200) server.cancelListeners.clear();
  if (response.status < 200) server.state = 'proceeding';
  else if (isInvite && isSuccess) {
    server.state = 'accepted';
    server.last = undefined;
    server.failureListeners.clear();
    // Timer L.
    linger(machinery, server, patience(machinery), () => { end(machinery, server); });
  } else if (isInvite) awaitAck(machinery, server, response);
  else server.state = 'completed';
  send(machinery, server, response);
  if (server.state === 'completed' && !isInvite) absorb(machinery, server, patience(machinery));
}

/** The request came again: what was answered last is answered again. */
export function takeAgain(machinery: ServerMachinery, server: Server): void {
  const isAnswered = server.state === 'proceeding' || server.state === 'completed';
  if (isAnswered && server.last !== undefined) send(machinery, server, server.last);
}

/** Answers whether the ACK was one of this transaction. That of a 2xx is not (RFC 6026 7.1). */
export function takeAck(machinery: ServerMachinery, server: Server): boolean {
  if (server.state === 'accepted') return false;
  if (server.state === 'completed') {
    server.state = 'confirmed';
    stopRepeating(server);
    server.last = undefined;
    server.failureListeners.clear();
    // Timer I.
    absorb(machinery, server, machinery.timing.t4);
  }
  return true;
}

export function takeCancel(machinery: ServerMachinery, server: Server, reason: string | undefined): void {
  // Once there was a final response it changes nothing (9.2).
  if (server.state !== 'proceeding' || server.cancelled !== undefined) return;
  server.cancelled = { reason };
  for (const listener of server.cancelListeners) machinery.tell(() => { listener(reason); });
}

/** An answer that somebody has acknowledged has arrived, and whether a 2xx has is for the dialog to find out. */
export function mayFail({ state }: Server): boolean {
  return state !== 'confirmed' && state !== 'accepted' && state !== 'gone';
}

export function end(machinery: ServerMachinery, server: Server): void {
  if (server.state === 'gone') return;
  server.state = 'gone';
  rest(server);
  server.cancelListeners.clear();
  server.failureListeners.clear();
  machinery.forget(server);
}

function awaitAck(machinery: ServerMachinery, server: Server, response: SipResponse): void {
  const { t1, t2 } = machinery.timing;
  server.state = 'completed';
  // Timers G and H.
  if (!isReliable(server.channel.kind)) repeat(machinery, server, t1, t2, () => { send(machinery, server, response); });
  expire(machinery, server, patience(machinery), () => { fail(machinery, server, 'timeout'); });
}

/** What still comes is taken in silence for a while, where it may have got lost before. */
function absorb(machinery: ServerMachinery, server: Server, ms: number): void {
  if (isReliable(server.channel.kind)) end(machinery, server);
  else linger(machinery, server, ms, () => { end(machinery, server); });
}

function fail(machinery: ServerMachinery, server: Server, why: RequestFailure): void {
  if (server.state === 'gone') return;
  const isAwaited = mayFail(server);
  const listeners = [...server.failureListeners];
  if (isAwaited) server.failure = why;
  end(machinery, server);
  if (isAwaited) for (const listener of listeners) machinery.tell(() => { listener(why); });
}

function send(machinery: ServerMachinery, server: Server, response: SipResponse): void {
  void deliver(server.channel, response, () => { fail(machinery, server, 'transport'); });
}
