import type { Timers } from '../../timers.ts';
import { tagOf } from '../message/address.ts';
import { responseTo } from '../message/build.ts';
import { newBranch, type Random } from '../message/identifiers.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import type { Channel, Transports } from '../transport/channel.ts';
import { statelessResponseTo } from '../transport/stateless.ts';
import { cancelClient, endClient, NOBODY, startClient, takeResponse, type Client, type ClientMachinery } from './client.ts';
import { deliver, type Machinery } from './machinery.ts';
import { clientKey, clientKeyOf, serverKeyOf } from './matching.ts';
import { cancelOf, withVia } from './requests.ts';
import { end, mayFail, respond, startServer, takeAck, takeAgain, takeCancel, type Server, type ServerMachinery } from './server.ts';
import { STANDARD_TIMING, type TransactionTiming } from './timing.ts';
import type { ClientListener, ServerTransaction, Transactions } from './transactions.ts';

export interface TransactionLimits {
  /** Requests of others that stand at the same time; those beyond are told to come again later. */
  readonly servers: number;
  /** For which time, in seconds. */
  readonly retryAfter: number;
}

export interface TransactionsDependencies {
  readonly transports: Pick<Transports, 'subscribe'>;
  readonly timers: Timers;
  readonly timing?: Partial<TransactionTiming>;
  readonly limits?: Partial<TransactionLimits>;
  /** Of the branches of our requests, which nobody may guess. */
  readonly random?: Random;
  readonly onFault?: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

export interface TransactionCounters {
  /** Responses that belong to nothing of ours. */
  strayResponses: number;
  /** Requests and responses that came again. */
  repeated: number;
  /** Requests that were told to come again later. */
  overload: number;
}

/** Transactions, and what whoever has made them needs besides. */
export interface TransactionLayer extends Transactions {
  readonly counters: Readonly<TransactionCounters>;
  /** Everything ends, and nobody is told. */
  readonly stop: () => void;
}

const LIMITS: TransactionLimits = { servers: 50_000, retryAfter: 5 };

export function createTransactions({
  transports, timers, timing: given = {}, limits: givenLimits = {}, random, onFault = () => undefined,
}: TransactionsDependencies): TransactionLayer {
  const timing = { ...STANDARD_TIMING, ...given };
  const limits = { ...LIMITS, ...givenLimits };
  const clients = new Map<string, Client>();
  const servers = new Map<string, Server>();
  const requestListeners = new Set<(transaction: ServerTransaction) => void>();
  const ackListeners = new Set<(ack: SipRequest, channel: Channel) => void>();
  const counters: TransactionCounters = { strayResponses: 0, repeated: 0, overload: 0 };

  const tell = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      onFault('a listener to transactions failed', { error });
      return false;
    }
  };
  const machinery: Machinery = { timers, timing, tell };
  const forClients: ClientMachinery = {
    ...machinery,
    forget: ({ key }) => { clients.delete(key); },
    sendCancel: ({ request, channel, branch, cancelReason }) => { begin(cancelOf(request, cancelReason), channel, branch, NOBODY); },
  };
  const forServers: ServerMachinery = { ...machinery, forget: ({ key }) => { servers.delete(key); } };

  /** Sends a request that has its Via already. */
  const begin = (request: SipRequest, channel: Channel, branch: string, listener: ClientListener): Client => {
    const key = clientKey(branch, request.method);
    const client: Client = { key, branch, request, channel, listener, isInvite: request.method === 'INVITE', state: 'calling', cancel: 'no' };
    clients.set(key, client);
    startClient(forClients, client);
    return client;
  };

  /** Answers a request of which nothing is kept. */
  const answer = (channel: Channel, response: SipResponse): void => { void deliver(channel, response, () => undefined); };

  const accept = (request: SipRequest, channel: Channel, key: string): Server => {
    const isInvite = request.method === 'INVITE';
    const server: Server = { key, channel, isInvite, state: isInvite ? 'proceeding' : 'trying', cancelListeners: new Set(), failureListeners: new Set() };
    servers.set(key, server);
    startServer(forServers, server, () => { respond(forServers, server, responseTo(request, 100)); });
    return server;
  };

  const offer = (request: SipRequest, server: Server): void => {
    const transaction = handleOf(forServers, request, server);
    const isTaken = requestListeners.size > 0 && [...requestListeners].every((listener) => tell(() => { listener(transaction); }));
    // Whatever it was that failed, the other end need not wait for it. Where there was an answer already, this one is none.
    if (!isTaken) respond(forServers, server, statelessResponseTo(request, 500));
  };

  const takeAckRequest = (ack: SipRequest, channel: Channel, key: string): void => {
    const server = servers.get(key);
    if (server !== undefined && takeAck(forServers, server)) return;
    for (const listener of ackListeners) tell(() => { listener(ack, channel); });
  };

  const takeCancelRequest = (cancel: SipRequest, channel: Channel, key: string): void => {
    const invite = servers.get(serverKeyOf(cancel, 'INVITE') ?? '');
    if (invite === undefined) {
      // Says the same each time it comes, so nothing need be kept of it (9.2).
      answer(channel, statelessResponseTo(cancel, 481));
      return;
    }
    const server = accept(cancel, channel, key);
    const response = statelessResponseTo(cancel, 200);
    // The tag is that of the INVITE's responses (9.2).
    const { to } = invite;
    if (to !== undefined && tagOf(to) !== undefined) response.headers.set('To', to);
    respond(forServers, server, response);
    takeCancel(forServers, invite, cancel.headers.get('Reason'));
  };

  const takeRequest = (request: SipRequest, channel: Channel): void => {
    const key = serverKeyOf(request);
    if (key === undefined) return;
    if (request.method === 'ACK') {
      takeAckRequest(request, channel, key);
      return;
    }
    const known = servers.get(key);
    if (known !== undefined) {
      counters.repeated += 1;
      takeAgain(forServers, known);
    } else if (request.method === 'CANCEL') takeCancelRequest(request, channel, key);
    else if (servers.size >= limits.servers) {
      counters.overload += 1;
      answer(channel, statelessResponseTo(request, 503, undefined, { 'Retry-After': String(limits.retryAfter) }));
    } else {
      const server = accept(request, channel, key);
      // Nobody can be answered by a channel that is closed.
      if (server.state !== 'gone') offer(request, server);
    }
  };

  const take = (message: SipMessage, channel: Channel): void => {
    if (message.kind === 'request') {
      takeRequest(message, channel);
      return;
    }
    const key = clientKeyOf(message);
    const client = key === undefined ? undefined : clients.get(key);
    if (client === undefined) counters.strayResponses += 1;
    else takeResponse(forClients, client, message);
  };

  const unsubscribe = transports.subscribe(take);

  return {
    request: (request, channel, listener) => {
      const branch = newBranch(random);
      const client = begin(withVia(request, channel, branch), channel, branch, listener);
      return {
        request: client.request,
        cancel: (reason) => {
          client.cancelReason ??= reason;
          cancelClient(forClients, client);
        },
      };
    },
    acknowledge: (ack, channel) => { void deliver(channel, withVia(ack, channel, newBranch(random)), () => undefined); },
    onRequest: (listener) => { requestListeners.add(listener); },
    onAck: (listener) => { ackListeners.add(listener); },
    standing: () => clients.size + servers.size,
    counters,
    stop: () => {
      unsubscribe();
      for (const client of clients.values()) endClient(forClients, client);
      for (const server of servers.values()) end(forServers, server);
    },
  };
}

/** What the receiver of a request holds. It holds the request, which the transaction does not. */
function handleOf(machinery: ServerMachinery, request: SipRequest, server: Server): ServerTransaction {
  return {
    request,
    channel: server.channel,
    respond: (response) => { respond(machinery, server, response); },
    onCancel: (listener) => {
      const { cancelled } = server;
      if (cancelled !== undefined) machinery.tell(() => { listener(cancelled.reason); });
      else if (server.state === 'proceeding') server.cancelListeners.add(listener);
    },
    onFailed: (listener) => {
      const { failure } = server;
      if (failure !== undefined) machinery.tell(() => { listener(failure); });
      else if (mayFail(server)) server.failureListeners.add(listener);
    },
  };
}
