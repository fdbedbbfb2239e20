export interface BannerOptions {
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly selfSigned: boolean;
  readonly folder: string;
  readonly demo: { readonly file: string } | undefined;
  readonly setupToken: string | undefined;
}

/** What is said when Parley is ready: where it is, and what to try. */
export function banner({ host, port, securePort, selfSigned, folder, demo, setupToken }: BannerOptions): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${shown}:${port}`;
  const lines = [
    '', 'Parley is ready.', '',
    `  API        ${address}`,
    `  over TLS   https://${shown}:${securePort}${selfSigned ? '  (self-signed certificate)' : ''}`,
    `  browse it  ${address}/docs`,
    `  data       ${folder}`,
  ];
  if (setupToken !== undefined) {
    lines.push('', '  Make yourself the first administrator (this link works once, for a day):', `  ${address}/setup#${setupToken}`);
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
