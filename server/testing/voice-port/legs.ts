import assert from 'node:assert/strict';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Dialled, Order } from '@parley/core/voice/order.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { reportsOf } from './stage.ts';
import type { VoiceCase } from './case.ts';

const dialOf = (leg: string, to: Dialled, ringMs = 30_000): Extract<Order, { kind: 'dial' }> => ({ kind: 'dial', vdnId: 1, leg, to, from: '12345', ringMs });

/** The same for an agent's phone and for a number outside. */
const ofEach = (name: string, run: (kind: Dialled['kind']) => VoiceCase['run']): VoiceCase[] => [
  { name: `a phone ${name}`, run: run('phone') }, { name: `a number outside ${name}`, run: run('number') },
];

const dialling: readonly VoiceCase[] = [
  ...ofEach('rings, is answered, and is hung up on', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    const leg = await stage.ring(callee);
    await stage.eventually(() => stage.kindsOf(leg).join() === 'rang', 'ringing is reported');
    assert.equal(await stage.standing(leg), 'ringing');
    await stage.quiet();
    assert.equal(callee.state(), 'ringing');
    await callee.answer();
    await stage.eventually(() => stage.kindsOf(leg).join() === 'rang,answered', 'the answer is reported');
    assert.equal(await stage.standing(leg), 'up');
    await stage.does({ kind: 'drop', leg, cause: CAUSE.timeout });
    assert.equal(await stage.endOf(leg), CAUSE.timeout);
    await stage.eventually(() => callee.state() === 'gone', 'the other end is hung up on');
    assert.equal(await stage.standing(leg), undefined);
  }),
  ...ofEach('is shown who calls', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    await stage.ring(callee);
    assert.equal(callee.shows(), '12345');
  }),
  ...ofEach('is busy', (kind) => async (stage) => {
    const leg = stage.newName('1');
    await stage.does(dialOf(leg, (await stage.world.callee(kind, 'busy')).dialled));
    assert.equal(await stage.endOf(leg), CAUSE.busy);
    assert.ok(!stage.kindsOf(leg).includes('answered'));
  }),
  ...ofEach('rejects', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    const leg = await stage.ring(callee);
    await callee.reject();
    assert.equal(await stage.endOf(leg), CAUSE.rejected);
  }),
  ...ofEach('cannot be reached', (kind) => async (stage) => {
    const leg = stage.newName('1');
    const performed = await stage.perform(dialOf(leg, await stage.world.nobody(kind)));
    assert.ok(performed.ok || performed.why === 'unreachable', JSON.stringify(performed));
    assert.notEqual(await stage.endOf(leg), CAUSE.released);
    assert.ok(!stage.kindsOf(leg).includes('answered'));
  }),
  ...ofEach('is given up by the port itself when nobody answers in time', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    const leg = stage.newName('1');
    await stage.does(dialOf(leg, callee.dialled, 300));
    await stage.eventually(() => callee.state() === 'ringing', 'it is rung');
    assert.equal(await stage.endOf(leg), CAUSE.unanswered);
    await stage.eventually(() => callee.state() === 'gone', 'it does not ring any more');
  }),
  ...ofEach('that answered in time is not given up', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    const leg = stage.newName('1');
    await stage.does(dialOf(leg, callee.dialled, 500));
    await stage.eventually(() => callee.state() === 'ringing', 'it is rung');
    await callee.answer();
    await stage.world.pass(700);
    assert.equal(await stage.standing(leg), 'up');
  }),
  ...ofEach('hangs up', (kind) => async (stage) => {
    const callee = await stage.world.callee(kind);
    const leg = await stage.ring(callee);
    await callee.answer();
    await stage.eventually(() => stage.kindsOf(leg).includes('answered'), 'the answer is reported');
    await callee.hangUp();
    assert.equal(await stage.endOf(leg), CAUSE.normal);
  }),
  {
    name: 'a leg that is dialled twice rings once, also after it has ended',
    run: async (stage) => {
      const callee = await stage.world.callee('phone');
      const order = dialOf(stage.newName('1'), callee.dialled);
      await Promise.all([stage.does(order), stage.does(order)]);
      await stage.eventually(() => callee.state() === 'ringing', 'it is rung');
      await stage.does(order);
      await stage.does({ kind: 'drop', leg: order.leg, cause: CAUSE.released });
      await stage.endOf(order.leg);
      await stage.perform(order);
      await stage.quiet();
      assert.equal(callee.timesRung(), 1);
    },
  },
];

const dropping: readonly VoiceCase[] = [
  {
    name: 'a leg is dropped before it rings',
    run: async (stage) => {
      const callee = await stage.world.callee('number');
      const leg = stage.newName('1');
      await Promise.all([stage.does(dialOf(leg, callee.dialled)), stage.does({ kind: 'drop', leg, cause: CAUSE.gaveUp })]);
      assert.equal(await stage.endOf(leg), CAUSE.gaveUp);
      await stage.quiet();
      assert.notEqual(callee.state(), 'ringing');
    },
  },
  {
    name: 'a leg is dropped while it rings',
    run: async (stage) => {
      const callee = await stage.world.callee('number');
      const leg = await stage.ring(callee);
      await stage.does({ kind: 'drop', leg, cause: CAUSE.unanswered });
      assert.equal(await stage.endOf(leg), CAUSE.unanswered);
      await stage.eventually(() => callee.state() === 'gone', 'it does not ring any more');
    },
  },
  {
    name: 'a leg is dropped twice, and ends once',
    run: async (stage) => {
      const { leg } = await stage.up();
      const [first, second] = await Promise.all([1, 2].map(() => stage.perform({ kind: 'drop', leg, cause: CAUSE.released })));
      assert.deepEqual(first, { ok: true });
      assert.ok(second?.ok === true || second?.why === 'unknownLeg', JSON.stringify(second));
      await stage.endOf(leg);
      await stage.quiet();
      assert.deepEqual(await stage.perform({ kind: 'drop', leg, cause: CAUSE.released }), { ok: false, why: 'unknownLeg' });
    },
  },
  {
    name: 'a leg on which both sides hang up at the same moment ends once',
    run: async (stage) => {
      const { leg, farEnd } = await stage.up();
      await Promise.all([stage.perform({ kind: 'drop', leg, cause: CAUSE.released }), farEnd.hangUp()]);
      assert.ok(([CAUSE.released, CAUSE.normal] as number[]).includes(await stage.endOf(leg)));
      await stage.quiet();
    },
  },
  {
    name: 'orders of a leg that is not there are refused, and change nothing',
    run: async (stage) => {
      const leg = stage.newName('1');
      const file = await stage.world.file(300);
      const flow = await stage.world.flow({ kind: 'done' });
      const orders: readonly Order[] = [
        { kind: 'answer', leg }, { kind: 'drop', leg, cause: CAUSE.released }, { kind: 'digits', leg, digits: '1' }, { kind: 'flow', vdnId: 1, leg, flow, call: '1-1' },
        { kind: 'endFlow', leg }, { kind: 'play', play: stage.newName('play'), to: { leg }, file },
        { kind: 'collect', collect: stage.newName('collect'), leg, max: 1, firstMs: 100, betweenMs: 100 },
      ];
      for (const order of orders) {
        const performed = await stage.perform(order);
        assert.equal(performed.ok ? 'taken' : performed.why, 'unknownLeg', order.kind);
      }
      await stage.world.pass(500);
      assert.deepEqual(stage.reports, []);
    },
  },
];

const arriving: readonly VoiceCase[] = [
  {
    name: 'somebody who calls in is announced, waits, and is answered',
    run: async (stage) => {
      const { leg, farEnd } = await stage.arrival();
      assert.deepEqual(reportsOf(stage, 'incoming'), [{ kind: 'incoming', leg, caller: '13800000001', called: '12345' }]);
      await stage.quiet();
      assert.equal(farEnd.state(), 'ringing');
      assert.equal(await stage.standing(leg), 'ringing');
      await stage.does({ kind: 'answer', leg });
      await stage.eventually(() => farEnd.state() === 'up', 'the caller is answered');
      await stage.does({ kind: 'answer', leg });
      assert.equal(await stage.standing(leg), 'up');
    },
  },
  {
    name: 'somebody who calls in is turned away',
    run: async (stage) => {
      const { leg, farEnd } = await stage.arrival();
      await stage.does({ kind: 'drop', leg, cause: CAUSE.unknownNumber });
      assert.equal(await stage.endOf(leg), CAUSE.unknownNumber);
      await stage.eventually(() => farEnd.state() === 'gone', 'the caller is turned away');
    },
  },
  {
    name: 'somebody who calls in gives up',
    run: async (stage) => {
      const { leg, farEnd } = await stage.arrival();
      await farEnd.hangUp();
      assert.equal(await stage.endOf(leg), CAUSE.gaveUp);
      assert.equal(await stage.standing(leg), undefined);
    },
  },
  {
    name: 'somebody who was answered hangs up',
    run: async (stage) => {
      const { leg, farEnd } = await stage.arrival();
      await stage.does({ kind: 'answer', leg });
      await stage.eventually(() => farEnd.state() === 'up', 'the caller is answered');
      await farEnd.hangUp();
      assert.equal(await stage.endOf(leg), CAUSE.normal);
    },
  },
  {
    name: 'callers at the same time have names of their own',
    run: async (stage) => {
      const callers = await Promise.all(Array.from({ length: 5 }, (_, index) => stage.world.callIn(`1380000000${index}`, '12345')));
      await stage.eventually(() => reportsOf(stage, 'incoming').length === callers.length, 'all are announced');
      assert.equal(new Set(reportsOf(stage, 'incoming').map(({ leg }) => leg)).size, callers.length);
      assert.deepEqual(reportsOf(stage, 'incoming').map(({ caller }) => caller).toSorted(), callers.map(({ number }) => number));
    },
  },
];

const standing: readonly VoiceCase[] = [
  {
    name: 'what stands can be asked for',
    run: async (stage) => {
      const { port } = stage.world;
      assert.deepEqual(await port.legs(), []);
      const up = await stage.up();
      const ringing = await stage.ring(await stage.world.callee('number'));
      const incoming = await stage.arrival();
      const gone = await stage.up();
      await stage.does({ kind: 'drop', leg: gone.leg, cause: CAUSE.released });
      await stage.endOf(gone.leg);
      const legs = new Map((await port.legs()).map(({ leg, state }) => [leg, state]));
      assert.deepEqual(legs, new Map([[up.leg, 'up'], [ringing, 'ringing'], [incoming.leg, 'ringing']]));
    },
  },
  {
    name: 'many legs at once are each reported in order',
    run: async (stage) => {
      const callees = await Promise.all(Array.from({ length: 12 }, (_, index) => stage.world.callee(index % 2 === 0 ? 'phone' : 'number')));
      const legs = await Promise.all(callees.map((callee) => stage.ring(callee)));
      await Promise.all(callees.map((callee) => callee.answer()));
      await stage.eventually(() => legs.every((leg) => stage.kindsOf(leg).includes('answered')), 'all have answered');
      await Promise.all(callees.map((callee, index) => (index % 3 === 0 ? callee.hangUp() : stage.perform({ kind: 'drop', leg: legs[index] ?? '', cause: CAUSE.released }))));
      for (const leg of legs) await stage.endOf(leg);
      for (const leg of legs) assert.equal(stage.kindsOf(leg).join(), 'rang,answered,ended');
    },
  },
  {
    name: 'everybody who listens is told, until they stop',
    run: async (stage) => {
      const { port } = stage.world;
      const [one, other]: [VoiceReport[], VoiceReport[]] = [[], []];
      const stops = [port.subscribe((report) => { one.push(report); }), port.subscribe((report) => { other.push(report); })];
      const { leg } = await stage.up();
      const told = stage.reports.length;
      assert.deepEqual(one, stage.reports);
      stops[0]?.();
      await stage.does({ kind: 'drop', leg, cause: CAUSE.released });
      await stage.endOf(leg);
      assert.equal(one.length, told);
      assert.deepEqual(other, stage.reports);
      stops[1]?.();
    },
  },
];

export const legCases: readonly VoiceCase[] = [...dialling, ...dropping, ...arriving, ...standing];
