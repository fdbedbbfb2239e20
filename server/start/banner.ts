import { isLoopback } from '../http/loopback.ts';

export interface BannerOptions {
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly selfSigned: boolean;
  readonly folder: string;
  /** Where the database lies, when that is not in the folder. */
  readonly databaseFolder: string | undefined;
  readonly demo: { readonly file: string; readonly token: string; readonly traffic?: { readonly agents: readonly unknown[] } | undefined } | undefined;
  readonly setupToken: string | undefined;
}

/** What is said when Parley is ready: what to open first, and where everything is. */
export function banner({ host, port, securePort, selfSigned, folder, databaseFolder, demo, setupToken }: BannerOptions): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${shown}:${port}`;
  const lines = ['', 'Parley is ready.', ''];
  if (demo !== undefined) lines.push('  Try it: be an agent, a customer or an administrator of the demo, without a password:', `  ${address}/console/#demo=${demo.token}`, '');
  if (demo?.traffic !== undefined) lines.push(`  Simulated customers are calling ${demo.traffic.agents.length} simulated agents, in queues of their own: be Ida and open the live board.`, '');
  if (setupToken !== undefined) lines.push('  Run it: become the first operator, who administers all of it (this link works once, for a day):', `  ${address}/setup#${setupToken}`, '');
  lines.push(
    `  console    ${address}/console/`,
    `  over TLS   https://${shown}:${securePort}${selfSigned ? '  (self-signed certificate)' : ''}`,
    `  API        ${address}/docs${whoMayBrowse(host, shown)}`,
    `  data       ${folder}${demo === undefined ? '' : `  (keys and passwords of the demo: ${demo.file})`}`,
  );
  if (databaseFolder !== undefined) lines.push(`  database   ${databaseFolder}  (its user may not enter the data folder)`);
  lines.push('');
  return lines.join('\n');
}

/** The API page is for the loopback or the operations token, which whoever opened Parley to the network would meet as a 403. */
function whoMayBrowse(host: string, shown: string): string {
  if (isLoopback(host)) return '';
  return isLoopback(shown) ? '  (on this machine; elsewhere with PARLEY_OPERATIONS_TOKEN)' : '  (with PARLEY_OPERATIONS_TOKEN)';
}
