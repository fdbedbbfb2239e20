import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkTreatment, findCircle, type Diversion, type Treatment } from './treatment.ts';

const release: Diversion = { kind: 'release' };
const to = (queueId: number): Diversion => ({ kind: 'queue', queueId });
const plain: Treatment = { noAgents: release, busy: release, timeOut: release };
const voice: Treatment = { ...plain, announceAgent: true, waiting: { kind: 'music' } };

const table: readonly [name: string, media: number, treatment: Treatment, refusal: string | undefined][] = [
  ['voice with all five', 5, voice, undefined],
  ['video with all five', 19, voice, undefined],
  ['voice without announcement', 5, { ...plain, waiting: { kind: 'music' } }, 'answerFunction is missing'],
  ['voice without waiting tone', 5, { ...plain, announceAgent: false }, 'waitVoice is missing'],
  ['multimedia with three', 53, plain, undefined],
  ['multimedia with announcement', 53, { ...plain, announceAgent: false }, 'answerFunction is not for media type 53'],
  ['click-to-dial with waiting tone', 2, { ...plain, waiting: { kind: 'music' } }, 'waitVoice is not for media type 2'],
  ['multimedia to a flow', 53, { ...plain, busy: { kind: 'flow', flowId: 1 } }, 'busy.deviceType must be 1 for media type 53'],
  ['click-to-dial to a flow', 18, { ...plain, busy: { kind: 'flow', flowId: 1 } }, undefined],
];

for (const [name, media, treatment, refusal] of table) {
  test(`a treatment is checked by media: ${name}`, () => assert.equal(checkTreatment(media, treatment), refusal));
}

test('a circle is found and told in the order a call would pass', () => {
  const others = new Map([[2, { ...plain, busy: to(3) }], [3, { ...plain, timeOut: to(1) }], [4, plain]]);
  assert.deepEqual(findCircle(1, { ...plain, noAgents: to(4), busy: to(2) }, others), [1, 2, 3, 1]);
  assert.deepEqual(findCircle(1, { ...plain, busy: to(1) }, new Map()), [1, 1]);
  assert.equal(findCircle(1, { ...plain, busy: to(4) }, others), undefined);
});

test('queues that are added only when they close no circle never hold one', () => {
  const edge = fc.record({ from: fc.integer({ min: 1, max: 8 }), to: fc.integer({ min: 1, max: 8 }), name: fc.constantFrom('noAgents', 'busy', 'timeOut') });
  fc.assert(fc.property(fc.array(edge, { maxLength: 40 }), (edges) => {
    const queues = new Map<number, Treatment>();
    for (const { from, to: target, name } of edges) {
      const changed = { ...(queues.get(from) ?? plain), [name]: to(target) };
      if (findCircle(from, changed, queues) === undefined) queues.set(from, changed);
    }
    for (const id of queues.keys()) {
      let reached = new Set([id]);
      for (let step = 0; step < 9; step += 1) {
        reached = new Set([...reached].flatMap((queue) => {
          const treatment = queues.get(queue) ?? plain;
          return [treatment.noAgents, treatment.busy, treatment.timeOut].flatMap((d) => (d.kind === 'queue' ? [d.queueId] : []));
        }));
        assert.ok(!reached.has(id), `queue ${id} reaches itself`);
      }
    }
  }));
});
