import { after, before, test } from 'node:test';
import { busy, ringsForever, rejects, unreachable } from '../../sim/parties.ts';
import { answerCall, rejectCall, phoneHangup, phonePickup, snatchPickup, requestAppointedCall } from '@parley/contract/gateway/call-answer.ts';
import { callInner, callOut, innerHelp, previewCallOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall, dropCall, disconnectNumber } from '@parley/contract/gateway/call-release.ts';
import { confJoin, connectHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { transferCall, cancelTransfer } from '@parley/contract/gateway/call-transfer.ts';
import { openLiveFloor, type LiveFloor } from './live-floor.ts';
import type { Desk } from './desk.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());
const show = async (name: string, ...desks: Desk[]) => {
  for (const desk of desks) {
    console.log(`-- ${name} ${desk.workNo}`);
    for (const [type, content] of await floor.told(desk)) console.log('  ', type, JSON.stringify(content));
  }
};
const ok = async (p: Promise<{ body: unknown }>) => { const { body } = await p; if ((body as any).retcode !== '0') console.log('REFUSED', JSON.stringify(body)); return (body as any).result; };


const call = async (d: Desk, op: any, input: object = {}) => ok(d.client.call(op, { agentid: d.workNo, ...input } as never) as any);
test('own phone', async () => {
  const ann = await floor.agent({ releasephone: true });
  for (const s of [busy, unreachable, rejects(), ringsForever]) {
    floor.voice.phone(ann.phone).behaves(s);
    await call(ann, callOut, { called: '70005' });
    await show(`own ${JSON.stringify(s)}`, ann);
    if (s === ringsForever) { await floor.later(30_000); await show('own unanswered', ann); }
  }
  const bob = await floor.agent({ releasephone: true });
  floor.voice.phone(ann.phone).behaves(busy);
  await call(ann, callInner, { called: String(bob.workNo) });
  await show(`own inner busy`, ann, bob);
  await floor.leave(ann, bob);
});
test('offer phone fails', async () => {
  const ann = await floor.agent({ releasephone: true });
  for (const s of [busy, unreachable, rejects(), ringsForever]) {
    floor.voice.phone(ann.phone).behaves(s);
    const c = await floor.customer();
    await show(`offer ${JSON.stringify(s)}`, ann);
    if (s === ringsForever) { await floor.later(30_000); await show('unanswered', ann); }
    c.party.hangUp();
    await call(ann, (await import('@parley/contract/gateway/agent-state.ts')).sayFree);
    await show('free again', ann);
  }
  await floor.leave(ann);
});
test('consult', async () => {
  const ann = await floor.agent(); 
  const { call: id1, party } = await floor.customer();
  const bob = await floor.agent({ autoanswer: false });
  await show('start', ann, bob);
  const id2 = await call(ann, innerHelp, { dstaddress: String(bob.workNo), devicetype: 2, mode: 1 });
  await show(`consult ${id1} ${id2}`, ann, bob);
  await call(bob, answerCall);
  await show('answered', ann, bob);
  await call(ann, confJoin, { callid: id1 });
  await show('conf', ann, bob);
  await call(bob, releaseCall);
  await show('helper leaves', ann, bob);
  const id3 = await call(ann, innerHelp, { dstaddress: String(bob.workNo) });
  await call(bob, answerCall);
  await floor.told(ann); await floor.told(bob);
  await call(bob, releaseCall);
  await show('consult ended by helper', ann, bob);
  await call(ann, innerHelp, { dstaddress: String(bob.workNo) });
  await call(bob, answerCall);
  await floor.told(ann); await floor.told(bob);
  await call(ann, releaseCall);
  await show('handed over', ann, bob);
  await call(bob, innerHelp, { dstaddress: String(ann.workNo) });
  await floor.told(ann); await floor.told(bob);
  await call(bob, connectHold, { callid: id1 });
  await show('connectHold', ann, bob);
  party.hangUp();
  await show('customer gone', ann, bob);
  await floor.leave(ann, bob);
});
test('help three', async () => {
  const ann = await floor.agent(); 
  const { call: id1, party } = await floor.customer();
  const bob = await floor.agent({ autoanswer: false });
  await show('start', ann, bob);
  await call(ann, innerHelp, { dstaddress: String(bob.workNo), mode: 2 });
  await show(`help ${id1}`, ann, bob);
  await call(bob, rejectCall, { mode: 1 });
  await show(`rejected`, ann, bob);
  await call(ann, innerHelp, { dstaddress: String(bob.workNo), mode: 1 });
  await show(`in vain`, ann, bob);
  await call(bob, (await import('@parley/contract/gateway/agent-state.ts')).sayFree);
  await call(ann, innerHelp, { dstaddress: String(bob.workNo), mode: 2 });
  await call(bob, answerCall);
  await show(`help`, ann, bob);
  await call(ann, releaseCall);
  await show(`asker leaves`, ann, bob);
  await call(bob, innerHelp, { dstaddress: String(ann.workNo), mode: 2 });
  await floor.told(ann); await floor.told(bob);
  party.hangUp();
  await show(`customer leaves`, ann, bob);
  await floor.leave(ann, bob);
});
test('transfer', async () => {
  const ann = await floor.agent(); 
  const { call: id1, party } = await floor.customer();
  const bob = await floor.agent({ autoanswer: false });
  await floor.told(ann); await floor.told(bob);
  await call(ann, transferCall, { devicetype: 2, address: String(bob.workNo), mode: 2 });
  await show('after success', ann, bob);
  await call(bob, answerCall);
  await show('answered', ann, bob);
  await call(bob, transferCall, { devicetype: 2, address: String(ann.workNo), mode: 0 });
  await show('blind', ann, bob);
  await call(ann, transferCall, { devicetype: 1, address: String(floor.queue), mode: 0 });
  await show('blind queue', ann, bob);
  await call(bob, answerCall);
  floor.voice.phone('70010');
  await floor.told(ann); await floor.told(bob);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 3 });
  await show('talk', bob);
  await call(bob, cancelTransfer);
  await show('talk cancelled', bob);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 3 });
  floor.voice.phone('70010').hangUp();
  await show('talk number gone', bob);
  floor.voice.phone('70010').behaves(busy);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 3 });
  await show('talk busy', bob);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 4 });
  await show('three busy', bob);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 2 });
  await show('success busy', bob);
  floor.voice.phone('70010').behaves({ kind: 'answers', afterMs: 0 });
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 4 });
  await show('three', bob);
  await call(bob, cancelTransfer);
  await show('three cancel', bob);
  await call(bob, transferCall, { devicetype: 5, address: '70010', mode: 4 });
  await call(bob, releaseCall);
  await show('three release', bob);
  await floor.leave(ann, bob);
});
