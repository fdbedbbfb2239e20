import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlayable } from './playable.ts';

test('recordings are played, and what other programs brought', async () => {
  const play = createPlayable({
    recording: (file) => Promise.resolve(file === 'Y:/7/0/20261121/102/1.V3' ? '/recordings/1.wav' : undefined),
    broughtFile: (vdnId, path) => Promise.resolve(path === `Y:/3rdfile/${vdnId}/thirdvoicebotfile/a.wav` ? { key: `third-party/${vdnId}/a.wav` } : undefined),
    stored: (key) => Promise.resolve(`/copies/${key}`),
  });
  assert.equal(await play('Y:/7/0/20261121/102/1.V3'), '/recordings/1.wav');
  for (const path of ['Y:/3rdfile/7/thirdvoicebotfile/a.wav', 'Y:\\3rdfile\\7\\thirdvoicebotfile\\a.wav']) assert.equal(await play(path), '/copies/third-party/7/a.wav');
  for (const path of ['Y:/7/0/20261121/102/2.V3', 'Y:/3rdfile/7/thirdvoicebotfile/b.wav', '../etc/passwd', '']) assert.equal(await play(path), undefined, path);
});
