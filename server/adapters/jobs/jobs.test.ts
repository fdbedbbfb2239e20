import { after, before } from 'node:test';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { describeJobs } from './contract.ts';
import { createMemoryJobs } from './memory.ts';
import { createDurableJobs } from './pg-boss.ts';

const log = pino({ level: process.env['PARLEY_TEST_LOG'] ?? 'silent' });
let database: TestDatabase;

before(async () => { database = await createTestDatabase(); });
after(() => database.close());

describeJobs('jobs in memory', { create: () => createMemoryJobs({ db: database.db, log }), db: () => database.db });
describeJobs('jobs in the database', { create: () => createDurableJobs({ url: database.url, log, pollMs: 500 }), db: () => database.db });
