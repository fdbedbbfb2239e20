import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { until } from '../testing/until.ts';
import { createBench, type Bench } from './engine.fixture.ts';
import { createProjector, type Projector } from './projector.ts';

let database: TestDatabase;
let open: (Bench | Projector)[] = [];
before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const one of open) await ('engine' in one ? one.engine.stop() : one.stop());
  open = [];
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot, projection_cursor`.execute(database.db);
});

/** Notes the agents who sign in. */
function follow(bench: Bench, { fails = () => false, faults = [] }: { readonly fails?: () => boolean; readonly faults?: unknown[] } = {}): { readonly projector: Projector; readonly seen: string[] } {
  const seen: string[] = [];
  const projector = createProjector({ db: database.db, engine: bench.engine, onFault: (...fault) => { faults.push(fault); } }, {
    name: 'sign-ins', types: ['AgentSignedIn'],
    apply: (_tx, vdnId, { event }) => {
      if (fails()) return Promise.reject(new Error('not now'));
      seen.push(`${vdnId}: ${event.agent}`);
      return Promise.resolve();
    },
  });
  open.push(projector);
  return { projector, seen };
}

async function aBench(): Promise<Bench> {
  const bench = createBench({ db: database.db });
  open.push(bench);
  await bench.engine.start();
  return bench;
}

describe('a projector', () => {
  test('sees what is journaled, each once and in order, and what is of other types not', async () => {
    const bench = await aBench();
    const { projector, seen } = follow(bench);
    for (const agent of [101, 102, 103]) await bench.signIn(agent);
    await bench.signIn(101, 2);
    await bench.busy(102);
    assert.ok(await projector.settled(1) && await projector.settled(2));
    assert.deepEqual(seen.toSorted(), ['1: 101', '1: 102', '1: 103', '2: 101']);
    assert.deepEqual(seen.filter((one) => one.startsWith('1')), ['1: 101', '1: 102', '1: 103']);
  });

  test('takes up what happened while it was away, and nothing twice', async () => {
    const bench = await aBench();
    const first = follow(bench);
    await bench.signIn(101);
    await first.projector.settled(1);
    await first.projector.stop();
    await bench.signIn(102);
    const second = follow(bench);
    await second.projector.start();
    await second.projector.settled(1);
    assert.deepEqual([first.seen, second.seen], [['1: 101'], ['1: 102']]);
    const third = follow(bench);
    await third.projector.start();
    await third.projector.settled(1);
    assert.deepEqual(third.seen, []);
  });

  test('that fails is where it was, says so, and goes on later', async () => {
    const bench = await aBench();
    let isBroken = true;
    const faults: unknown[] = [];
    const { projector, seen } = follow(bench, { fails: () => isBroken, faults });
    await bench.signIn(101);
    assert.equal(await projector.settled(1), false);
    assert.equal(faults.length, 1);
    isBroken = false;
    await bench.signIn(102);
    await until(async () => await projector.settled(1) && seen.length === 2, 'it has caught up');
    assert.deepEqual(seen, ['1: 101', '1: 102']);
  });
});
