import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFlow } from './flow.ts';
import { BOUNDS } from './limits.ts';
import { enterFlow, startFlow, stepFlow, type FlowEvent, type Stepped } from './step.ts';
import { FACTS } from './walk.fixture.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const id = fc.constantFrom(...IDS);
const text = fc.constantFrom('Hello', '${n} ${caller:digits}', '${m:amount EUR} ${date:date} ${data}');
const expression = fc.constantFrom('n + 1', 'm & n', 'length(caller) * 2', 'part(data, 1, 3)', 'n / 0', 'data & data & data & data & data');
const condition = fc.constantFrom('holiday', 'weekday <= 5 and not n = 3', 'n in [1, 2, m]', 'time >= \'12:00\'', 'm - 1 > 0');
const prompt = fc.oneof(text, fc.array(fc.oneof(text, fc.constant({ play: '5' })), { minLength: 1, maxLength: 3 }));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const key = fc.constantFrom(...'0123456789*#'.split(''));

const node = fc.oneof(
  fc.record({ type: fc.constant('play'), file: fc.constant('5'), bargeIn: fc.boolean(), next: id, error: maybe(id) }),
  fc.record({ type: fc.constant('say'), text, next: id, error: maybe(id) }),
  fc.record({ type: fc.constant('collect'), prompt: maybe(prompt), noInput: maybe(prompt), max: fc.integer({ min: 1, max: 6 }), retries: fc.integer({ min: 0, max: 3 }), into: fc.constantFrom('n', 'm'), next: id, otherwise: maybe(id), error: maybe(id) }),
  fc.record({ type: fc.constant('menu'), prompt: maybe(prompt), choices: fc.dictionary(key, id, { minKeys: 1, maxKeys: 4 }), into: maybe(fc.constant('m')), otherwise: maybe(id), error: maybe(id) }),
  fc.record({ type: fc.constant('record'), prompt: maybe(prompt), into: fc.constant('n'), next: id, error: maybe(id) }),
  fc.record({ type: fc.constant('wait'), seconds: fc.integer({ min: 1, max: 5 }), next: id }),
  fc.record({ type: fc.constant('set'), variable: fc.constantFrom('n', 'm', 'data'), to: expression, next: id, error: maybe(id) }),
  fc.record({ type: fc.constant('branch'), cases: fc.array(fc.record({ when: condition, to: id }), { minLength: 1, maxLength: 3 }), otherwise: id, error: maybe(id) }),
  fc.record({ type: fc.constant('http'), url: fc.constantFrom('https://a.example.com/x', 'https://a.example.com/${n}?m=${m}'), into: maybe(fc.constant({ n: 'a.b[0]' })), next: id, error: maybe(id) }),
  fc.record({ type: fc.constant('queue'), queue: fc.constantFrom(1, '${n}'), otherwise: maybe(id) }),
  fc.record({ type: fc.constant('agent'), agent: fc.constantFrom(101, '${m}'), overflow: maybe(fc.constant(1)), otherwise: maybe(id) }),
  fc.record({ type: fc.constant('transfer'), number: fc.constantFrom('030', '${n}'), error: maybe(id) }),
  fc.record({ type: fc.constant('transfer'), flow: fc.constant(7), error: maybe(id) }),
  fc.record({ type: fc.constant('hangUp'), prompt: maybe(prompt) }),
  fc.record({ type: fc.constant('return') }),
);

const definition = fc.record({
  start: id, onError: maybe(id), variables: fc.constant({ n: '1', m: 'x' }), maxSeconds: fc.constant(60), apology: maybe(prompt),
  nodes: fc.tuple(node, node, node, node, node, node).map((all) => Object.fromEntries(all.map((one, index) => [IDS[index] ?? '', one]))),
});

/** JSON as it comes over the wire: without what is undefined. */
const asJson = (value: unknown): { nodes: Record<string, object>; onError?: string } => JSON.parse(JSON.stringify(value)) as { nodes: Record<string, object> };

/** The same without the nodes to which no way leads, so that most of what is drawn can be run. */
function pruned(drawn: unknown): object {
  const flow = asJson(drawn);
  for (;;) {
    const lost = readFlow(flow).faults.filter(({ message }) => message === 'no way leads to it');
    if (lost.length === 0) return flow;
    for (const { node: gone = '' } of lost) delete flow.nodes[gone];
  }
}

const KINDS = ['spoken', 'elapsed', 'recorded', 'answered', 'failed', 'key', 'gone', 'overdue'] as const;
const happening = fc.record({
  // The end of the caller and of the time come seldom, so that flows are gone through.
  kind: fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...KINDS.slice(0, 6)) }, { weight: 1, arbitrary: fc.constantFrom(...KINDS) }),
  isRight: fc.boolean(), ok: fc.boolean(), key: fc.oneof(key, fc.string()), status: fc.constantFrom(200, 204, 404, 500), body: fc.constantFrom('{"a":{"b":["7"]}}', '[]', 'no JSON', ''), ms: fc.integer({ min: 0, max: 3000 }),
});

function eventOf(given: typeof happening extends fc.Arbitrary<infer T> ? T : never, { state: { awaits } }: Stepped): FlowEvent {
  const kinds = { spoken: 'speak', elapsed: 'timer', recorded: 'record', answered: 'http', failed: 'enter' } as const;
  const idOf = (kind: keyof typeof kinds): number => (given.isRight ? awaits[kinds[kind]] : undefined) ?? given.ms;
  switch (given.kind) {
    case 'spoken':
      return { kind: 'spoken', id: idOf('spoken'), ok: given.ok };
    case 'elapsed':
      return { kind: 'elapsed', id: idOf('elapsed') };
    case 'recorded':
      return { kind: 'recorded', id: idOf('recorded'), ok: given.ok, file: 'r-1', ms: given.ms };
    case 'answered':
      return { kind: 'answered', id: idOf('answered'), status: given.status, body: given.body };
    case 'failed':
      return { kind: 'failed', id: idOf('failed'), why: 'unreachable' };
    case 'key':
      return { kind: 'key', key: given.key };
    case 'gone':
    case 'overdue':
      return { kind: given.kind };
    default:
      return given.kind satisfies never;
  }
}

let ran = 0;

test('whatever passes the validator runs to its end, with any events, and tells one outcome', () => {
  fc.assert(fc.property(definition, fc.array(happening, { maxLength: 200 }), (drawn, happenings) => {
    const { flow, faults } = readFlow(pruned(drawn));
    if (flow === undefined) {
      assert.ok(faults.length > 0);
      return;
    }
    ran += 1;
    let at = 1_800_000_000_000;
    let stepped = startFlow(flow, FACTS, at);
    const told = stepped.actions.map(({ kind }) => kind);
    let [time, ids] = [0, new Set<number>()];
    const take = (next: Stepped): void => {
      for (const action of next.actions) {
        if (!('id' in action)) continue;
        assert.ok(!ids.has(action.id), 'an id is used once');
        ids.add(action.id);
      }
      told.push(...next.actions.map(({ kind }) => kind));
      stepped = next;
    };
    for (const given of happenings) {
      const before = stepped;
      const frozen = JSON.stringify(before.state);
      at += given.ms;
      take(before.state.awaits.enter !== undefined && given.isRight && given.ok ? enterFlow(flow, before.state, at) : stepFlow(flow, before.state, eventOf(given, before), at));
      assert.equal(JSON.stringify(before.state), frozen, 'a state is not changed by what comes after it');
      if (stepped.state.stage === 'running') assert.ok(Object.keys(stepped.state.awaits).length > 0, 'who is in a flow waits for something');
      assert.ok(stepped.state.steps <= BOUNDS.steps + 1 && stepped.state.typed.length <= BOUNDS.typed);
    }
    // What was asked for ends in time, and so does the flow, though the caller does nothing.
    for (; stepped.state.stage !== 'over'; time += 1) {
      assert.ok(time < 12_000, 'the flow goes on and on');
      const { awaits } = stepped.state;
      const [kind = ''] = Object.keys(awaits);
      const ending: Record<string, FlowEvent> = {
        speak: { kind: 'spoken', id: awaits.speak ?? 0, ok: true }, timer: { kind: 'elapsed', id: awaits.timer ?? 0 }, record: { kind: 'recorded', id: awaits.record ?? 0, ok: true, file: 'r', ms: 1 },
        http: { kind: 'failed', id: awaits.http ?? 0, why: 'timeout' }, enter: { kind: 'failed', id: awaits.enter ?? 0, why: 'unknown' },
      };
      take(stepFlow(flow, stepped.state, ending[kind] ?? { kind: 'overdue' }, at));
    }
    assert.ok(told.filter((kind) => kind === 'outcome').length <= 1);
  }), { numRuns: 400 });
  assert.ok(ran > 40, `of what was drawn only ${ran} could be run`);
});

test('no JSON brings the validator down, and what is refused says where', () => {
  const broken = fc.tuple(definition, fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('start', 'nodes', 'variables', 'onError', 'holidays', 'apology', ...IDS), fc.constantFrom('type', 'next', 'prompt', 'choices', 'cases', 'text', 'queue', 'url', 'into', 'to'))
    .map(([drawn, junk, where, field]) => {
      const flow = asJson(drawn) as Record<string, unknown> & { nodes: Record<string, object> };
      if (IDS.includes(where)) flow.nodes[where] = { ...flow.nodes[where], [field]: junk };
      else flow[where] = junk;
      return flow;
    });
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), broken), (given) => {
    const { flow, faults } = readFlow(given);
    assert.equal(flow === undefined, faults.length > 0);
    for (const fault of faults) assert.ok(fault.message !== '' && (fault.field !== '' || fault.node !== undefined), JSON.stringify(fault));
    if (flow !== undefined) startFlow(flow, FACTS, 0);
  }), { numRuns: 500 });
});
