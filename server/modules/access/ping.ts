import { sql } from 'kysely';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { monitoring } from '@parley/contract/monitoring/family.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { writeJson } from '@parley/contract/wire/json.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';

export interface PingDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'isAnswering'>;
}

/** 12.3.7: HTTP 200 says that everything a request needs is there, so the database and the engine are asked each time. */
export function pingHandlers({ db, engine }: PingDependencies): readonly Handler[] {
  const notUp = async (): Promise<Refusal | undefined> => {
    await sql`select 1`.execute(db);
    return engine.isAnswering() ? undefined : refuse(monitoring.refusals.overloaded);
  };
  return [
    handle(cmsPing, async (input) => await notUp() ?? asSerialised(writeJson({ request: input, status: 'UP' }))),
    handle(cmsPingGet, async () => await notUp() ?? { request: {}, status: 'UP' }),
  ];
}
