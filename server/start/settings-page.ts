import { declared } from './settings.ts';

interface Shown {
  readonly fallback: string;
  readonly form: string;
  readonly about: string;
  readonly awaits?: string;
}

const entries = Object.entries<Shown>(declared);
const waits = ({ awaits }: Shown): string => (awaits === undefined ? '' : ` Accepted already; without effect until ${awaits} is built.`);

/** docs/settings.md. */
export function settingsPage(): string {
  const rows = entries.map(([name, shown]) => `| \`${name}\` | ${shown.form} | ${shown.fallback === '' ? '' : `\`${shown.fallback}\``} | ${shown.about}${waits(shown)} |`);
  return `# Settings

Parley reads its settings from the environment and, behind it, from \`parley.conf\` in the folder it is started in (or the file that
\`PARLEY_CONFIG\` names), a line \`NAME=value\` each. An unknown or wrong setting stops the start with a message that says what is
wrong. This page is made from the code (\`npm run docs\`).

| setting | form | default | what it does |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** parley.conf.example. */
export function configExample(): string {
  const lines = entries.map(([name, shown]) => `# ${shown.about}${waits(shown)}\n#${name}=${shown.fallback}\n`);
  return `# Settings of Parley. Copy this file to parley.conf and take the # off what you change; the environment goes before it.\n\n${lines.join('\n')}`;
}
