import { isLoopback } from '../http/loopback.ts';

export interface BannerOptions {
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly selfSigned: boolean;
  readonly folder: string;
  /** Where the database lies, when that is not in the folder. */
  readonly databaseFolder: string | undefined;
  readonly demo: { readonly file: string } | undefined;
  readonly setupToken: string | undefined;
}

/** What is said when Parley is ready: where it is, and what to try. */
export function banner({ host, port, securePort, selfSigned, folder, databaseFolder, demo, setupToken }: BannerOptions): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${shown}:${port}`;
  const lines = [
    '', 'Parley is ready.', '',
    `  API        ${address}`,
    `  over TLS   https://${shown}:${securePort}${selfSigned ? '  (self-signed certificate)' : ''}`,
    `  browse it  ${address}/docs${whoMayBrowse(host, shown)}`,
    `  data       ${folder}`,
  ];
  if (databaseFolder !== undefined) lines.push(`  database   ${databaseFolder}  (its user may not enter the data folder)`);
  if (setupToken !== undefined) {
    lines.push('', '  Make yourself the first operator, who administers all of it (this link works once, for a day):', `  ${address}/setup#${setupToken}`);
  }
  if (demo !== undefined) {
    lines.push(
      '', `  A demo tenant is there; its keys and passwords are in ${demo.file}.`,
      '  What to try with it: docs/first-steps.md',
    );
  }
  lines.push('');
  return lines.join('\n');
}

/** The API page is for the loopback or the operations token, which whoever opened Parley to the network would meet as a 403. */
function whoMayBrowse(host: string, shown: string): string {
  if (isLoopback(host)) return '';
  return isLoopback(shown) ? '  (on this machine; elsewhere with PARLEY_OPERATIONS_TOKEN)' : '  (with PARLEY_OPERATIONS_TOKEN)';
}
