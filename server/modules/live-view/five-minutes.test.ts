import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { START, createRig, type Rig } from '@parley/core/centre/centre.fixture.ts';
import { BUCKET_MS, bucketOf, noFigures, type FiguresByQueue } from '@parley/core/live/queue-figures.ts';
import type { Projection } from '../../engine/engine.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { endedBetween } from '../records/index.ts';
import { createFiveMinutes, type FiveMinutesDependencies, type FiveMinutesMemory } from './five-minutes.ts';
import { callTo, flowNumber } from './live-view.fixture.ts';

interface Following {
  readonly memory: FiveMinutesMemory;
  readonly shown: (queue: number) => readonly number[];
}

/** What is remembered of a rig whose events are all shown from now on. */
function follow(rig: Rig, endedBefore: FiveMinutesDependencies['endedBetween'] = () => Promise.resolve([])): Following {
  const projections: Projection<unknown>[] = [];
  const memory = createFiveMinutes({ engine: { project: (one) => { projections.push(one as Projection<unknown>); } }, clock: rig.now, endedBetween: endedBefore });
  let seen = rig.happened.length;
  // The rig shows events after the whole decision; the one that ends a call has its records behind it then, so it is kept before.
  const ended = new Map<string, NonNullable<ReturnType<Rig['centre']['unrecorded']['get']>>>();
  const keep = rig.centre.unrecorded.set.bind(rig.centre.unrecorded);
  rig.centre.unrecorded.set = (id, one) => { ended.set(id, one); return keep(id, one); };
  const show = (): void => {
    for (const { event, at } of rig.happened.slice(seen)) for (const { read } of projections) read(event, { ...rig.centre, unrecorded: ended }, at);
    seen = rig.happened.length;
  };
  return {
    memory,
    shown: (queue) => {
      show();
      const { arrived, connected, lost, ended: over } = memory.at(rig.centre, rig.now()).figures.get(queue) ?? noFigures();
      return [arrived, connected, lost, over];
    },
  };
}

describe('the five minutes in memory', () => {
  test('add calls that are over to those that go on, and begin again with the next ones', () => {
    const rig = createRig();
    const { shown } = follow(rig);
    rig.signIn(101);
    const call = rig.callIn(1);
    assert.deepEqual(shown(1), [1, 1, 0, 0]);
    rig.wait(1000);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual(shown(1), [1, 1, 0, 1]);
    rig.wait(BUCKET_MS - 1001 - (rig.now() - START - 1000));
    assert.deepEqual(shown(1), [1, 1, 0, 1], 'to the last moment of them');
    rig.wait(1);
    assert.equal(bucketOf(rig.now()), rig.now());
    assert.deepEqual(shown(1), [0, 0, 0, 0]);
  });

  test('take up what a process before has seen of them, each call once', async () => {
    const rig = createRig();
    rig.wait(60_000);
    const asked: number[] = [];
    const counted = { feature: 0, firstQueue: 1, visits: [{ device: 'queue', no: '1', queue: 1, enterReason: 0, leaveReason: 15, waitFrom: START, talkFrom: undefined, until: START + 9000 }] } as const;
    let both = '';
    const { memory, shown } = follow(rig, (_vdnId, from, until) => {
      asked.push(from, until);
      return Promise.resolve([{ call: '1-1', ...counted }, { call: both, ...counted }]);
    });
    rig.signIn(101, {}, 'busy');
    both = rig.callIn(1);
    rig.hangsUp('in-1', 601);
    assert.deepEqual(shown(1), [1, 0, 1, 0]);
    await Promise.all([memory.ready(1), memory.ready(1)]);
    assert.deepEqual(shown(1), [2, 0, 2, 0], 'what was seen here is not read, too');
    assert.deepEqual(asked, [START, START + 60_000], 'read once');
    rig.wait(BUCKET_MS);
    await memory.ready(1);
    assert.deepEqual([asked.length, ...shown(1)], [2, 0, 0, 0, 0], 'the next ones are all ours');
  });

  test('are read again where reading them has failed', async () => {
    const rig = createRig();
    rig.wait(1000);
    let tries = 0;
    const { memory } = follow(rig, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve([]);
    });
    await assert.rejects(memory.ready(1), /away/);
    await memory.ready(1);
    await memory.ready(1);
    assert.equal(tries, 2);
  });
});

describe('the records of calls', () => {
  let floor: LiveFloor;
  before(async () => { floor = await openLiveFloor({ clockStands: false }); });
  after(() => floor.server.close());

  test('come to the same figures as the calls when they were alive', async () => {
    const { server, tenant } = floor;
    const { db, clock } = server.world;
    await floor.later(BUCKET_MS - (clock() % BUCKET_MS));
    const from = clock();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { number } = await flowNumber(floor, 1, { kind: 'queue', queue: floor.queue });
    const waiting = await callTo(floor, number);
    await floor.later(7000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.until('AgentEvent_Talking');
    await floor.later(11_000);
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const lost = await floor.customer();
    await floor.later(4000);
    lost.party.hangUp();
    await server.settle();

    const figuresOf = async (endedBefore: FiveMinutesDependencies['endedBetween'], startedAt: number): Promise<FiguresByQueue> => {
      const memory = createFiveMinutes({ engine: { project: () => undefined }, clock: () => startedAt, endedBetween: endedBefore });
      await memory.ready(tenant.vdnId);
      return server.parley.gateway.engine.view(tenant.vdnId, (centre) => memory.at(centre, startedAt).figures);
    };
    // Whoever follows a call waits for the records that there are to be.
    await tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: tenant.vdnId, callId: waiting.call });
    const figures = (await figuresOf((vdnId, since, until) => endedBetween(db, vdnId, since, until), clock())).get(floor.queue);
    assert.deepEqual([figures?.arrived, figures?.connected, figures?.lost, figures?.ended], [2, 1, 1, 1]);
    assert.ok(figures !== undefined && figures.talkS >= 11 && figures.waitS >= 11 && figures.longestWaitS >= 7 && figures.connectedIn15 === 1 && figures.lostBefore15 === 1);
    assert.equal((await endedBetween(db, tenant.vdnId, from, from)).length, 0);
    assert.equal((await endedBetween(db, tenant.vdnId + 1, from, clock())).length, 0);
  });
});
