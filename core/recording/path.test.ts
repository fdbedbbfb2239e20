import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isOwnRecording, nameRecording, readPath, readRecordingId } from './path.ts';

describe('a path of a recording', () => {
  test('is read as clients of all kinds write it', () => {
    for (const written of ['Y:/1/0/20181217/120/1524488.V3', 'y:\\1\\0\\20181217\\120\\1524488.V3', '/1/0/20181217/120/1524488.v3', 'C://1//0/20181217\\120/1524488.wav', '1/0/20181217/120/1524488.V3']) {
      assert.deepEqual(readPath(written), { vdnId: 1, file: '1/0/20181217/120/1524488.wav', agent: 120 }, written);
    }
  });

  test('of messages to flows, and of other programs, is nobody\'s own', () => {
    assert.deepEqual(readPath('y:/1/record/20190412/playvoice1551276018824.wav'), { vdnId: 1, file: '1/record/20190412/playvoice1551276018824.wav', agent: undefined });
    assert.deepEqual(readPath('y:/3rdfile/7/record/20190408/515/1633022.V3'), { vdnId: 7, file: '7/3rdfile/record/20190408/515/1633022.wav', agent: undefined });
  });

  test('that leads elsewhere is none', () => {
    for (const wrong of [
      '', 'Y:', 'Y:/', 'Y:/1', 'Y:/1/a.wav', 'Y:/x/0/20181217/120/1.V3', 'Y:/0/0/20181217/120/1.V3', 'Y:/01/0/20181217/120/1.V3', 'Y:/1/../2/0/1.V3', 'Y:/1/0/./1.V3', 'Y:/1/0/20181217/120/..',
      'Y:/1/0/20181217/120/.hidden', 'Y:/1/0/20181217/120/a b.V3', 'Y:/1/0/20181217/120/a\0.V3', 'Y:/1/0/20181217/120/ä.V3', 'Y:/1/0/20181217/120/%2e%2e', 'Y:/1/0/20181217/120/1.', 'Y:Z:/1/0/1.V3',
      'file:///1/0/20181217/120/1.V3', '3rdfile/../1/0/1.V3', '/3rdfile/x/record/1.V3', `Y:/1/0/${'x'.repeat(100)}`,
    ]) assert.equal(readPath(wrong), undefined, wrong);
  });

  test('never names a file outside of its VDN, whatever is written', () => {
    const part = fc.constantFrom('..', '.', '1', '2', '', 'a', '20181217', '120', '1.V3', '3rdfile', '%2e%2e', 'Y:', '\0', '~', 'CON');
    fc.assert(fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('/', '\\', '//', '/\\'), fc.boolean(), (parts, slash, drive) => {
      const place = readPath(`${drive ? 'Y:' : ''}${slash}${parts.join(slash)}`);
      if (place === undefined) return;
      const [vdn, ...rest] = place.file.split('/');
      assert.equal(vdn, String(place.vdnId));
      assert.ok(rest.length >= 2 && rest.every((one) => /^[a-z0-9_-][a-z0-9._-]*$/.test(one)), place.file);
      assert.deepEqual(readPath(place.file)?.file, place.file, 'it is its own name');
    }));
  });

  test('chosen by an agent is among its own recordings', () => {
    const own = (path: string): boolean => {
      const place = readPath(path);
      return place !== undefined && isOwnRecording(place, 1, 101);
    };
    assert.deepEqual(
      ['Y:/1/0/20181217/101/1.V3', 'Y:/1/5/20181217/101/my-file.wav', 'Y:/1/0/20181217/102/1.V3', 'Y:/2/0/20181217/101/1.V3', 'Y:/1/record/20181217/1.V3', 'Y:/1/0/20181217/101/1.mp4'].map(own),
      [true, true, false, false, false, false],
    );
  });
});

describe('the name of a recording', () => {
  const at = Date.UTC(2016, 9, 25, 11, 2, 5, 70);
  const naming = { ccId: 1, vdnId: 6, agent: 20_011, isOutbound: false, at, timeZone: 'Asia/Shanghai' };

  test('is that of the reference\'s example', () => {
    assert.deepEqual(nameRecording(naming), { path: 'Y:/6/0/20161025/20011/1902050.V3', id: 'Yc1v6a20011d20161025t1902050' });
    assert.equal(nameRecording({ ...naming, isOutbound: true }).path, 'Y:/6/1/20161025/20011/1902050.V3');
  });

  test('follows the clock of the VDN', () => {
    const midnight = Date.UTC(2026, 0, 5, 18, 45, 0, 999);
    for (const [timeZone, expected] of [['Asia/Kolkata', '20260106/20011/0015009'], ['UTC', '20260105/20011/1845009'], ['America/New_York', '20260105/20011/1345009']] as const) {
      assert.equal(nameRecording({ ...naming, at: midnight, timeZone }).path, `Y:/6/0/${expected}.V3`);
    }
  });

  test('leads back to the VDN and the agent, at any time', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 101, max: 59_999 }), (when, vdnId, agent) => {
      const { path, id } = nameRecording({ ...naming, at: when, vdnId, agent, timeZone: 'Europe/Berlin' });
      const place = readPath(path);
      assert.deepEqual([place?.vdnId, place?.agent, place?.file.endsWith('.wav')], [vdnId, agent, true]);
      assert.deepEqual(readRecordingId(id), { vdnId, agent });
    }));
    assert.equal(readRecordingId('Y:/6/0/20161025/20011/1902050.V3'), undefined);
  });
});
