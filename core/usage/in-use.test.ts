import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRig } from '../centre/centre.fixture.ts';
import { BUSY_CONFIG, chanceOf, HAPPENINGS } from '../centre/commands.fixture.ts';
import { follow, inUseOf, isFollowed, noCounts, type InUse } from './in-use.ts';

const nothing = (): InUse => ({ agents: new Map(), calls: new Map(), counts: noCounts() });

describe('what is in use', () => {
  test('follows from the events as it does from the state, whatever happens', () => {
    const drawn = fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS)), numbers: fc.array(fc.nat(1000), { minLength: 3, maxLength: 6 }) });
    fc.assert(fc.property(fc.array(drawn, { maxLength: 60 }), (walk) => {
      const rig = createRig({ config: BUSY_CONFIG });
      const inUse = nothing();
      let seen = 0;
      for (const { what, numbers } of walk) {
        const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
        if (next?.kind === 'pause') rig.wait(next.ms);
        else if (next !== undefined) rig.send(next);
        for (const { event } of rig.happened.slice(seen)) if (isFollowed(event)) follow(inUse, event);
        seen = rig.happened.length;
        assert.deepEqual(inUse.counts, inUseOf(rig.centre).counts);
      }
    }), { numRuns: 60, seed: 20_261_121 });
  });

  test('tells video agents and calls from web pages apart', () => {
    const inUse = nothing();
    const rig = createRig({ config: BUSY_CONFIG });
    rig.signIn(101, { type: 11 });
    rig.signIn(102);
    for (const { event } of rig.happened) follow(inUse, event);
    assert.deepEqual(inUse.counts, { ...noCounts(), agents: 2, videoAgents: 1 });
    follow(inUse, { type: 'CallBegan', call: '1', medium: 'voice', feature: 0, unverified: true });
    follow(inUse, { type: 'CallBegan', call: '2', medium: 'chat', feature: 0 });
    follow(inUse, { type: 'CallBegan', call: '3', medium: 'voice', feature: 0 });
    follow(inUse, { type: 'FlowEntered', call: '3', flow: '8', leg: '1-1', enter: 0 });
    assert.deepEqual(inUse.counts, { agents: 2, videoAgents: 1, ivrCalls: 1, voiceCalls: 2, webCalls: 2 });
    for (const call of ['1', '2', '3', '3', '4']) follow(inUse, { type: 'CallEnded', call, cause: 0 });
    assert.deepEqual(inUse.counts, { ...noCounts(), agents: 2, videoAgents: 1 });
  });
});
