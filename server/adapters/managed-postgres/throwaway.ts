import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from './log.ts';
import { startManagedPostgres } from './managed-postgres.ts';
import type { ManagedPostgres } from './managed-postgres.ts';

/** A PostgreSQL for tests: nothing is flushed to the disk, and `stop` removes it. */
export async function startThrowawayPostgres(log: Log = () => undefined): Promise<ManagedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-throwaway-'));
  // When the tests run as root, PostgreSQL's user must pass through; what is inside keeps its own modes.
  chmodSync(dataDir, 0o711);
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  try {
    const postgres = await startManagedPostgres({ dataDir, log, durable: false });
    return {
      url: postgres.url,
      elsewhere: postgres.elsewhere,
      get pid() {
        return postgres.pid;
      },
      onExit: (listener) => postgres.onExit(listener),
      async stop() {
        await postgres.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
