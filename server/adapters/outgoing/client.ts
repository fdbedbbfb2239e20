import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions as HttpsRequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Logger } from 'pino';
import type { Outgoing, OutgoingReply, OutgoingRequest } from '../../engine/outgoing.ts';
import { createAddressPolicy, type AddressPolicy } from './address.ts';

export interface OutgoingOptions {
  /** Private networks that may be called, such as `10.1.0.0/16`; true for all of them. */
  readonly allowPrivate: readonly string[] | boolean;
  readonly log: Pick<Logger, 'warn'>;
  /** The addresses of a name. */
  readonly resolver?: (name: string) => Promise<readonly string[]>;
  /** Certificates (PEM) to be trusted instead of those that Node brings. */
  readonly trustedCertificates?: string;
  readonly maxReplyBytes?: number;
}

type Resolver = NonNullable<OutgoingOptions['resolver']>;

export const MAX_REPLY_BYTES = 64 * 1024;
const MAX_REPLY_HEADER_BYTES = 16 * 1024;
const MAX_URL_LENGTH = 8192;

type Failure = Extract<OutgoingReply, { ok: false }>;
type Why = Failure['why'];

interface Target {
  readonly url: URL;
  /** As it is resolved and as the certificate must name it: without brackets and without the dot at the end. */
  readonly host: string;
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

const fail = (why: Why, message: string): Failure => ({ ok: false, why, message });

const systemResolver: Resolver = async (name) =>
  (await lookup(name, { all: true, order: 'verbatim' })).map(({ address }) => address);

/**
 * The client for users' URLs. A name is resolved once, every address it has is checked, and the connection goes to one of
 * those very addresses, so that a second answer of the name server cannot lead elsewhere. Each request has a connection of
 * its own: nothing is kept that could be reused under another name. Requests are sent as they come; where order matters,
 * the sender waits for the reply before it sends the next (a queue's business). No proxy of the environment is used, no
 * cookie kept, nothing decompressed, and no redirect followed.
 */
export function createOutgoing({
  allowPrivate, log, resolver = systemResolver, trustedCertificates, maxReplyBytes = MAX_REPLY_BYTES,
}: OutgoingOptions): Outgoing {
  const policy = createAddressPolicy(allowPrivate);
  // Agents of our own: the global ones may be told by the environment to go through a proxy.
  const plain: RequestOptions = { agent: new HttpAgent({ keepAlive: false }) };
  const secured: HttpsRequestOptions = {
    agent: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 }),
    // Said aloud, because the environment could say otherwise.
    rejectUnauthorized: true,
    ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
  };

  return {
    send: async (request) => {
      const target = readTarget(request.url);
      if ('why' in target) return target;
      const abort = new AbortController();
      const { promise: overdue, resolve: giveUp } = Promise.withResolvers<Failure>();
      const timer = setTimeout(() => {
        giveUp(fail('timeout', `no reply from ${target.host} within ${request.deadlineMs} ms`));
      }, request.deadlineMs);
      const go = async (): Promise<OutgoingReply> => {
        const addresses = await addressesOf(target, resolver, policy);
        if ('why' in addresses) {
          // The path and the query stay out of the log: they may hold secrets.
          if (addresses.why === 'forbidden-address') log.warn({ host: target.host }, `a call was refused: ${addresses.message}`);
          return addresses;
        }
        if (abort.signal.aborted) return fail('timeout', `the address of ${target.host} came too late`);
        const connection = { ...(isSecure(target.url) ? secured : plain), lookup: pinnedTo(addresses), signal: abort.signal };
        return exchange(request, target, connection, maxReplyBytes);
      };
      try {
        return await Promise.race([go(), overdue]);
      } finally {
        clearTimeout(timer);
        // Whatever came of it, the connection ends here.
        abort.abort();
      }
    },
  };
}

function readTarget(text: string): Target | Failure {
  if (text.length > MAX_URL_LENGTH) return fail('bad-url', 'the URL is too long');
  const url = URL.parse(text);
  if (url === null) return fail('bad-url', 'this is no URL');
  if (url.protocol !== 'http:' && !isSecure(url)) return fail('bad-url', `the scheme is ${url.protocol.slice(0, -1)}, not http or https`);
  if (url.username !== '' || url.password !== '') return fail('bad-url', 'the URL holds a user name or a password');
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return host === '' ? fail('bad-url', 'the URL has no host') : { url, host };
}

/** All addresses must pass: a name with a public and a private one is not taken at its better half. */
async function addressesOf({ host }: Target, resolver: Resolver, policy: AddressPolicy): Promise<readonly string[] | Failure> {
  let addresses: readonly string[];
  try {
    addresses = isIP(host) === 0 ? await resolver(host) : [host];
  } catch (error) {
    return fail('unreachable', `${host} has no address: ${messageOf(error)}`);
  }
  if (addresses.length === 0) return fail('unreachable', `${host} has no address`);
  for (const address of addresses) {
    const refusal = policy.refusal(address);
    if (refusal !== undefined) return fail('forbidden-address', `${host} is at ${address}, which must not be called (${refusal})`);
  }
  return addresses;
}

/** Stands where the connection would ask the name server a second time. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, options, answer) => {
    const [first] = all;
    if (options.all === true) answer(null, all);
    else answer(null, first?.address ?? '', first?.family);
  };
}

async function exchange(request: OutgoingRequest, { url, host }: Target, connection: RequestOptions, maxBytes: number): Promise<OutgoingReply> {
  const { method, headers = {}, body } = request;
  const { promise, resolve } = Promise.withResolvers<OutgoingReply>();
  const payload = body === undefined ? undefined : Buffer.from(body, 'utf8');
  const secure = isSecure(url);
  const sending = (secure ? httpsRequest : httpRequest)({
    ...connection, method, host, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), path: `${url.pathname}${url.search}`,
    // SNI is for names only (RFC 6066 section 3).
    ...(secure ? { servername: isIP(host) === 0 ? host : '' } : {}),
    maxHeaderSize: MAX_REPLY_HEADER_BYTES, insecureHTTPParser: false,
    headers: {
      'user-agent': 'Parley', accept: '*/*', ...lowered(headers),
      host: url.host, connection: 'close', 'accept-encoding': 'identity',
      ...(payload === undefined ? {} : { 'content-length': payload.length }),
    },
  });
  let answered = false;
  sending.on('error', (error: NodeJS.ErrnoException) => {
    if (answered) return;
    if (error.code === 'HPE_HEADER_OVERFLOW') resolve(fail('reply-too-large', `${host} answered with too many headers`));
    else resolve(fail('unreachable', `${host} cannot be reached: ${messageOf(error)}`));
  });
  sending.on('close', () => { if (!answered) resolve(fail('unreachable', `${host} ended the connection without a reply`)); });
  sending.on('response', (response) => {
    // From here on, the reply itself tells how it ends; the request may close before all of it is read.
    answered = true;
    resolve(readReply(response, host, request.bytes?.max ?? maxBytes, request.bytes !== undefined));
  });
  sending.end(payload);
  return promise;
}

async function readReply(response: IncomingMessage, host: string, maxBytes: number, asBytes: boolean): Promise<OutgoingReply> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return fail('redirect', `${host} answered with a redirect (HTTP ${status}), which is not followed`);
  const tooLarge = fail('reply-too-large', `${host} answered more than ${maxBytes} bytes`);
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) return tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    return fail('unreachable', `${host} broke off its reply: ${messageOf(error)}`);
  }
  const bytes = Buffer.concat(chunks);
  return asBytes ? { ok: true, status, body: '', bytes } : { ok: true, status, body: bytes.toString('utf8') };
}

/** So that a header in another letter case does not stand beside ours. */
function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Node puts the several attempts of a connection into one error without words. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
