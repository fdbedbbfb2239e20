import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ByteSource, Download } from '@parley/contract/handler.ts';

/** From the first byte up to the last one, which is in it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What part of so many bytes a request asks for (RFC 9110, 14.2): undefined for all of them, also where what is asked is no single
 * range of bytes, as a server may pass over what it does not know; `none` for a range that there is nothing of.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'none' | undefined {
  const [, from, to] = RANGE.exec(header?.trim().replaceAll(' ', '') ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return Number(to) === 0 || size === 0 ? 'none' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? 'none' : { first, last };
}

const sourceOf = (bytes: Uint8Array): ByteSource => ({ size: bytes.length, read: (from, to) => Readable.from([bytes.subarray(from, to)]) });

/** Sends what is not JSON, or the range of it that was asked for. */
export function sendDownload({ headers, method }: FastifyRequest, reply: FastifyReply, { bytes, mediaType, fileName }: Download): FastifyReply {
  const source = bytes instanceof Uint8Array ? sourceOf(bytes) : bytes;
  const { size } = source;
  if (fileName !== undefined) reply.header('content-disposition', `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`);
  reply.header('accept-ranges', 'bytes');
  // Nothing tells one version of a file from the next, so of one that was begun before there is no rest (RFC 9110, 13.1.5).
  const range = method === 'GET' && headers['if-range'] === undefined ? rangeOf(headers.range, size) : undefined;
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${size}`).type(mediaType).send('');
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  const { first, last } = range ?? { first: 0, last: size - 1 };
  if (size === 0) return reply.type(mediaType).send('');
  return reply.type(mediaType).header('content-length', last - first + 1).send(Readable.from(source.read(first, last + 1), { objectMode: false }));
}
