export type OriginReading = { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly message: string };

const refused = (message: string): OriginReading => ({ ok: false, message });

/** An origin of web pages in the form in which browsers send it (RFC 6454 6.2): scheme, host and, where it is another than the scheme's, port. */
export function readOrigin(text: string): OriginReading {
  if (!URL.canParse(text)) return refused(`${text} is no origin, which looks like https://shop.example.com`);
  const { protocol, hostname, username, password, pathname, search, hash, origin } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return refused(`${text} is no origin of web pages: it must begin with https:// or http://`);
  if (username !== '' || password !== '') return refused(`${text} holds a user name or password`);
  if (pathname !== '/' || search !== '' || hash !== '' || text.endsWith('?') || text.endsWith('#')) return refused(`${text} holds more than scheme, host and port`);
  if (hostname.includes('*')) return refused(`${text} holds a wildcard: name each origin`);
  return { ok: true, origin };
}

/** Whether the page of that origin came from us: the name under which it found us is that of its origin. */
export function isOwnOrigin(origin: string, { isSecure, host }: { readonly isSecure: boolean; readonly host: string | undefined }): boolean {
  return host !== undefined && origin.toLowerCase() === `${isSecure ? 'https' : 'http'}://${host.toLowerCase()}`;
}
