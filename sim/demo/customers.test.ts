import assert from 'node:assert/strict';
import { describe, mock, test, type TestContext } from 'node:test';
import { createCustomers, type Customers } from './customers.ts';
import { PACE } from './plan.ts';

/** Where chance is always the same, the next one calls after this. */
const MIDDLING = 0.5;
const drawn = (mean: number): number => -Math.log(1 - MIDDLING) * mean;

interface Rig {
  readonly customers: Customers;
  readonly calls: string[];
  readonly hungUp: string[];
  readonly pass: (ms: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Customers who have begun to call, at a clock that the test moves. */
function rig(context: TestContext): Rig {
  mock.timers.enable({ apis: ['setTimeout'] });
  context.after(() => { mock.timers.reset(); });
  const [calls, hungUp]: [string[], string[]] = [[], []];
  const customers = createCustomers({
    numbers: ['1801'], random: () => MIDDLING,
    phones: {
      call: (from, to, over) => {
        calls.push(`${from}>${to}`);
        return Promise.resolve({ hangUp: () => { hungUp.push(from); over(); } });
      },
    },
  });
  const ending = new AbortController();
  const done = customers.callIn(ending.signal);
  return {
    customers, calls, hungUp,
    pass: async (ms) => {
      mock.timers.tick(ms);
      await new Promise((resolve) => { setImmediate(resolve); });
    },
    end: async () => {
      ending.abort();
      await done;
    },
  };
}

describe('simulated customers', () => {
  test('call one after another, and hang up at the end', async (context) => {
    const { calls, hungUp, pass, end } = rig(context);
    for (let count = 0; count < 3; count += 1) await pass(Math.ceil(drawn(PACE.betweenCallsMs)));
    assert.deepEqual(calls, ['13800001001>1801', '13800001002>1801', '13800001003>1801']);
    await end();
    assert.equal(hungUp.length, 3);
  });

  test('hang up when their patience is over, unless somebody talks with them', async (context) => {
    const { customers, hungUp, pass, end } = rig(context);
    const next = Math.ceil(drawn(PACE.betweenCallsMs));
    await pass(next);
    await pass(next);
    customers.talks('13800001002');
    const patience = 5000 + drawn(PACE.patienceMs);
    const talk = 3000 + drawn(PACE.talkMs);
    assert.ok(talk < patience);
    await pass(Math.ceil(talk));
    assert.deepEqual(hungUp, ['13800001002'], 'who has talked is done');
    await pass(Math.ceil(patience - talk));
    assert.ok(hungUp.includes('13800001001'), 'who has waited in vain gives up');
    await end();
  });
});
