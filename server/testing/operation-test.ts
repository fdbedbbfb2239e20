import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { withAsk, type Client } from '@parley/contract/client.ts';
import { envelopeOf, isOfMedia, type Operation } from '@parley/contract/operation.ts';
import type { Parley } from '../compose.ts';

type Outcome = 'answered' | 'refused';

/** Calls made while a part of an operation's test runs. */
let calls: { readonly id: string; readonly outcome: Outcome }[] = [];

const validators = new WeakMap<object, { success: Validator; refusal: Validator }>();

function validatorsOf(op: Operation): { success: Validator; refusal: Validator } {
  let made = validators.get(op);
  if (made === undefined) {
    const envelope = envelopeOf(op);
    made = { success: Compile<TSchema>(envelope.schema(op.result)), refusal: Compile<TSchema>(envelope.refusalSchema) };
    validators.set(op, made);
  }
  return made;
}

/** A client that holds every reply to its declared schema and notes which operations were called, and how they ended. */
export function recorded(client: Client, parley: Pick<Parley, 'handlers'>): Client {
  return withAsk({
    call: async (op, input, headers) => {
      const declared = op as unknown as Operation;
      assert.ok(parley.handlers.some((handler) => handler.op === declared), `${op.id} is not served`);
      const reply = await client.call(op, input, headers);
      const { success, refusal } = validatorsOf(declared);
      const isFile = isOfMedia(reply.headers.get('content-type'), declared);
      const answered = reply.ok && (isFile || success.Check(reply.body));
      if (!answered) {
        assert.ok(refusal.Check(reply.body), `${op.id} answered HTTP ${reply.status} in no form it declares: ${JSON.stringify(reply.body)}`);
        if (process.env['PARLEY_TEST_LOG'] !== undefined) console.log(op.id, reply.status, JSON.stringify(reply.body));
      }
      assert.notEqual(reply.status, 500, `${op.id} failed: ${JSON.stringify(reply.body)}`);
      calls.push({ id: op.id, outcome: answered ? 'answered' : 'refused' });
      return reply;
    },
  });
}

export interface OperationTest {
  /** The documented example, or what corresponds to it on a real system, succeeds. */
  readonly example: () => Promise<void>;
  /** At least one bad input is refused as documented. */
  readonly badInput: () => Promise<void>;
  /** What the operation did is seen through another operation. */
  readonly effect: () => Promise<void>;
}

/**
 * The test every operation has. Each part must really call the operation and see it answer (or refuse); the coverage
 * report counts an operation only when all three parts passed.
 */
export function describeOperation(op: { readonly id: string }, parts: OperationTest): void {
  const part = (name: keyof OperationTest, check: () => void): void => {
    test(name, async () => {
      calls = [];
      await parts[name]();
      check();
      note(op.id, name);
    });
  };
  const outcomes = (): Outcome[] => calls.filter((call) => call.id === op.id).map((call) => call.outcome);
  describe(op.id, () => {
    part('example', () => assert.ok(outcomes().includes('answered'), `${op.id} was not seen to answer`));
    part('badInput', () => assert.ok(outcomes().includes('refused'), `${op.id} was not seen to refuse`));
    part('effect', () => {
      assert.ok(outcomes().length > 0, `${op.id} was not called`);
      assert.ok(calls.some((call) => call.id !== op.id && call.outcome === 'answered'), `no other operation showed the effect of ${op.id}`);
    });
  });
}

/** One line a part passed; the coverage report reads the file when the run is over. */
function note(id: string, part: string): void {
  const file = process.env['PARLEY_COVERAGE_FILE'];
  if (file !== undefined) appendFileSync(file, `${id} ${part}\n`);
}
