import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AGENT_TYPE, checkSkills, SUITED_MEDIA } from './skills.ts';

const media = new Map([[1, 5], [2, 19], [3, 53], [4, 2], [5, 18]]);
const skills = (...queueIds: number[]) => queueIds.map((queueId) => ({ queueId }));

const table: readonly [name: string, agentType: number, queueIds: readonly number[], problem: object | undefined][] = [
  ['none', AGENT_TYPE.audio, [], undefined],
  ['audio with voice and click-to-dial', AGENT_TYPE.audio, [1, 4], undefined],
  ['audio with video', AGENT_TYPE.audio, [1, 2], { kind: 'unsuited', queueId: 2, media: 19 }],
  ['audio with chats', AGENT_TYPE.audio, [3], { kind: 'unsuited', queueId: 3, media: 53 }],
  ['video with voice and video', AGENT_TYPE.video, [1, 2, 4, 5], undefined],
  ['video with chats', AGENT_TYPE.video, [3], { kind: 'unsuited', queueId: 3, media: 53 }],
  ['multimedia with chats', AGENT_TYPE.multimedia, [3], undefined],
  ['multimedia with voice', AGENT_TYPE.multimedia, [1], { kind: 'unsuited', queueId: 1, media: 5 }],
  ['versatile with all', AGENT_TYPE.versatile, [1, 2, 3, 4, 5], undefined],
  ['an unknown queue', AGENT_TYPE.versatile, [1, 9], { kind: 'unknown', queueId: 9 }],
  ['a queue twice', AGENT_TYPE.versatile, [1, 2, 1], { kind: 'repeated', queueId: 1 }],
  ['an unknown agent type', 7, [1], { kind: 'unsuited', queueId: 1, media: 5 }],
];

for (const [name, agentType, queueIds, problem] of table) {
  test(`skills are checked by agent type: ${name}`, () => assert.deepEqual(checkSkills(agentType, skills(...queueIds), media), problem));
}

test('what passes names each queue once, and all of them exist and suit', () => {
  fc.assert(fc.property(fc.constantFrom(4, 5, 11, 99), fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }), (agentType, queueIds) => {
    const passes = new Set(queueIds).size === queueIds.length && queueIds.every((id) => SUITED_MEDIA[agentType]?.includes(media.get(id) ?? -1));
    assert.equal(checkSkills(agentType, skills(...queueIds), media) === undefined, passes);
  }));
});
