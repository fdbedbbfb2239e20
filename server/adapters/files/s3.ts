import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { Files } from '../../engine/files.ts';
import { checkKey } from './key.ts';
import type { S3Place } from './s3-place.ts';

interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Parts of a file that is larger; S3 takes none below 5 MB but the last. */
const PART_BYTES = 8 * 1024 * 1024;
/** Of a file that is read piece by piece, no piece waits for a slow reader. */
const READ_BYTES = 4 * 1024 * 1024;
const DEADLINE_MS = 60_000;
const MOST_TRIES = 4;
const FIRST_WAIT_MS = 100;
const BROKEN: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

const hashOf = (body: Uint8Array | undefined): string => createHash('sha256').update(body ?? '').digest('hex');
/** The few fields that matter of what S3 says in XML. */
const fieldOf = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

async function explain(response: Response, what: string): Promise<Error> {
  const said = await response.text().catch(() => '');
  return new Error(`the file store answered HTTP ${response.status} to ${what}: ${fieldOf(said, 'Code') ?? 'no code'} ${fieldOf(said, 'Message') ?? ''}`.trim());
}

/** The file store of S3 and of those that speak as it does (MinIO, Ceph, OBS and others), by path-style addresses. */
export function createS3Files({ endpoint, bucket, prefix, region, accessKey, secretKey }: S3Place, wait: (ms: number) => Promise<unknown> = delay): Files {
  const addressOf = (key: string, query: Readonly<Record<string, string>> = {}): string => {
    const url = new URL(`${endpoint}/${bucket}/${prefix}${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  };
  const signerOf = (options: Pick<ConstructorParameters<typeof AwsV4Signer>[0], 'method' | 'url' | 'headers' | 'signQuery'>): AwsV4Signer =>
    new AwsV4Signer({ ...options, accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region });

  const once = async ({ method, key, query, headers = {}, body }: S3Request): Promise<Response> => {
    const signed = await signerOf({ method, url: addressOf(key, query), headers: { ...headers, 'x-amz-content-sha256': hashOf(body) } }).sign();
    return fetch(signed.url, {
      method, headers: signed.headers, redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS), ...(body === undefined ? {} : { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) }),
    });
  };

  /** What is the same when it is done twice is tried again where the store, or the way there, has a weak moment. */
  const send = async (request: S3Request): Promise<Response> => {
    for (let tried = 1; ; tried += 1) {
      const isLast = tried === MOST_TRIES || request.method === 'POST';
      try {
        const response = await once(request);
        if (isLast || !BROKEN.has(response.status)) return response;
        await response.body?.cancel();
      } catch (error) {
        if (isLast) throw error;
      }
      await wait(FIRST_WAIT_MS * 2 ** (tried - 1));
    }
  };

  const done = async (request: S3Request): Promise<Response> => {
    const response = await send(request);
    if (response.ok) return response;
    throw await explain(response, `${request.method} ${request.key}`);
  };

  const put = async (key: string, body: Uint8Array): Promise<void> => { await (await done({ method: 'PUT', key, body })).body?.cancel(); };

  /** In parts: nobody sees any of it before it is whole. */
  const putParts = async (key: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    const uploadId = fieldOf(await (await done({ method: 'POST', key, query: { uploads: '' } })).text(), 'UploadId');
    if (uploadId === undefined) throw new Error('the file store began no upload');
    try {
      const tags: string[] = [];
      for await (const body of pieces) {
        const reply = await done({ method: 'PUT', key, query: { partNumber: String(tags.length + 1), uploadId }, body });
        tags.push(reply.headers.get('etag') ?? '');
        await reply.body?.cancel();
      }
      const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag.replaceAll('"', '&quot;')}</ETag></Part>`).join('');
      const said = await (await done({ method: 'POST', key, query: { uploadId }, body: Buffer.from(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`) })).text();
      // It begins to answer before it knows the end.
      if (said.includes('<Error>')) throw new Error(`the file store did not complete an upload: ${fieldOf(said, 'Code') ?? ''}`);
    } catch (error) {
      // Best effort: a store that is away keeps the parts until its own rules remove them.
      await send({ method: 'DELETE', key, query: { uploadId } }).then((reply) => reply.body?.cancel(), () => undefined);
      throw error;
    }
  };

  return {
    put: async (key, bytes) => {
      checkKey(key);
      await put(key, Uint8Array.from(bytes));
    },
    putStream: async (key, source) => {
      checkKey(key);
      const pieces = inPieces(source, PART_BYTES)[Symbol.asyncIterator]();
      const first = await pieces.next();
      if (first.done === true) return put(key, new Uint8Array(0));
      const second = await pieces.next();
      if (second.done === true) return put(key, first.value);
      const all = async function* all(): AsyncIterable<Uint8Array> {
        yield first.value;
        for (let next: IteratorResult<Uint8Array> = second; next.done !== true; next = await pieces.next()) yield next.value;
      };
      return putParts(key, all());
    },
    get: async (key) => {
      checkKey(key);
      const response = await send({ method: 'GET', key });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) throw await explain(response, `GET ${key}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    open: async (key) => {
      checkKey(key);
      const head = await send({ method: 'HEAD', key });
      if (head.status === 404) return undefined;
      if (!head.ok) throw await explain(head, `HEAD ${key}`);
      const tag = head.headers.get('etag');
      return {
        size: Number(head.headers.get('content-length')),
        read: async function* read(from, to) {
          for (let at = from; at < to; at += READ_BYTES) {
            const last = Math.min(at + READ_BYTES, to) - 1;
            // What was replaced meanwhile has another tag: half of the one and half of the other is neither.
            const part = await done({ method: 'GET', key, headers: { range: `bytes=${at}-${last}`, ...(tag === null ? {} : { 'if-match': tag }) } });
            const bytes = new Uint8Array(await part.arrayBuffer());
            if (bytes.length !== last - at + 1) throw new Error(`${key} has become shorter`);
            yield bytes;
          }
        },
      };
    },
    remove: async (key) => {
      checkKey(key);
      const response = await send({ method: 'DELETE', key });
      if (!response.ok && response.status !== 404) throw await explain(response, `DELETE ${key}`);
      await response.body?.cancel();
    },
    share: async (key, lifeMs, fileName) => {
      checkKey(key);
      const query = { 'X-Amz-Expires': String(Math.round(lifeMs / 1000)), 'response-content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"` };
      const { url } = await signerOf({ method: 'GET', url: addressOf(key, query), signQuery: true }).sign();
      return url.href;
    },
  };
}

/** The bytes of a source in pieces of one size, but for the last. */
async function* inPieces(source: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    gathered.push(chunk);
    length += chunk.length;
    while (length >= size) {
      const whole = Buffer.concat(gathered);
      yield whole.subarray(0, size);
      // A copy, as the rest would hold the whole of it.
      gathered = [Uint8Array.from(whole.subarray(size))];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(gathered);
}
