import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A store that speaks S3 as far as we do, written after its documentation and without the library that we sign with. */

export const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE';
export const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** RFC 3986's unreserved characters stay; everything else is escaped. */
const escaped = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export interface Signed {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  readonly now: number;
}

const readDate = (text: string): number => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Why a request is not taken (AWS Signature Version 4, in headers or in the query); undefined where it is. */
export function refusalOf({ method, url, headers, body, now }: Signed): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://store');
  const query = [...searchParams].map(([name, value]) => [name, value] as const);
  const isPresigned = searchParams.has('X-Amz-Signature');
  const header = (name: string): string => [headers[name] ?? ''].flat().join(',').trim().replace(/ +/g, ' ');
  const authorization = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(header('authorization'));
  if (!isPresigned && authorization === null) return 'AccessDenied';
  const [, credential = '', names = '', signature = ''] = isPresigned
    ? ['', searchParams.get('X-Amz-Credential') ?? '', searchParams.get('X-Amz-SignedHeaders') ?? '', searchParams.get('X-Amz-Signature') ?? ''] : authorization ?? [];
  const date = isPresigned ? searchParams.get('X-Amz-Date') ?? '' : header('x-amz-date');
  const [accessKey = '', day = '', region = '', service = '', end = ''] = credential.split('/');
  if (accessKey !== ACCESS_KEY) return 'InvalidAccessKeyId';
  if (service !== 's3' || end !== 'aws4_request' || !date.startsWith(day)) return 'AuthorizationHeaderMalformed';
  const age = now - readDate(date);
  if (isPresigned ? age > Number(searchParams.get('X-Amz-Expires')) * 1000 || age < -900_000 : !(Math.abs(age) <= 900_000)) return isPresigned ? 'AccessDenied' : 'RequestTimeTooSkewed';
  if (!names.split(';').includes('host')) return 'SignatureDoesNotMatch';
  const claimed = header('x-amz-content-sha256');
  if (!isPresigned && claimed !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const canonicalQuery = query.filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${escaped(name)}=${escaped(value)}`).toSorted().join('&');
  const canonical = [
    method, pathname.split('/').map((part) => escaped(decodeURIComponent(part))).join('/'), canonicalQuery, names.split(';').map((name) => `${name}:${header(name)}\n`).join(''), names,
    isPresigned ? 'UNSIGNED-PAYLOAD' : claimed,
  ].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${SECRET_KEY}`, day), region), service), end);
  const expected = hmac(key, ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/${end}`, sha256(canonical)].join('\n')).toString('hex');
  return expected === signature ? undefined : 'SignatureDoesNotMatch';
}

interface Kept {
  readonly bytes: Buffer;
  readonly tag: string;
}

export interface S3Store {
  readonly endpoint: string;
  readonly kept: ReadonlyMap<string, Kept>;
  /** Uploads in parts that were neither completed nor given up. */
  readonly uploads: ReadonlyMap<string, unknown>;
  /** So many requests are answered with 503 from now on. */
  readonly stumble: (times: number) => void;
  /** Of how many parts the last upload was. */
  readonly lastParts: () => number;
  readonly setNow: (now: () => number) => void;
  readonly close: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function openS3Store(bucket: string): Promise<S3Store> {
  const kept = new Map<string, Kept>();
  const uploads = new Map<string, Map<number, Kept>>();
  let stumbles = 0;
  let lastParts = 0;
  let now = Date.now;
  const keep = (bytes: Buffer): Kept => ({ bytes, tag: `"${createHash('md5').update(bytes).digest('hex')}"` });

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const { method = '', url = '', headers } = request;
    const say = (status: number, content: string | Buffer = '', more: Record<string, string | number> = {}): void => { response.writeHead(status, more).end(content); };
    const refuse = (status: number, code: string): void => { say(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`); };
    if (stumbles > 0) {
      stumbles -= 1;
      return refuse(503, 'SlowDown');
    }
    const refused = refusalOf({ method, url, headers, body, now: now() });
    if (refused !== undefined) return refuse(403, refused);
    const { pathname, searchParams } = new URL(url, 'http://store');
    const [, inBucket = '', ...parts] = pathname.split('/').map(decodeURIComponent);
    if (inBucket !== bucket) return refuse(404, 'NoSuchBucket');
    const key = parts.join('/');
    const uploadId = searchParams.get('uploadId');
    const upload = uploads.get(uploadId ?? '');
    if (uploadId !== null && upload === undefined) return refuse(404, 'NoSuchUpload');

    if (method === 'POST' && searchParams.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, new Map());
      return say(200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (method === 'PUT') {
      const put = keep(body);
      if (upload === undefined) kept.set(key, put);
      else upload.set(Number(searchParams.get('partNumber')), put);
      return say(200, '', { etag: put.tag });
    }
    if (method === 'POST' && upload !== undefined) {
      const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag>/g)].map(([, number, tag = '']) => ({ number: Number(number), tag: tag.replaceAll('&quot;', '"') }));
      const whole = named.map(({ number, tag }) => { const part = upload.get(number); return part?.tag === tag ? part.bytes : undefined; });
      const isSmall = whole.slice(0, -1).some((part) => (part?.length ?? 0) < 5 * 1024 * 1024);
      if (isSmall || whole.includes(undefined)) return say(200, `<Error><Code>${isSmall ? 'EntityTooSmall' : 'InvalidPart'}</Code></Error>`);
      kept.set(key, keep(Buffer.concat(whole.filter((part) => part !== undefined))));
      uploads.delete(uploadId ?? '');
      lastParts = named.length;
      return say(200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
    }
    if (method === 'DELETE') {
      if (uploadId === null) kept.delete(key);
      else uploads.delete(uploadId);
      return say(204);
    }
    const found = kept.get(key);
    if (found === undefined) return refuse(404, 'NoSuchKey');
    if (headers['if-match'] !== undefined && headers['if-match'] !== found.tag) return refuse(412, 'PreconditionFailed');
    const disposition = searchParams.get('response-content-disposition');
    const more = { etag: found.tag, ...(disposition === null ? {} : { 'content-disposition': disposition }) };
    if (method === 'HEAD') return say(200, '', { ...more, 'content-length': found.bytes.length });
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    return from === undefined ? say(200, found.bytes, more) : say(206, found.bytes.subarray(Number(from), Number(to) + 1), more);
  };

  const server = createServer((request, response) => {
    const take = async (): Promise<void> => { answer(request, response, await bodyOf(request)); };
    take().catch(() => { response.destroy(); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, kept, uploads,
    stumble: (times) => { stumbles = times; },
    lastParts: () => lastParts,
    setNow: (next) => { now = next; },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => { resolve(); });
    }),
  };
}
