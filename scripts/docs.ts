import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configExample, settingsPage } from '../server/start/settings-page.ts';

/** Writes what is made from the code: docs/settings.md and parley.conf.example. A test sees that they are up to date. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
writeFileSync(join(root, 'docs', 'settings.md'), settingsPage());
writeFileSync(join(root, 'parley.conf.example'), configExample());
