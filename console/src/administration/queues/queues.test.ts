import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diversionOf, draftOf, NEW_QUEUE, skillParamOf, treatmentOf, type Diversion } from './queues.ts';

describe('a queue in its form', () => {
  test('keeps where calls go on the way to 5.2.1 and back', () => {
    for (const diversion of ['release', 'queue:7', 'flow:3'] satisfies Diversion[]) assert.equal(diversionOf(treatmentOf(diversion)), diversion);
  });

  test('has five settings for voice and three for chat', () => {
    assert.deepEqual(Object.keys(skillParamOf(NEW_QUEUE)).toSorted(), ['answerFunction', 'busy', 'noAgents', 'timeOut', 'waitVoice']);
    assert.deepEqual(Object.keys(skillParamOf({ ...NEW_QUEUE, medium: '53' })).toSorted(), ['busy', 'noAgents', 'timeOut']);
  });

  test('shows again what it has saved', () => {
    const draft = { ...NEW_QUEUE, name: 'Sales', waitFlow: '4', busy: 'queue:2', announcesAgent: true } as const;
    const { name, description, maxWaitTime, maxWaitNum, maxAgentWrapupTime } = draft;
    assert.deepEqual(draftOf({ skillId: 1, name, description, maxWaitTime, maxWaitNum, maxAgentWrapupTime, mediaType: 5, mediaTypeId: 5, skillParam: skillParamOf(draft) }), draft);
  });
});
