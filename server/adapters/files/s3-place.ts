/** Where an S3-compatible store is, and by which key it is used. */
export interface S3Place {
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly bucket: string;
  /** In front of every key: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** What MinIO and most others take, whatever they are told. */
const FIRST_REGION = 'us-east-1';
const SCHEMES: Readonly<Record<string, string>> = { 's3:': 'https:', 's3+http:': 'http:' };
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*$/;

export const S3_FORM = 's3://accessKey:secretKey@host:port/bucket/folder?region=us-east-1, or s3+http:// where there is no TLS';

export const isS3Url = (text: string): boolean => /^s3(\+http)?:/i.test(text);

/** Undefined for what is no such URL. Keys with characters of their own in URLs are percent-encoded. */
export function readS3Url(text: string): S3Place | undefined {
  const url = URL.parse(text);
  const scheme = SCHEMES[url?.protocol ?? ''];
  if (url === null || scheme === undefined || url.host === '' || url.hash !== '') return undefined;
  const [, bucket = '', ...folders] = url.pathname.split('/');
  const names = folders.filter((folder) => folder !== '');
  const prefix = names.map((name) => `${name}/`).join('');
  if (!BUCKET.test(bucket) || !PREFIX.test(prefix) || url.username === '' || url.password === '') return undefined;
  try {
    return {
      endpoint: `${scheme}//${url.host}`, bucket, prefix, region: url.searchParams.get('region') ?? FIRST_REGION,
      accessKey: decodeURIComponent(url.username), secretKey: decodeURIComponent(url.password),
    };
  } catch {
    return undefined;
  }
}
