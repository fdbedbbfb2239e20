import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaAnswer, MediaOrder, PictureCodec } from '../../../telephony/media/order.ts';
import type { SipCall } from '../../../telephony/sip/call/call.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import type { Leg } from './legs.ts';
import { createPictures } from './pictures.ts';

const settle = async (): Promise<void> => { for (let i = 0; i < 50; i += 1) await Promise.resolve(); };

/** Phones that take one of the pictures that they are offered, or none, or refuse to talk of it. */
function rig(phones: Readonly<Record<string, PictureCodec | 'none' | 'refuses' | 'throws'>>) {
  const said: string[] = [];
  const reports: VoiceReport[] = [];
  const offered = new Map<string, readonly PictureCodec[]>();
  const legs = new Map(Object.entries(phones).map(([id, phone]): [string, Leg] => {
    const offer: SipCall['offer'] = () => {
      if (phone === 'throws') return Promise.reject(new Error('a bug'));
      return Promise.resolve(phone === 'refuses' ? { ok: false, status: 488 } : { ok: true, sdp: 'answer' });
    };
    return [id, {
      id, direction: 'out', caller: '', called: id, who: undefined, state: 'up', hasRung: true, call: { offer } as SipCall, attempts: new Set(), linked: new Set(), endings: new Set(),
    }];
  }));
  const perform = (order: MediaOrder): Promise<MediaAnswer> => {
    if (order.kind === 'offer') {
      offered.set(order.leg, order.pictures ?? []);
      said.push(`${order.leg} ${(order.pictures ?? []).join(' ')}`.trim());
      return Promise.resolve({ ok: true, sdp: 'offer' });
    }
    if (order.kind !== 'accept') throw new Error(order.kind);
    const has = offered.get(order.leg)?.find((codec) => codec === phones[order.leg]);
    return Promise.resolve({ ok: true, ...(has === undefined ? {} : { picture: has }) });
  };
  const pictures = createPictures({ legs: { find: (id) => legs.get(id), report: (report) => { reports.push(report); } }, media: { perform } });
  const arrange = (...members: readonly (readonly [leg: string, picture: boolean])[]): void => {
    pictures.arranged(members.map(([leg, picture]) => ({ leg, to: 'all', hears: true, music: false, ...(picture ? { picture } : {}) })));
  };
  const told = (): readonly string[] => reports.splice(0).map((report) => (report.kind === 'picture' ? `${report.leg} ${report.on ? 'on' : 'off'}` : report.kind));
  const asked = (): readonly string[] => said.splice(0);
  return { pictures, arrange, told, asked, leg: (id: string): Leg => legs.get(id) as Leg };
}

test('the first one chooses, and the second one is offered that alone', async () => {
  const { arrange, told, asked } = rig({ a: 'H264', b: 'H264' });
  arrange(['a', true], ['b', true]);
  await settle();
  assert.deepEqual([asked(), told()], [['a VP8 H264', 'b H264'], ['a on', 'b on']]);
  arrange(['a', true], ['b', true]);
  await settle();
  assert.deepEqual([asked(), told()], [[], []]);
});

test('where the first one has none, the second one is not bothered', async () => {
  for (const phone of ['none', 'refuses', 'throws'] as const) {
    const { arrange, told, asked } = rig({ a: phone, b: 'VP8' });
    arrange(['a', true], ['b', true]);
    await settle();
    assert.deepEqual(asked(), ['a VP8 H264'], phone);
    assert.deepEqual(told(), ['a off', 'b off']);
  }
});

test('who has another one than the first is reported to have none, and the first one is taken its own away', async () => {
  const { arrange, told, asked } = rig({ a: 'VP8', b: 'H264' });
  arrange(['a', true], ['b', true]);
  await settle();
  assert.deepEqual(told(), ['a on', 'b off']);
  asked();
  arrange(['a', false], ['b', false]);
  await settle();
  assert.deepEqual([asked(), told()], [['a'], []]);
});

test('what was wanted and is not any more by its turn is not asked for', async () => {
  const { arrange, told, asked } = rig({ a: 'VP8', b: 'VP8' });
  arrange(['a', true], ['b', true]);
  arrange(['a', false], ['b', false]);
  await settle();
  assert.deepEqual([asked(), told()], [[], []]);
});

test('whoever comes in has to take what is there', async () => {
  const { arrange, told, asked } = rig({ a: 'H264', b: 'VP8', c: 'H264' });
  arrange(['a', true]);
  await settle();
  arrange(['a', true], ['c', true]);
  await settle();
  assert.deepEqual([asked(), told()], [['a VP8 H264', 'c H264'], ['a on', 'c on']]);
});

test('a phone that changes its media is told of once, and one that takes a leg over is asked anew', async () => {
  const { arrange, told, asked, pictures, leg } = rig({ a: 'VP8', b: 'VP8' });
  pictures.changed(leg('a'), undefined);
  pictures.renewed(leg('a'));
  arrange(['a', true], ['b', true]);
  await settle();
  told();
  asked();
  pictures.renewed(leg('b'));
  await settle();
  assert.deepEqual([asked(), told()], [['b VP8'], ['b on']]);
  pictures.changed(leg('a'), 'VP8');
  pictures.changed(leg('a'), undefined);
  pictures.changed(leg('a'), undefined);
  assert.deepEqual(told(), ['a off']);
});

test('legs without pictures are left alone', async () => {
  const { arrange, told, asked } = rig({ a: 'VP8', b: 'VP8' });
  arrange(['a', false], ['b', false]);
  await settle();
  assert.deepEqual([asked(), told()], [[], []]);
});
