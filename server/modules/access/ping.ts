import { sql } from 'kysely';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import { writeJson } from '@parley/contract/wire/json.ts';
import type { Database } from '../../database/connect.ts';

/** 12.3.7: HTTP 200 says that everything a request needs is there, so the database is asked each time. */
export function pingHandlers({ db }: { readonly db: Database }): readonly Handler[] {
  const askDatabase = async (): Promise<void> => { await sql`select 1`.execute(db); };
  return [
    handle(cmsPing, async (input) => {
      await askDatabase();
      return asSerialised(writeJson({ request: input, status: 'UP' }));
    }),
    handle(cmsPingGet, async () => {
      await askDatabase();
      return { request: {}, status: 'UP' };
    }),
  ];
}
