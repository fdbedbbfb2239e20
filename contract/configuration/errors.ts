import { errors as standard } from './family.ts';
import { queueErrors } from './queue.ts';

/** The one catalogue of the configuration family. */
export const configurationErrors = { ...standard, ...queueErrors } as const;
