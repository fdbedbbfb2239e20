/** Where a tenant's administrators allow Parley to call: a scheme, a host with its port, and a path to begin with. */
export interface TrustedUrl {
  readonly scheme: 'http' | 'https';
  /** In lower case, without the dot at the end; the port is there unless it is the scheme's own. */
  readonly host: string;
  /** `/` for the whole host, else without a slash at the end. */
  readonly path: string;
}

export type TrustedUrlReading = { readonly ok: true; readonly entry: TrustedUrl } | { readonly ok: false; readonly message: string };

const MAX_LENGTH = 1000;
/** Programs disagree on what these mean in a URL, so that one might check another host than the next one calls. */
// oxlint-disable-next-line no-control-regex
const AMBIGUOUS = /[\s\\\u0000-\u001f\u007f]/;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/;

/** Reads an entry of the list as an administrator writes it; the same place always gives the same entry. */
export function readTrustedUrl(text: string): TrustedUrlReading {
  const url = readUrl(text.trim());
  if (typeof url === 'string') return { ok: false, message: url };
  if (/[?#]/.test(text)) return { ok: false, message: 'a query or a fragment is never compared, so leave them away' };
  if (!isPlain(url.pathname)) return { ok: false, message: 'the path holds steps upwards or hidden slashes' };
  const path = url.pathname.replace(/\/+$/, '');
  return { ok: true, entry: { scheme: url.protocol === 'https:' ? 'https' : 'http', host: hostOf(url), path: path === '' ? '/' : path } };
}

export function writeTrustedUrl({ scheme, host, path }: TrustedUrl): string {
  return `${scheme}://${host}${path}`;
}

/** Whether a URL lies where one of the entries allows; what cannot be read for certain does not. */
export function isTrusted(text: string, entries: readonly TrustedUrl[]): boolean {
  const url = readUrl(text);
  if (typeof url === 'string') return false;
  const host = hostOf(url);
  return entries.some((entry) => `${entry.scheme}:` === url.protocol && entry.host === host && isUnder(url.pathname, entry.path));
}

/** A URL that may be called at all, or what is wrong with it. */
export function checkCallable(text: string): string | undefined {
  const url = readUrl(text);
  return typeof url === 'string' ? url : undefined;
}

/** How journal and audit trail show a URL to be called: its query often holds a token of the other side. */
export function withoutQuery(url: string): string {
  const [place = ''] = url.split(/[?#]/);
  return place.length === url.length ? url : `${place}?...`;
}

function readUrl(text: string): URL | string {
  if (text.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`;
  if (AMBIGUOUS.test(text)) return 'blanks, backslashes and control characters must be escaped';
  if (!URL.canParse(text)) return 'no URL such as https://crm.example.com/hooks';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'the scheme must be http or https';
  // Not even an empty one: https://@host is written only to mislead.
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) return 'a user name or password has no place in it';
  if (!HOST.test(url.hostname) || hostOf(url) === '') return 'the host must be a name or an address; wildcards are not known';
  return url;
}

const hostOf = (url: URL): string => `${url.hostname.replace(/\.$/, '')}${url.port === '' ? '' : `:${url.port}`}`;

function isUnder(path: string, allowed: string): boolean {
  if (allowed === '/') return true;
  return (path === allowed || path.startsWith(`${allowed}/`)) && isPlain(path);
}

const MAX_DECODINGS = 3;

/**
 * True when no server could read the path as leading elsewhere: no step upwards and no slash, neither plain nor escaped,
 * once or several times, nor with the parameters that some servers cut off (`..;x`).
 */
function isPlain(path: string): boolean {
  return path.split('/').every((segment) => {
    let text = segment;
    for (let time = 0; time <= MAX_DECODINGS; time += 1) {
      if (/[/\\]|^\.{1,2}(;|$)/.test(text)) return false;
      const decoded = decode(text);
      if (decoded === undefined) return false;
      if (decoded === text) return true;
      text = decoded;
    }
    return false;
  });
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
