import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { indexedName, readIndexedName, readOriginalName, readSpokenName, readThirdPartyPath, uploadedPath, type PathReading } from './path.ts';

const indexed = (text: string) => readIndexedName(text, 0);
const why = (reading: PathReading<object>): string => (reading.ok ? 'ok' : reading.why);

describe('names of recordings', () => {
  test('lead to the files that they stand for', () => {
    const file = '7/0/20261121/102/1000010.wav';
    const name = indexedName(0, 1, file) ?? '';
    assert.equal(name, '/0/1/record/7/20261121/102/1000010.wav');
    const read = indexed(name);
    assert.ok(read.ok && read.vdnId === 7 && read.files.includes(file) && read.files.length === 10);
    assert.deepEqual(readOriginalName('Y:/7/0/20261121/102/1000010.V3'), { ok: true, vdnId: 7, file });
  });

  test('are refused for what is wrong with them', () => {
    const refused: Readonly<Record<string, string>> = {
      '/0/1/record/7/20261121/102/..%2f1.wav': 'characters', '/0/1/record/7/20261121/102/a b.wav': 'characters', '/0/1/record/7/20261121/../102/a.wav': 'canonical',
      '/0/1/record/7//20261121/102/a.wav': 'canonical', '/0/1/record/7/20261121/102/.a.wav': 'canonical', '/0/1/record/7/20260230/102/a.wav': 'date',
      '/0/1/other/7/20261121/102/a.wav': 'folder', '/9/1/record/7/20261121/102/a.wav': 'folder',
      '/0/1/record/7/20261121/102/a.mp4': 'form', '/0/1/record/x/20261121/102/a.wav': 'form', 'a.wav': 'form', '/etc/passwd': 'form',
    };
    for (const [text, expected] of Object.entries(refused)) assert.equal(why(indexed(text)), expected, text);
    assert.equal(indexed('/9/1/record/7/20261121/102/a.wav').part, 'Node ID');
    for (const [text, expected] of [['Y:\\7\\0\\20261121\\102\\1.V3', 'characters'], ['Y:/7/0/../0/20261121/102/1.V3', 'canonical'], ['Y:7/0/20261121/102/1.V3', 'canonical'],
      ['Y:/7/flows/1.wav', 'form'], ['Y:/7', 'form']] as const) assert.equal(why(readOriginalName(text)), expected, text);
  });
});

test('what a caller said to a flow goes by each of its names', () => {
  const file = '39/flows/1603089033-1205143033.wav';
  for (const folder of ['Y:/record/39/odfsrecord', 'Y:/39/odfsrecord', 'Y:/record/39', 'Y:/39/transferrecord']) {
    assert.deepEqual(readSpokenName(`${folder}/20201019/1603089033-1205143033.wav`, 'oiap'), { ok: true, vdnId: 39, day: '20201019', file });
  }
  assert.deepEqual(readSpokenName('Y:/39/record/20201019/1603089033-1205143033.wav', 'message'), { ok: true, vdnId: 39, day: '20201019', file });
  assert.equal(why(readSpokenName('Y:/39/other/20201019/1.wav', 'message')), 'rule');
  assert.equal(why(readSpokenName('Y:/39/record/20201019/1.wav', 'oiap')), 'rule');
  assert.equal(why(readSpokenName('Y:/39/record/20201319/1.wav', 'message')), 'date');
  assert.equal(why(readSpokenName('x'.repeat(128), 'oiap')), 'length');
  assert.equal(why(readSpokenName('', 'oiap')), 'length');
});

test('files of other programs are in three folders of a tenant, and nowhere else', () => {
  assert.deepEqual(readThirdPartyPath(uploadedPath(53, '8fSsBaEb_1.wav'), 'file'), { ok: true, vdnId: 53, holds: 'uploaded', name: '8fssbaeb_1.wav' });
  assert.deepEqual(readThirdPartyPath('Y:/3rdfile/53/thirdvoicebotfile', 'folder'), { ok: true, vdnId: 53, holds: 'uploaded', name: undefined });
  assert.deepEqual(readThirdPartyPath('/voice/53/IVRrecordFile/x.wav', 'file'), { ok: true, vdnId: 53, holds: 'spoken', name: 'x.wav' });
  const refused: Readonly<Record<string, string>> = {
    'Y:/3rdfile/53/thirdvoicebotfile/..%2fx.wav': 'characters', 'Y:/3rdfile/53/thirdvoicebotfile/../x.wav': 'canonical', 'Y:/3rdfile/53/thirdvoicebotfile/x.mp3': 'form',
    'Y:/3rdfile/thirdvoicebotfile/x.wav': 'rule', 'Y:/3rdfile/53/other/x.wav': 'rule', 'Y:/53/3rdfile/thirdvoicebotfile/x.wav': 'rule', 'x.wav': 'rule',
    'Y:/3rdfile/53/thirdvoicebotfile/deep/x.wav': 'rule', 'Y:/3rdfile/053/thirdvoicebotfile/x.wav': 'rule',
  };
  for (const [text, expected] of Object.entries(refused)) assert.equal(why(readThirdPartyPath(text, 'file')), expected, text);
});

test('no path leads out of the folders of the tenant that it names', () => {
  const part = fc.constantFrom('..', '.', '', '7', 'record', '3rdfile', 'thirdvoicebotfile', '20261121', '102', 'a.wav', '%2e%2e', '..\\', 'Y:', 'flows', 'IVRrecordFile', 'voice');
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }).map((parts) => parts.join('/')), (text) => {
    for (const read of [readSpokenName(text, 'oiap'), readSpokenName(text, 'message'), readOriginalName(text)]) {
      if (read.ok) assert.match(read.file, new RegExp(`^${read.vdnId}(/[a-z0-9_-][a-z0-9._-]*)+$`));
    }
    const third = readThirdPartyPath(text, 'file');
    if (third.ok) assert.match(third.name ?? '', /^[a-z0-9_-][a-z0-9._-]*$/);
    const found = indexed(text);
    if (found.ok) for (const file of found.files) assert.match(file, /^7\/\d\/\d{8}\/102\/a\.wav$/);
  }));
});
