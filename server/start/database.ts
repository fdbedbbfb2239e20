import type { Logger } from 'pino';
import { startManagedPostgres, type ManagedPostgres } from '../adapters/managed-postgres/index.ts';
import { connect, migrate, type Connection } from '../database/connect.ts';
import type { Vault } from '../security/vault.ts';
import { StartError } from '../start-error.ts';

export interface OpenDatabase extends Connection {
  readonly url: string;
  /** Where the managed one lies, when that is not in the data folder. */
  readonly elsewhere: string | undefined;
}

export interface DatabaseOptions {
  /** Empty: the managed one in the data folder. */
  readonly url: string;
  readonly dataDir: string;
  readonly connections: number;
  readonly log: Logger;
  /** Brings a fresh database to this release's form, for an upgrade of the managed one. */
  readonly prepareSchema: (url: string) => Promise<void>;
}

/** Opens the database, starting the managed one if there is no other, and migrates it. */
export async function openDatabase({ url, dataDir, connections, log, prepareSchema }: DatabaseOptions): Promise<OpenDatabase> {
  let managed: ManagedPostgres | undefined;
  if (url === '') {
    managed = await startManagedPostgres({
      dataDir, prepareSchema,
      log: (message, details) => { log.info({ ...details }, message); },
    });
    managed.onExit((reason) => { log.error({ reason }, 'PostgreSQL ended unasked; it is being started again'); });
  }
  const address = managed?.url ?? url;
  const { db, close } = connect(address, { maxConnections: connections, onError: (error) => { log.warn({ err: error }, 'an idle database connection broke'); } });
  try {
    const done = await migrate(db);
    if (done.length > 0) log.info({ migrations: done }, 'the database was brought up to date');
  } catch (error) {
    await close();
    await managed?.stop();
    // Several refused addresses come as one error without a message of its own.
    const [first = error] = error instanceof AggregateError ? error.errors as unknown[] : [];
    const reason = first instanceof Error ? first.message : String(first);
    throw new StartError(`The database cannot be used: ${reason}.`, url === '' ? 'Look at the log above; the data is untouched.' : 'Check PARLEY_DATABASE_URL, and that PostgreSQL answers there and lets that user create tables.');
  }
  return {
    db, url: address, elsewhere: managed?.elsewhere,
    close: async () => {
      await close();
      await managed?.stop();
    },
  };
}

const PROBE = { scheme: 'probe', keyId: 'secret-key' };

/** A database sealed with another key must not be mixed with secrets of this one. */
export async function checkSecretKey(db: Connection['db'], vault: Vault, now: number): Promise<void> {
  const belongsTo = `${PROBE.scheme}:${PROBE.keyId}`;
  await db.insertInto('access_key').values({
    vdn_id: 0, scheme: PROBE.scheme, key_id: PROBE.keyId, label: 'shows whether the secret key is the right one', secret: vault.seal('parley', belongsTo), enabled: false, created_at: now,
  }).onConflict((conflict) => conflict.doNothing()).execute();
  const { secret } = await db.selectFrom('access_key').select('secret').where('scheme', '=', PROBE.scheme).where('key_id', '=', PROBE.keyId).executeTakeFirstOrThrow();
  try {
    vault.open(secret, belongsTo);
  } catch {
    throw new StartError('The secret key is not the one that this database was made with.', 'Bring back secret.key in the data folder (or PARLEY_SECRET_KEY) from your backup.');
  }
}
