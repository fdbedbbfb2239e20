import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly selfSigned: boolean;
}

const DAY_MS = 86_400_000;
const LIFE_DAYS = 825;

/** The certificate of the settings, or a self-signed one kept in the data folder and renewed a month before its end. */
export async function readCertificate(paths: { cert: string; key: string }, folder: string, names: readonly string[], now: number): Promise<Certificate> {
  if (paths.cert !== '') {
    try {
      return { cert: readFileSync(paths.cert, 'utf8'), key: readFileSync(paths.key, 'utf8'), selfSigned: false };
    } catch (error) {
      throw new StartError(`The certificate cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Mend PARLEY_HTTPS_CERTIFICATE and PARLEY_HTTPS_KEY.');
    }
  }
  const certPath = join(folder, 'https.cert');
  const keyPath = join(folder, 'https.key');
  if (existsSync(certPath) && existsSync(keyPath)) {
    const cert = readFileSync(certPath, 'utf8');
    if (Date.parse(new X509Certificate(cert).validTo) - now > 30 * DAY_MS) return { cert, key: readFileSync(keyPath, 'utf8'), selfSigned: true };
  }
  const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);
  // Loaded where one is made: it and what it brings take some megabytes for as long as the process runs.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Parley' }], {
    keyType: 'ec', algorithm: 'sha256', notBeforeDate: new Date(now - DAY_MS), notAfterDate: new Date(now + LIFE_DAYS * DAY_MS),
    extensions: [{ name: 'subjectAltName', altNames: names.map((name) => (isAddress(name) ? { type: 7, ip: name } : { type: 2, value: name })) }],
  });
  writeFileSync(certPath, made.cert, { mode: 0o644 });
  writeFileSync(keyPath, made.private, { mode: 0o600 });
  return { cert: made.cert, key: made.private, selfSigned: true };
}
