import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRig } from '@parley/core/centre/centre.fixture.ts';
import type { Projection } from '../../engine/engine.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { until } from '../../testing/until.ts';
import { lastDepartures } from '../agent-operation/index.ts';
import { createDepartures } from './departures.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());

test('who left before the process began is known by the sessions, of which the last one counts', async () => {
  const { server: { world: { db, clock } }, tenant: { vdnId } } = floor;
  const [left, back] = [await floor.agent(), await floor.agent()];
  await floor.leave(left, back);
  await floor.later(5000);
  await left.signIn();
  await back.signIn();
  await floor.later(5000);
  const from = clock();
  await floor.leave(left);
  const departures = createDepartures({ engine: { project: () => undefined }, onFault: () => undefined, lastDepartures: (vdn, agents) => lastDepartures(db, vdn, agents) });
  await until(async () => (await lastDepartures(db, vdnId, [left.workNo])).some(({ at }) => at >= from), 'the session is closed in the books');
  await departures.ready(vdnId, [left.workNo, back.workNo, 59_999]);
  const departure = departures.of(vdnId, left.workNo);
  assert.ok(departure !== undefined && departure.at >= from && departure.cause === 258, JSON.stringify(departure));
  assert.deepEqual([departures.of(vdnId, back.workNo), departures.of(vdnId, 59_999), departures.of(vdnId + 1, left.workNo)], [undefined, undefined, undefined]);
});

test('what happens counts more than what is read, and a failure to read is tried again', async () => {
  const rig = createRig();
  const projections: Projection<unknown>[] = [];
  let tries = 0;
  const faults: string[] = [];
  const departures = createDepartures({
    engine: { project: (one) => { projections.push(one as Projection<unknown>); } }, onFault: (message) => { faults.push(message); },
    lastDepartures: () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('away')) : Promise.resolve([{ agent: 101, at: 1, cause: 257 }, { agent: 102, at: 2, cause: 257 }]);
    },
  });
  rig.signIn(101, {}, 'busy');
  rig.does({ kind: 'signOut', agent: 101 });
  for (const { event, at } of rig.happened) for (const { read } of projections) read(event, rig.centre, at);
  for (let round = 0; round < 3; round += 1) await departures.ready(1, [101, 102]);
  assert.deepEqual([tries, faults.length], [2, 1]);
  assert.deepEqual(departures.of(1, 101), { at: rig.now(), cause: 258, state: 'busy' });
  assert.deepEqual(departures.of(1, 102), { at: 2, cause: 257, state: undefined });
});
