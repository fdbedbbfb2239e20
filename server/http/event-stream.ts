import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventStream } from '@parley/contract/handler.ts';

/** Proxies and browsers give lines up that are silent for longer. */
const BEAT_MS = 15_000;
/** After so long a browser comes again by itself. */
const RETRY_MS = 2000;
/** What may wait for a client that reads slowly, beside the largest event there was; it comes again and sees how things are by then. */
export const MAX_WAITING_BYTES = 512 * 1024;

interface Streams {
  readonly ends: Set<() => void>;
  isEnding: boolean;
}

/** The streams of each listener. */
const all = new WeakMap<FastifyInstance, Streams>();

function streamsOf(app: FastifyInstance): Streams {
  let streams = all.get(app);
  if (streams === undefined) {
    streams = { ends: new Set(), isEnding: false };
    all.set(app, streams);
  }
  return streams;
}

/** Whether no stream begins any more. */
export const isEnding = (app: FastifyInstance): boolean => streamsOf(app).isEnding;

/** Ends the streams of a listener that is to be closed. */
export function endEventStreams(app: FastifyInstance): void {
  const streams = streamsOf(app);
  streams.isEnding = true;
  for (const end of streams.ends) end();
}

/** Sends events as they come, until the stream ends, the client goes, reads too slowly or may not listen any more. */
export function sendEventStream(request: FastifyRequest, reply: FastifyReply, { open, mayGoOn, beatMs = BEAT_MS }: EventStream): FastifyReply {
  const { ends } = streamsOf(request.server);
  const { raw } = reply;
  const source = new Readable({ read: () => undefined });
  let isOver = false;
  let largest = 0;
  /** What is sent in one go is written in one. */
  let gathered = '';
  let stop: (() => void) | undefined;

  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(beating);
    ends.delete(end);
    stop?.();
  };
  const flush = (): void => {
    if (gathered !== '' && !source.readableEnded && !source.destroyed) source.push(gathered);
    gathered = '';
  };
  const end = (): void => {
    if (isOver) return;
    finish();
    flush();
    source.push(null);
  };
  const write = (text: string): void => {
    if (isOver) return;
    if (gathered.length + source.readableLength + raw.writableLength > MAX_WAITING_BYTES + largest) {
      finish();
      raw.destroy();
      return;
    }
    if (gathered === '') process.nextTick(flush);
    gathered += text;
    largest = Math.max(largest, text.length);
  };

  let isAsking = false;
  const beat = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    try {
      // Also where whoever would know cannot be asked: the line is kept, and asked about again.
      if (await mayGoOn()) write(': \n\n');
      else end();
    } catch (error) {
      request.log.warn({ err: error, operation: request.routeOptions.config.op?.id }, 'whether a stream may go on cannot be told now');
      write(': \n\n');
    } finally {
      isAsking = false;
    }
  };
  const beating = setInterval(() => { void beat(); }, beatMs);
  beating.unref();

  ends.add(end);
  raw.once('close', finish);
  write(`retry: ${RETRY_MS}\n\n`);
  stop = open({ end, send: (name, data) => { write(`event: ${name}\ndata: ${data}\n\n`); } });
  // It has ended, or the client has gone, while it was opened.
  if (isOver) stop();
  // The connection goes with it: one that fell idle while the listener closes would hold it open.
  reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').header('connection', 'close');
  return reply.type('text/event-stream; charset=utf-8').send(source);
}
