const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads call data that come in base64 (6.1.3.3), or undefined where they do not. What is base64 of no text is kept as it
 * stands: the example of the section says of "1233" that it is encoded.
 */
export function decodeData(encoded: string): string | undefined {
  const tight = encoded.replace(/[\r\n]/g, '');
  if (!BASE64.test(tight)) return undefined;
  try {
    const text = utf8.decode(Buffer.from(tight, 'base64'));
    // What no database keeps cannot have been meant as text.
    return text.includes('\0') ? undefined : text;
  } catch {
    return encoded;
  }
}

export const encodeData = (data: string): string => Buffer.from(data, 'utf8').toString('base64');
