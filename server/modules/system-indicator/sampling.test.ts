import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTestDatabase } from '../../testing/database.ts';
import { createSampling, FIVE_MS } from './sampling.ts';
import { numbersOfOffices, readSamples } from './store.ts';
import type { OfficeFigures, SwitchFigures, SwitchPeriod } from './switch-figures.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const NODE = '192.0.2.1#0';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const office = (name: string): OfficeFigures => ({ name, came: 1 } as OfficeFigures);
const period = (index: number, ...names: readonly string[]): SwitchPeriod =>
  ({ from: NOON + index * FIVE_MS, to: NOON + (index + 1) * FIVE_MS, isWhole: true, terminals: index, offices: names.map(office) });

/** Samples of a switch whose five minutes are these, in a database that may be away. */
function sampling(periods: readonly SwitchPeriod[], isAway = () => false) {
  const figures: SwitchFigures = { periods: () => periods, blocks: () => Promise.resolve(undefined), terminal: () => undefined };
  const db = new Proxy(database.db, {
    get: (target, name) => {
      if (isAway()) throw new Error('the database is away');
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? found.bind(target) as unknown : found;
    },
  });
  const engine = { project: () => undefined, onRecovered: () => undefined, glance: () => Promise.reject(new Error('nobody is asked')) };
  return createSampling({ db, clock: () => NOON, engine, figures, node: NODE, countEnded: () => Promise.resolve([]) });
}

const kept = async (kind: 'office' | 'terminals') => (await readSamples(database.db, { kind, from: NOON, to: NOON + 100 * FIVE_MS }, { limit: 100, offset: 0 })).rows;

describe('what the switch has measured', () => {
  test('is kept when the database is there again, each five minutes once', async () => {
    let isAway = true;
    const periods = [period(0, '', 'a'), period(1, '', 'a', 'b')];
    const { keepSwitch } = sampling(periods, () => isAway);
    await assert.rejects(keepSwitch());
    isAway = false;
    await Promise.all([keepSwitch(), keepSwitch()]);
    periods.push(period(2, '', 'b'));
    await keepSwitch();
    const numbers = await numbersOfOffices(database.db, []);
    const [a, b] = [numbers.get('a'), numbers.get('b')];
    assert.deepEqual((await kept('office')).map(({ at, object }) => [(at - NOON) / FIVE_MS, object]), [[0, 0], [0, a], [1, 0], [1, a], [1, b], [2, 0], [2, b]]);
    assert.deepEqual((await kept('terminals')).map(({ figures, node }) => [(figures as SwitchPeriod).terminals, node]), [[0, NODE], [1, NODE], [2, NODE]]);
  });

  test('is of offices whose numbers stay, also of those that are named at once', async () => {
    const before1 = await numbersOfOffices(database.db, ['x']);
    const [one, other] = await Promise.all([numbersOfOffices(database.db, ['y', 'z', 'y']), numbersOfOffices(database.db, ['z', 'w', 'x'])]);
    const all = await numbersOfOffices(database.db, []);
    assert.equal(all.get('x'), before1.get('x'));
    assert.deepEqual([one.get('z'), other.get('z')], [all.get('z'), all.get('z')]);
    assert.equal(new Set(all.values()).size, all.size, 'no two have the same');
    assert.equal(all.get(''), 0);
  });
});
