import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { realTimers, type Timers } from '../timers.ts';
import { isDictionary, readBencode, textOf, writeBencode, type Dictionary, type Encodable } from './bencode.ts';

export interface NgOptions {
  readonly host: string;
  readonly port: number;
  /** After how much silence a request is given up. */
  readonly deadlineMs?: number;
  /** After how much silence it is first sent again; then after twice as much, and so on. */
  readonly resendMs?: number;
  readonly timers?: Timers;
}

export type NgAnswer =
  | { readonly ok: true; readonly fields: Dictionary }
  /** `silent`: nothing came until the deadline. `refused`: rtpengine said no. `busy`: too much is waiting already. `closed`: this client is. */
  | { readonly ok: false; readonly why: 'silent' | 'refused' | 'busy' | 'closed'; readonly message: string };

/** Requests to rtpengine by its ng protocol: a cookie, a space, and a dictionary, in a datagram each way. */
export interface Ng {
  readonly request: (command: string, fields?: Readonly<Record<string, Encodable | undefined>>) => Promise<NgAnswer>;
  /** Requests that have no answer yet. */
  readonly waiting: () => number;
  readonly close: () => void;
}

/** Less than the voice port may take for an order (5 s), so that two in a row fit into it. */
const DEADLINE_MS = 2_000;
const RESEND_MS = 200;
/** So many are under way at once, as more than the daemon's socket holds would only be sent again. */
const MOST_UNDER_WAY = 64;
const MOST_WAITING = 4_096;
/** What a datagram can hold (RFC 768 over IPv4). */
const MOST_BYTES = 65_507;
const SPACE = 0x20;

interface Request {
  readonly datagram: Buffer;
  readonly settle: (answer: NgAnswer) => void;
  resendMs: number;
  cancelResend: () => void;
  cancelDeadline: () => void;
}

export function createNg({ host, port, deadlineMs = DEADLINE_MS, resendMs = RESEND_MS, timers = realTimers }: NgOptions): Ng {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  /** Cookies of another client, or of one that was here before, are none of ours. */
  const prefix = randomBytes(9).toString('base64url');
  const underWay = new Map<string, Request>();
  const queued = new Map<string, Request>();
  let numbers = 0;
  let connection: 'none' | 'asked' | 'there' = 'none';
  let isClosed = false;

  /** The kernel lets through only what comes from the daemon. The name is looked up anew where that failed. */
  const connect = (): void => {
    if (connection !== 'none' || isClosed) return;
    connection = 'asked';
    socket.connect(port, host);
  };
  socket.on('connect', () => {
    connection = 'there';
    for (const { datagram } of underWay.values()) socket.send(datagram);
  });
  // A daemon that is not there lets the kernel say so; it may come back before the deadline.
  socket.on('error', () => { if (connection === 'asked') connection = 'none'; });

  const transmit = ({ datagram }: Request): void => {
    if (connection === 'there') socket.send(datagram);
    else connect();
  };

  const start = (cookie: string, request: Request): void => {
    underWay.set(cookie, request);
    transmit(request);
    const again = (): void => {
      request.cancelResend = timers.after(request.resendMs, () => {
        request.resendMs *= 2;
        // The same cookie has the daemon answer what it has answered before, and do nothing twice.
        transmit(request);
        again();
      });
    };
    again();
  };

  const finish = (cookie: string, answer: NgAnswer): void => {
    const request = underWay.get(cookie) ?? queued.get(cookie);
    if (request === undefined) return;
    underWay.delete(cookie);
    queued.delete(cookie);
    request.cancelResend();
    request.cancelDeadline();
    request.settle(answer);
    if (underWay.size >= MOST_UNDER_WAY) return;
    for (const [next, waiting] of queued) {
      queued.delete(next);
      start(next, waiting);
      break;
    }
  };

  socket.on('message', (datagram) => {
    const space = datagram.indexOf(SPACE);
    if (space <= 0) return;
    const cookie = datagram.toString('latin1', 0, space);
    if (!underWay.has(cookie)) return;
    const fields = readBencode(datagram.subarray(space + 1));
    if (isDictionary(fields)) finish(cookie, answerOf(fields));
  });

  return {
    request: (command, fields = {}) => new Promise((settle) => {
      if (isClosed) {
        settle({ ok: false, why: 'closed', message: 'the client is closed' });
        return;
      }
      if (underWay.size + queued.size >= MOST_WAITING) {
        settle({ ok: false, why: 'busy', message: 'too many requests are waiting for rtpengine' });
        return;
      }
      numbers += 1;
      const cookie = `${prefix}${numbers}`;
      const datagram = Buffer.concat([Buffer.from(`${cookie} `), writeBencode({ ...fields, command })]);
      if (datagram.length > MOST_BYTES) {
        settle({ ok: false, why: 'refused', message: `${command} does not fit into a datagram` });
        return;
      }
      const request: Request = { datagram, settle, resendMs, cancelResend: () => undefined, cancelDeadline: () => undefined };
      request.cancelDeadline = timers.after(deadlineMs, () => { finish(cookie, { ok: false, why: 'silent', message: `rtpengine does not answer ${command}` }); });
      if (underWay.size < MOST_UNDER_WAY) start(cookie, request);
      else queued.set(cookie, request);
    }),
    waiting: () => underWay.size + queued.size,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      for (const cookie of [...queued.keys(), ...underWay.keys()]) finish(cookie, { ok: false, why: 'closed', message: 'the client was closed' });
      socket.close();
    },
  };
}

/** `ok` and `pong` are yes; what else there is comes with a reason. A call that is deleted twice is `ok` with a warning. */
function answerOf(fields: Dictionary): NgAnswer {
  const result = textOf(fields, 'result');
  if (result === 'ok' || result === 'pong') return { ok: true, fields };
  return { ok: false, why: 'refused', message: textOf(fields, 'error-reason') ?? `rtpengine answered ${result ?? 'nothing'}` };
}
