import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { IMAGE_MS, readImage } from './image.ts';

const CALLER = '13800000001';

/** An agent who talks with a customer, whose leg is the one that a page would be at. */
function talking(): { readonly rig: Rig; readonly call: string; readonly leg: VoiceLeg } {
  const rig = createRig({ config: { ...FIRST_CONFIG, recording: { automatic: false, byAgents: false, toFiles: false, ccId: 1, timeZone: 'Asia/Kolkata' } } });
  rig.signIn(101);
  const call = rig.callIn(1);
  rig.news();
  return { rig, call, leg: rig.customer(call) };
}

const ask = ({ call, leg }: { readonly call: string; readonly leg: VoiceLeg }) => ({ kind: 'captureImage', agent: 101, call, leg }) as const;

const outcomes = ({ happened }: Rig): readonly unknown[] =>
  happened.flatMap(({ event }) => (event.type === 'ImageCaptured' ? [[event.image, event.outcome, event.agent, event.personal]] : []));

const asked = ({ orders }: Rig): readonly unknown[] => orders.filter(({ kind }) => kind === 'askImage');

describe('a picture of a customer (6.1.5.5)', () => {
  test('is asked for at the customer\'s leg, named by the clocks of the VDN, and told when it is kept', () => {
    const { rig, call, leg } = talking();
    rig.does(ask({ call, leg }));
    assert.deepEqual(asked(rig), [{ kind: 'askImage', leg, image: 'img-1-1' }]);
    assert.equal(rig.centre.legs.get(leg)?.awaited?.path, 'F:/1/1/20260105/101/1430001.jpg');
    rig.does({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'taken' });
    assert.deepEqual(rig.news(), ['ImageAsked', 'ImageCaptured']);
    assert.deepEqual(outcomes(rig), [['img-1-1', 'taken', 101, { caller: CALLER, called: '12345' }]]);
    assert.deepEqual([rig.centre.legs.get(leg)?.awaited, rig.centre.timers.due.size], [undefined, 0]);
    rig.does(ask({ call, leg }));
    assert.deepEqual(rig.centre.legs.get(leg)?.awaited?.image, 'img-1-2', 'each has a name of its own');
  });

  test('may be refused by the customer, and then holds nothing personal', () => {
    const { rig, call, leg } = talking();
    rig.does(ask({ call, leg }));
    rig.does({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'refused' });
    assert.deepEqual(outcomes(rig), [['img-1-1', 'refused', 101, undefined]]);
  });

  test('is awaited once at a time, and not for ever', () => {
    const { rig, call, leg } = talking();
    rig.does(ask({ call, leg }));
    assert.equal(rig.refuses(ask({ call, leg })), 'wrongState');
    rig.wait(IMAGE_MS);
    assert.deepEqual(outcomes(rig), [['img-1-1', 'failed', 101, undefined]]);
    assert.equal(rig.refuses({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'taken' }), 'nothing', 'it comes too late');
    rig.does(ask({ call, leg }));
    assert.equal(rig.refuses({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'taken' }), 'nothing', 'it is another one');
  });

  test('comes to nothing when the customer goes, and when the agent does away with the call', () => {
    for (const goes of ['customer', 'agent'] as const) {
      const { rig, call, leg } = talking();
      rig.does(ask({ call, leg }));
      if (goes === 'customer') rig.hangsUp(leg);
      else rig.does({ kind: 'release', agent: 101 });
      assert.deepEqual(outcomes(rig), [['img-1-1', 'failed', 101, undefined]]);
      assert.equal([...rig.centre.timers.due.keys()].some((key) => key.startsWith('image:')), false);
    }
  });

  test('is still awaited while the customer is held, or passed on to somebody else', () => {
    const { rig, call, leg } = talking();
    rig.does(ask({ call, leg }));
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'taken' });
    assert.equal(outcomes(rig).length, 1);
  });

  test('is asked for by those only who talk with the customer', () => {
    const { rig, call, leg } = talking();
    rig.signIn(102);
    assert.equal(rig.refuses({ ...ask({ call, leg }), agent: 102 }), 'noCall');
    assert.equal(rig.refuses({ ...ask({ call, leg }), agent: 103 }), 'notSignedIn');
    assert.equal(rig.refuses(ask({ call: '1-1', leg })), 'noCall');
    assert.equal(rig.refuses(ask({ call, leg: '' })), 'badMode');
    assert.equal(rig.refuses(ask({ call, leg: rig.phone(101) })), 'badMode');
    rig.does({ kind: 'hold', agent: 101 });
    assert.equal(rig.refuses(ask({ call, leg })), 'noCall');
    assert.deepEqual(asked(rig), []);
  });

  test('is not kept of a call that is to be erased', () => {
    const { rig, call, leg } = talking();
    rig.does({ kind: 'forget', numbers: [CALLER] });
    rig.does(ask({ call, leg }));
    rig.does({ kind: 'imageAnswered', leg, image: 'img-1-1', outcome: 'taken' });
    const last = rig.happened.at(-1)?.event;
    assert.ok(last?.type === 'ImageCaptured' && last.erase === true);
  });

  test('is still awaited by the successor of a process that died', () => {
    const { rig, call, leg } = talking();
    rig.does(ask({ call, leg }));
    const next = createRig({ after: rig });
    next.wait(IMAGE_MS);
    assert.deepEqual(outcomes(next), [['img-1-1', 'failed', 101, undefined]]);
    next.does(ask({ call, leg }));
    assert.equal(next.centre.legs.get(leg)?.awaited?.image, 'img-1-2');
  });
});

test('the name of a picture says whose it is', () => {
  assert.deepEqual(readImage('img-12-345'), { vdnId: 12, number: 345 });
  for (const other of ['', 'img-', 'rec-1-1', 'img-1-1-1', 'img-x-1']) assert.equal(readImage(other), undefined);
});
