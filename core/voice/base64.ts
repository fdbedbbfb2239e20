export type Base64Reading = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

/** Reads Base64 (RFC 4648 4) strictly, but for the white space with which many programs break it into lines. */
export function readBase64(text: string): Base64Reading {
  const digits = text.replace(/[ \t\r\n]+/g, '');
  const stranger = /[^A-Za-z0-9+/=]/.exec(digits);
  if (stranger !== null) return { ok: false, message: `${JSON.stringify(stranger[0])} is no character of Base64` };
  const padding = digits.indexOf('=');
  const isPadded = padding === -1 || padding === digits.length - 1 || (padding === digits.length - 2 && digits.endsWith('=='));
  if (digits.length === 0 || digits.length % 4 !== 0 || !isPadded) return { ok: false, message: 'the Base64 text is empty or cut off' };
  return { ok: true, bytes: new Uint8Array(Buffer.from(digits, 'base64')) };
}
