import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configExample, settingsPage } from '../server/start/settings-page.ts';
import { errorsPage } from './errors-page.ts';

/** Writes what is made from the code: docs/settings.md, docs/errors.md and parley.conf.example. Tests see that they are up to date. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
writeFileSync(join(root, 'docs', 'settings.md'), settingsPage());
writeFileSync(join(root, 'docs', 'errors.md'), await errorsPage());
writeFileSync(join(root, 'parley.conf.example'), configExample());
