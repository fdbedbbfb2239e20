import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { createRig, type Rig } from '@parley/core/centre/centre.fixture.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine, Projection } from '../../engine/engine.ts';
import { until } from '../../testing/until.ts';
import { createBoard, type Board, type BoardDependencies } from './board.ts';

/** A board on a contact centre whose commits the test holds back. */
interface Stand {
  readonly rig: Rig;
  readonly board: Board;
  readonly faults: string[];
  /** What has happened is journaled. */
  readonly commit: () => void;
  readonly changed: () => void;
}

let board: Board | undefined;
afterEach(() => board?.stop());

function stand(changes: Partial<BoardDependencies> = {}): Stand {
  const projections: Projection<unknown>[] = [];
  const faults: string[] = [];
  const listeners: ((vdnId: number) => void)[] = [];
  let items: unknown[] = [];
  const rig: Rig = createRig({ watch: (event: Event, centre: Centre, at: number) => { for (const one of projections) items.push(...one.read(event, centre, at)); } });
  const engine: Pick<Engine, 'project' | 'view'> = {
    project: (projection) => { projections.push(projection as Projection<unknown>); },
    view: (_vdnId, look) => Promise.resolve(look(rig.centre)),
  };
  board = createBoard({
    engine, clock: rig.now, agentNames: () => Promise.resolve(new Map([[101, 'Ann']])), onFault: (message) => { faults.push(message); },
    levelsOf: (_vdnId, queues) => Promise.resolve({ levels: new Map(queues.map((queue) => [queue, { calls: 2, answered: 1, inTime: 1 }])), dayEnds: rig.now() + 3_600_000 }),
    onChanged: (listener) => { listeners.push(listener); }, ...changes,
  });
  return {
    rig, board, faults,
    changed: () => { for (const listener of listeners) listener(1); },
    commit: () => {
      for (const one of projections) one.deliver(1, items);
      items = [];
    },
  };
}

type Told = readonly [name: string, told: { readonly state?: string; readonly workNo?: number; readonly agents?: readonly { readonly state: string; readonly name: string }[]; readonly queues?: readonly { readonly today: unknown }[] }];

function follow({ board: followed }: Stand, own?: number): { readonly told: Told[]; readonly stop: () => void } {
  const told: Told[] = [];
  return { told, stop: followed.follow(1, { own, tell: (name, json) => { told.push([name, JSON.parse(json) as Told[1]]); } }) };
}

const stateOf = (told: readonly Told[]): string | undefined => told.reduce<string | undefined>((state, [name, { state: now, agents }]) => (name === 'agent' ? now : name === 'snapshot' ? agents?.[0]?.state : state), undefined);

describe('a board', () => {
  test('reads nothing of what happens while nobody follows, and forgets all when the last one has gone', () => {
    const at = stand();
    const { stop } = follow(at);
    stop();
    at.rig.signIn(101);
    at.commit();
    assert.deepEqual(at.faults, []);
  });

  test('tells whoever came while something was on its way what became of it, also where that is what it was before', async () => {
    const at = stand();
    at.rig.signIn(101);
    at.commit();
    const first = follow(at);
    await until(() => first.told.length > 0, 'the first one knows how things are');
    assert.deepEqual(first.told[0]?.[1].agents?.[0]?.name, 'Ann');
    at.rig.does({ kind: 'askState', agent: 101, request: 'sayBusy' });
    const second = follow(at);
    await until(() => second.told.length > 0, 'the second one too');
    assert.equal(stateOf(second.told), 'busy', 'as it is, journaled or not');
    at.rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    at.commit();
    await until(() => stateOf(second.told) === 'idle' && stateOf(first.told) === 'idle', 'both know how it came out');
  });

  test('goes without the figures of today where they cannot be read', async () => {
    const at = stand({ levelsOf: () => Promise.reject(new Error('the database is away')) });
    const { told } = follow(at);
    await until(() => told.length > 0, 'a snapshot comes all the same');
    assert.ok(told[0]?.[1].queues?.every(({ today }) => today === null));
    assert.ok(at.faults.length > 0);
  });

  test('is tried again where the state cannot be looked at', async () => {
    let fails = 2;
    const at = stand({ agentNames: () => (fails-- > 0 ? Promise.reject(new Error('the database is away')) : Promise.resolve(new Map())) });
    const { told } = follow(at);
    await until(() => told.length > 0, 'a snapshot comes in the end');
    assert.ok(at.faults.length > 0);
  });

  test('tells all anew when the configuration has changed, to an agent nothing but the own state', async () => {
    const at = stand();
    at.rig.signIn(101);
    at.rig.signIn(102);
    at.commit();
    const [all, own] = [follow(at), follow(at, 102)];
    await until(() => all.told.length > 0 && own.told.length > 0, 'both know how things are');
    at.changed();
    at.changed();
    await until(() => own.told.length > 1, 'there is another snapshot');
    assert.deepEqual(own.told.map(([name, { agents, queues }]) => [name, agents?.length, queues?.length]), [['snapshot', 1, 0], ['snapshot', 1, 0]]);
    assert.equal(all.told.filter(([name]) => name === 'snapshot').length, 2, 'one for both changes');
  });
});
