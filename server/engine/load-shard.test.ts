import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Rig } from '@parley/core/centre/centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from '@parley/core/centre/commands.fixture.ts';
import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createBench, createFakeVoice } from './engine.fixture.ts';
import { createEventJournal } from './event-journal.ts';
import { loadShard } from './load-shard.ts';
import { createSnapshotStore } from './snapshot-store.ts';
import { createTellings } from './tellings.ts';

let database: TestDatabase;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const names = Object.keys(HAPPENINGS);
const usual = names.filter((name) => !SELDOM.has(name));
const steps = fc.array(fc.record({ what: fc.constantFrom(...usual, ...OFTEN, ...OFTEN, ...names), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 20, maxLength: 60, size: 'max' });

let vdns = 0;

test('what comes back from the database is the live state, with a snapshot on the way or without', { timeout: 120_000 }, async () => {
  const voice = createFakeVoice();
  voice.obeys = false;
  const bench = createBench({ db: database.db, voice });
  bench.config = BUSY_CONFIG;
  await bench.engine.start();
  const snapshots = createSnapshotStore(database.db);
  const headOf = (vdnId: number) => database.db.selectFrom('centre').select(['epoch', 'head']).where('vdn_id', '=', vdnId).executeTakeFirstOrThrow();
  // Looks only: the contact centre stays with the engine that has it.
  const journal = { ...createEventJournal(database.db), take: headOf };
  const known = (centre: Centre): unknown => JSON.parse(encodeCentre(centre));
  const load = async (vdnId: number): Promise<unknown> => {
    const loading = { clock: bench.now, journal, snapshots, tellings: createTellings(() => undefined), onLeg: () => undefined };
    return known((await loadShard(loading, vdnId, undefined)).shard.centre);
  };

  await fc.assert(fc.asyncProperty(steps, fc.nat(), async (sequence, cut) => {
    vdns += 1;
    const vdnId = vdns;
    const live = (): Promise<Centre> => bench.engine.view(vdnId, (centre) => centre);
    for (const agent of AGENTS) await bench.signIn(agent, vdnId);
    for (const [index, { what, numbers }] of sequence.entries()) {
      const next = HAPPENINGS[what]?.({ centre: await live() } as Rig, chanceOf(numbers));
      if (next?.kind === 'pause') await bench.advance(next.ms);
      else if (next !== undefined) await bench.send(next, vdnId);
      if (index !== cut % sequence.length) continue;
      await bench.engine.idle();
      const { head } = await headOf(vdnId);
      await snapshots.write(vdnId, { seq: head, state: encodeCentre(await live()) }, bench.now());
    }
    await bench.engine.idle();
    const state = known(await live());
    assert.deepEqual(await load(vdnId), state);
    await database.db.deleteFrom('centre_snapshot').where('vdn_id', '=', vdnId).execute();
    assert.deepEqual(await load(vdnId), state);
    assert.deepEqual(bench.faults, []);
  }), { numRuns: 25, seed: 20_260_105 });
  await bench.engine.stop();
});
