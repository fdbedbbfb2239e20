import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';
import { deliver, expire, isReliable, linger, patience, repeat, rest, stopRepeating, type Clockwork, type Machinery } from './machinery.ts';
import { ackOf } from './requests.ts';
import type { ClientListener, RequestFailure } from './transactions.ts';

/**
 * A request of ours until it is over. INVITE (RFC 3261 17.1.1, RFC 6026 8.4):
 *
 *   calling --1xx--> proceeding --2xx--> accepted --M--> gone
 *      \________________ \___300-699--> completed --D--> gone
 *
 * All others (17.1.2), whose first state is called trying there:
 *
 *   calling --1xx--> proceeding --200-699--> completed --K--> gone
 */
export interface Client extends Clockwork {
  readonly key: string;
  readonly branch: string;
  readonly request: SipRequest;
  readonly channel: Channel;
  /** Nobody any more once the last response that is told was told: the transaction stands long after that, and a listener may hold a whole call. */
  listener: ClientListener;
  readonly isInvite: boolean;
  state: 'calling' | 'proceeding' | 'accepted' | 'completed' | 'gone';
  /** Whether it is to be cancelled as soon as that may be done, or has been. */
  cancel: 'no' | 'wanted' | 'sent';
  cancelReason?: string | undefined;
  /** What a final response is answered with when it comes again. */
  ack?: SipRequest;
}

export const NOBODY: ClientListener = { response: () => undefined, failed: () => undefined };

export interface ClientMachinery extends Machinery {
  readonly forget: (client: Client) => void;
  /** The time for CANCEL has come. */
  readonly sendCancel: (client: Client) => void;
}

export function startClient(machinery: ClientMachinery, client: Client): void {
  const { channel, isInvite } = client;
  const { t1, t2 } = machinery.timing;
  client.unhook = channel.onClose(() => { fail(machinery, client, 'transport'); });
  // A channel that is closed already has said so.
  if (client.state === 'gone') return;
  // Timers B and F.
  expire(machinery, client, patience(machinery), () => { fail(machinery, client, 'timeout'); });
  // Timers A and E: only the former knows no bounds.
  if (!isReliable(channel.kind)) repeat(machinery, client, t1, isInvite ? Infinity : t2, () => { send(machinery, client, client.request); });
  send(machinery, client, client.request);
}

export function takeResponse(machinery: ClientMachinery, client: Client, response: SipResponse): void {
  if (response.status < 200) takeProvisional(machinery, client, response);
  else if (client.isInvite) takeFinalOfInvite(machinery, client, response);
  else if (client.state === 'calling' || client.state === 'proceeding') {
    const { listener } = client;
    complete(machinery, client, machinery.timing.t4);
    machinery.tell(() => { listener.response(response); });
  }
}

/** CANCEL is sent only after a provisional response, lest it overtake the INVITE (9.1). */
export function cancelClient(machinery: ClientMachinery, client: Client): void {
  if (!client.isInvite || client.cancel === 'sent') return;
  if (client.state === 'calling') client.cancel = 'wanted';
  else if (client.state === 'proceeding') {
    client.cancel = 'sent';
    // Without a final response it is over after 64 T1 all the same (9.1).
    expire(machinery, client, patience(machinery), () => { fail(machinery, client, 'timeout'); });
    machinery.sendCancel(client);
  }
}

export function endClient(machinery: ClientMachinery, client: Client): void {
  if (client.state === 'gone') return;
  client.state = 'gone';
  rest(client);
  machinery.forget(client);
}

function takeProvisional(machinery: ClientMachinery, client: Client, response: SipResponse): void {
  if (client.state !== 'calling' && client.state !== 'proceeding') return;
  const isFirst = client.state === 'calling';
  client.state = 'proceeding';
  if (client.isInvite) {
    stopRepeating(client);
    if (client.cancel !== 'sent') {
      expire(machinery, client, machinery.timing.proceeding, () => { cancelClient(machinery, client); });
    }
  } else if (isFirst && client.resend !== undefined) {
    // From now on timer E has the longest wait (17.1.2.2).
    const { t2 } = machinery.timing;
    repeat(machinery, client, t2, t2, () => { send(machinery, client, client.request); });
  }
  machinery.tell(() => { client.listener.response(response); });
  if (client.cancel === 'wanted') cancelClient(machinery, client);
}

function takeFinalOfInvite(machinery: ClientMachinery, client: Client, response: SipResponse): void {
  const isSuccess = response.status < 300;
  const { listener } = client;
  if (client.state === 'calling' || client.state === 'proceeding') {
    if (isSuccess) {
      client.state = 'accepted';
      stopRepeating(client);
      // Timer M: until then the same answer comes again, and those of other forks come (RFC 6026 7.2).
      linger(machinery, client, patience(machinery), () => { endClient(machinery, client); });
    } else {
      client.ack = ackOf(client.request, response);
      send(machinery, client, client.ack);
      complete(machinery, client, machinery.timing.absorb);
    }
    machinery.tell(() => { listener.response(response); });
  } else if (client.state === 'accepted' && isSuccess) machinery.tell(() => { listener.response(response); });
  else if (client.state === 'completed' && !isSuccess && client.ack !== undefined) send(machinery, client, client.ack);
}

/** What comes again is kept from the listener for a while: timers D and K, both of which are nothing where nothing gets lost. */
function complete(machinery: ClientMachinery, client: Client, ms: number): void {
  client.state = 'completed';
  client.listener = NOBODY;
  stopRepeating(client);
  if (isReliable(client.channel.kind)) endClient(machinery, client);
  else linger(machinery, client, ms, () => { endClient(machinery, client); });
}

function fail(machinery: ClientMachinery, client: Client, why: RequestFailure): void {
  // After a final response there is nothing left that could fail.
  const isAwaited = client.state === 'calling' || client.state === 'proceeding';
  if (!isAwaited) return;
  endClient(machinery, client);
  machinery.tell(() => { client.listener.failed(why); });
}

function send(machinery: ClientMachinery, client: Client, request: SipRequest): void {
  void deliver(client.channel, request, () => { fail(machinery, client, 'transport'); });
}
