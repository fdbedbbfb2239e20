import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import type { Member, VoiceLeg } from '../voice/order.ts';
import { SWITCH_MS } from './timers.ts';

const toVideo = { kind: 'switchMedia', agent: 101, to: 'video' } as const;
const toVoice = { kind: 'switchMedia', agent: 101, to: 'voice' } as const;

/** A video agent who talks with a customer, and their legs. */
function talking(): { readonly rig: Rig; readonly call: string; readonly own: VoiceLeg; readonly customer: VoiceLeg } {
  const rig = createRig();
  rig.signIn(101, { type: 11 });
  const call = rig.callIn(1);
  rig.news();
  return { rig, call, own: rig.phone(101), customer: rig.customer(call) };
}

const tells = (rig: Rig, leg: VoiceLeg, on: boolean): void => { rig.does({ kind: 'picture', leg, on }); };

/** Who is to have a picture in the room that was arranged last. */
const pictured = ({ orders }: Rig): readonly VoiceLeg[] => {
  const members: readonly Member[] = orders.flatMap((order) => (order.kind === 'arrange' ? [order.members] : [])).at(-1) ?? [];
  return members.filter(({ picture }) => picture === true).map(({ leg }) => leg);
};

const outcomes = ({ happened }: Rig): readonly unknown[] => happened.flatMap(({ event }) => (event.type === 'MediaSwitched' ? [[event.to, event.ok, event.agents]] : []));

test('both phones are asked for pictures, and when both have some it is a video call', () => {
  const { rig, call, own, customer } = talking();
  rig.does(toVideo);
  assert.deepEqual(pictured(rig), [own, customer]);
  assert.equal(rig.refuses(toVideo), 'wrongState');
  tells(rig, customer, true);
  tells(rig, customer, true);
  assert.equal(rig.centre.calls.get(call)?.picture?.on, false);
  tells(rig, own, true);
  assert.equal(rig.centre.calls.get(call)?.picture?.on, true);
  assert.deepEqual(rig.news(), ['MediaSwitchAsked', 'PictureShown', 'PictureShown', 'MediaSwitched']);
  assert.equal(rig.refuses(toVideo), 'nothing', 'it is one');
  rig.wait(SWITCH_MS);
  assert.equal(rig.centre.calls.get(call)?.picture?.on, true);
  rig.does(toVoice);
  assert.deepEqual(pictured(rig), []);
  assert.equal(rig.refuses(toVoice), 'nothing');
  assert.deepEqual(outcomes(rig), [['video', true, [101]], ['voice', true, [101]]]);
});

test('where one phone has none it stays a voice call, and so where one says nothing', () => {
  const { rig, call, own, customer } = talking();
  rig.does(toVideo);
  tells(rig, own, true);
  tells(rig, customer, false);
  assert.equal(rig.centre.calls.get(call)?.picture, undefined);
  assert.deepEqual(pictured(rig), [], 'the other is asked to do away with its own');
  tells(rig, own, true);
  rig.does(toVideo);
  rig.wait(SWITCH_MS);
  assert.deepEqual(outcomes(rig), [['video', false, [101]], ['video', false, [101]]]);
  assert.equal(rig.centre.timers.due.size, 0);
});

test('a phone that does away with its picture makes it a voice call', () => {
  const { rig, own, customer } = talking();
  rig.does(toVideo);
  for (const leg of [own, customer]) tells(rig, leg, true);
  tells(rig, customer, false);
  assert.deepEqual([pictured(rig), outcomes(rig).at(-1)], [[], ['voice', true, [101]]]);
});

test('whoever is held keeps the picture, and the agent shows nothing in another call', () => {
  const { rig, own, customer } = talking();
  rig.does(toVideo);
  for (const leg of [own, customer]) tells(rig, leg, true);
  rig.does({ kind: 'hold', agent: 101 });
  assert.deepEqual(pictured(rig), [customer]);
  rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
  assert.deepEqual(pictured(rig), []);
  rig.does({ kind: 'release', agent: 101 });
  rig.does({ kind: 'retrieve', agent: 101 });
  assert.deepEqual(pictured(rig), [own, customer]);
  tells(rig, own, true);
  assert.equal(outcomes(rig).length, 1);
});

test('with one of the two the picture goes, and the next agent begins by voice', () => {
  const { rig, call, own, customer } = talking();
  rig.does(toVideo);
  for (const leg of [own, customer]) tells(rig, leg, true);
  rig.signIn(102, { type: 11 });
  rig.does({ kind: 'transfer', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'blind' });
  assert.equal(rig.centre.calls.get(call)?.picture, undefined);
  assert.deepEqual(pictured(rig), []);
  rig.does({ ...toVideo, agent: 102 });
  assert.deepEqual(pictured(rig).toSorted(), [customer, rig.phone(102)].toSorted());
});

test('a video call can be made a voice call again, whoever has come into it meanwhile', () => {
  const { rig, call, own, customer } = talking();
  rig.does(toVideo);
  for (const leg of [own, customer]) tells(rig, leg, true);
  rig.signIn(102);
  rig.does({ kind: 'innerHelp', agent: 101, mode: 'threeParty', to: { device: 'agent', agent: 102 }, hold: true });
  assert.equal(rig.centre.calls.get(call)?.parts.length, 3);
  assert.deepEqual(pictured(rig), [own, customer], 'the two go on seeing each other');
  rig.does(toVoice);
  assert.deepEqual(pictured(rig), []);
});

test('colleagues may see each other as well, and both are told', () => {
  const rig = createRig();
  for (const agent of [101, 102]) rig.signIn(agent, { type: 11 });
  rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
  rig.does(toVideo);
  for (const agent of [101, 102]) tells(rig, rig.phone(agent), true);
  assert.deepEqual(outcomes(rig), [['video', true, [101, 102]]]);
});

test('only video agents, in a talk of two', () => {
  const rig = createRig();
  rig.signIn(101, { type: 4 });
  assert.equal(rig.refuses(toVideo), 'noCall');
  const call = rig.callIn(1);
  assert.equal(rig.refuses(toVideo), 'noPermission');
  rig.signIn(102, { type: 11 });
  rig.does({ kind: 'innerHelp', agent: 101, mode: 'threeParty', to: { device: 'agent', agent: 102 }, hold: true });
  assert.equal(rig.centre.calls.get(call)?.parts.length, 3);
  assert.equal(rig.refuses({ ...toVideo, agent: 102 }), 'badMode');
});

test('reports of legs that nobody has asked mean nothing', () => {
  const { rig, own } = talking();
  tells(rig, own, true);
  tells(rig, 'nobody', false);
  assert.deepEqual(rig.news(), []);
});
