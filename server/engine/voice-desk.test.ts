import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Command } from '@parley/core/centre/command.ts';
import { createFakeVoice } from './engine.fixture.ts';
import type { Sent } from './engine.ts';
import { createVoiceDesk } from './voice-desk.ts';
import type { Performed } from './voice.ts';

const DONE: Sent = { result: '1-1', refused: undefined };

interface Around {
  readonly send?: (vdnId: number, command: Command) => Promise<Sent>;
  readonly find?: (called: string) => Promise<{ readonly vdnId: number; readonly to: { readonly kind: 'queue'; readonly queue: number } } | undefined>;
}

function aDesk({ send = () => Promise.resolve(DONE), find = () => Promise.resolve({ vdnId: 7, to: { kind: 'queue', queue: 1 } as const }) }: Around = {}) {
  const port = createFakeVoice();
  const commands: [number, Command][] = [];
  const faults: string[] = [];
  const desk = createVoiceDesk({
    port, dialled: find,
    send: (vdnId, command) => {
      commands.push([vdnId, command]);
      return send(vdnId, command);
    },
    report: (vdnId, command) => { commands.push([vdnId, command]); },
    onFault: (message) => { faults.push(message); },
  });
  desk.start();
  return { port, desk, commands, faults };
}

const incoming = (leg: string) => ({ kind: 'incoming', leg, caller: '138', called: '1000' }) as const;
const refused = (why: Extract<Performed, { ok: false }>['why']) => (): Performed => ({ ok: false, why });

describe('what the voice port reports', () => {
  test('goes to the contact centre that dialled the leg, or that the leg came in to', async () => {
    const { port, desk, commands } = aDesk();
    port.tell({ kind: 'rang', leg: '12-34' });
    port.tell(incoming('9-9'));
    await desk.idle();
    port.tell({ kind: 'ended', leg: '9-9', cause: 531 });
    port.tell({ kind: 'ended', leg: 'nobody@knows', cause: 531 });
    port.tell({ kind: 'playEnded', play: 'conf-3-1-1', why: 'end' });
    port.tell({ kind: 'playEnded', play: 'nonsense', why: 'end' });
    await desk.idle();
    assert.deepEqual(commands.map(([vdnId, { kind }]) => `${vdnId} ${kind}`), ['12 legReported', '7 arrive', '3 playEnded', '7 legReported']);
  });

  test('of a leg that is just coming in waits until it is known whose it is', async () => {
    const found = Promise.withResolvers<{ vdnId: number; to: { kind: 'queue'; queue: number } }>();
    const { port, desk, commands } = aDesk({ find: () => found.promise });
    port.tell(incoming('a'));
    port.tell({ kind: 'ended', leg: 'a', cause: CAUSE.gaveUp });
    desk.dropStrays(new Map([['a', 'ringing']]), () => false);
    assert.equal(commands.length, 0);
    found.resolve({ vdnId: 7, to: { kind: 'queue', queue: 1 } });
    await desk.idle();
    assert.deepEqual(commands.map(([, { kind }]) => kind), ['arrive', 'legReported']);
    assert.deepEqual(port.orders, [], 'and it is no stray');
  });

  test('a call that cannot be taken is turned away with the reason', async () => {
    const causes: Record<string, number> = {};
    const around: Readonly<Record<string, Around>> = {
      nobody: { find: () => Promise.resolve(undefined) },
      lost: { find: () => Promise.reject(new Error('the database is away')) },
      overloaded: { send: () => Promise.reject(new Error('overloaded')) },
      unwanted: { send: () => Promise.resolve({ result: undefined, refused: { refused: 'limit', message: '' } as const }) },
    };
    for (const [leg, options] of Object.entries(around)) {
      const { port, desk } = aDesk(options);
      port.tell(incoming(leg));
      await desk.idle();
      const [order] = port.orders;
      causes[leg] = order?.kind === 'drop' && order.leg === leg ? order.cause : 0;
    }
    assert.deepEqual(causes, { nobody: CAUSE.unknownNumber, lost: CAUSE.noResource, overloaded: CAUSE.noResource, unwanted: CAUSE.noResource });
  });
});

describe('an order that is not carried out', () => {
  test('to dial is the end of the leg, and is taken back', async () => {
    const { port, desk, commands } = aDesk();
    port.answer = (order) => (order.kind === 'dial' ? { ok: false, why: 'unreachable' } : undefined);
    desk.perform(1, { kind: 'dial', vdnId: 1, leg: '1-1', to: { kind: 'phone', number: '80101' }, from: '', ringMs: 1000 });
    await desk.idle();
    assert.deepEqual(commands, [[1, { kind: 'legReported', report: { kind: 'ended', leg: '1-1', cause: CAUSE.noResource } }]]);
    assert.deepEqual(port.orders.map(({ kind }) => kind), ['dial', 'drop']);
  });

  test('for want of the leg is the end of the leg', async () => {
    const { port, desk, commands, faults } = aDesk();
    port.answer = refused('unknownLeg');
    desk.perform(1, { kind: 'drop', leg: '1-2', cause: 518 });
    await desk.idle();
    assert.deepEqual(commands, [[1, { kind: 'legReported', report: { kind: 'ended', leg: '1-2', cause: CAUSE.internalError } }]]);
    assert.deepEqual(faults, []);
  });

  test('in a room, the legs that are gone have ended', async () => {
    const { port, desk, commands } = aDesk();
    port.standing.set('1-1', 'up');
    port.answer = refused('unknownLeg');
    const member = { to: 'all', hears: true, music: false } as const;
    desk.perform(1, { kind: 'arrange', room: '1-1', members: [{ leg: '1-1', ...member }, { leg: '1-2', ...member }] });
    await desk.idle();
    assert.deepEqual(commands, [[1, { kind: 'legReported', report: { kind: 'ended', leg: '1-2', cause: CAUSE.internalError } }]]);
  });

  test('of a flow or a file ends the wait for it', async () => {
    const { port, desk, commands } = aDesk();
    port.answer = refused('failed');
    desk.perform(1, { kind: 'flow', vdnId: 1, leg: '1-1', flow: '7', call: 'c' });
    desk.perform(1, { kind: 'play', play: 'conf-1-1-1', to: { room: 'r' }, file: 'f' });
    await desk.idle();
    assert.deepEqual(commands.map(([, command]) => command), [
      { kind: 'flowEnded', leg: '1-1', outcome: { kind: 'hangUp' } }, { kind: 'playEnded', play: 'conf-1-1-1', why: 'failed' },
    ]);
  });

  test('of a flow for a caller who waits lets nobody go', async () => {
    const { port, desk, commands } = aDesk();
    port.answer = refused('failed');
    desk.perform(1, { kind: 'flow', vdnId: 1, leg: '1-1', flow: '7', call: 'c', waits: true });
    await desk.idle();
    assert.deepEqual(commands, [[1, { kind: 'flowEnded', leg: '1-1', outcome: { kind: 'done' }, waits: true }]]);
  });

  test('because the port throws is a failure like any other', async () => {
    const { port, desk, faults } = aDesk();
    port.answer = () => Promise.reject(new Error('no route to the switch'));
    desk.perform(1, { kind: 'answer', leg: 'a' });
    desk.drop('b', 518);
    await desk.idle();
    assert.deepEqual(faults, ['the voice port did not carry out an order']);
  });
});
