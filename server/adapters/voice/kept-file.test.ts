import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { virtualTimers } from '../../../telephony/testing/virtual-timers.ts';
import { until } from '../../testing/until.ts';
import { openKeptFile, type KeptFile } from './kept-file.ts';

describe('what is kept for the next process', () => {
  const timers = virtualTimers();
  const faults: string[] = [];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-kept-'));
    faults.length = 0;
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  const path = (): string => join(folder, 'voice', 'kept.jsonl');
  const open = (version = 1): Promise<KeptFile> => openKeptFile({ path: path(), version, timers, onFault: (message) => { faults.push(message); } });
  const found = async (version?: number): Promise<Readonly<Record<string, unknown>>> => Object.fromEntries((await open(version)).found);
  const text = (): string => readFileSync(path(), 'utf8');
  /** The virtual time, and the real one that the disk takes. */
  const written = async (file: KeptFile): Promise<void> => {
    await timers.advance(50);
    await file.close();
  };

  it('is what stood last, each under its name, and nothing that was removed', async () => {
    const file = await open();
    assert.equal(file.found.size, 0);
    file.put('leg 1', () => ({ called: 'Zoë\n' }));
    file.put('leg 2', () => 2);
    file.put('leg 3', () => 3);
    file.put('leg 2', () => 'two');
    file.remove('leg 3');
    file.put('leg 4', () => undefined);
    await written(file);
    assert.deepEqual(await found(), { 'leg 1': { called: 'Zoë\n' }, 'leg 2': 'two' });
    assert.equal(text().split('\n').length, 3);
  });

  it('is written together, when its time has come', async () => {
    const file = await open();
    let asked = 0;
    for (let count = 0; count < 5; count += 1) file.put('leg 1', () => (asked += 1));
    await timers.advance(49);
    assert.equal(asked, 0);
    await written(file);
    assert.equal(asked, 1);
  });

  it('goes on behind what it found', async () => {
    const first = await open();
    first.put('leg 1', () => 1);
    first.put('leg 2', () => 2);
    await written(first);
    const second = await open();
    second.remove('leg 1');
    second.put('leg 3', () => 3);
    await written(second);
    assert.deepEqual(await found(), { 'leg 2': 2, 'leg 3': 3 });
  });

  it('is read as far as it was written, and not at all where another version has written it', async () => {
    const file = await open();
    file.put('leg 1', () => 1);
    await written(file);
    appendFileSync(path(), '[1,"leg 2",{"call');
    assert.deepEqual(await found(), { 'leg 1': 1 });
    assert.deepEqual(await found(2), {});
    const next = await open();
    next.put('leg 3', () => 3);
    await written(next);
    assert.deepEqual(await found(), { 'leg 1': 1, 'leg 3': 3 });
  });

  it('does not grow with what is over', async () => {
    const file = await open();
    for (let leg = 0; leg < 700; leg += 1) {
      file.put(`leg ${leg}`, () => 'x'.repeat(100));
      await timers.advance(50);
      file.remove(`leg ${leg}`);
      await timers.advance(50);
      await new Promise(setImmediate);
    }
    await file.close();
    assert.ok(text().split('\n').length <= 1_100, String(text().split('\n').length));
  });

  it('forgets for good what is over, after some minutes', async () => {
    const file = await open();
    file.put('leg 1', () => 'of Zoë');
    file.put('leg 2', () => 2);
    await timers.advance(50);
    file.remove('leg 1');
    await timers.advance(50);
    await until(() => existsSync(path()) && text().endsWith('[1,"leg 1"]\n'), 'it is written down');
    await timers.advance(600_000);
    await until(() => text() === '[1,"leg 2",2]\n', 'nothing else is there');
    await file.close();
    assert.equal(timers.pending(), 0);
  });

  it('is for nobody else', async () => {
    const file = await open();
    file.put('leg 1', () => 1);
    await written(file);
    assert.equal(statSync(path()).mode & 0o077, 0);
  });

  it('is not there where the disk does not take it, which is told once', async () => {
    const file = await open();
    rmSync(join(folder, 'voice'), { recursive: true });
    writeFileSync(join(folder, 'voice'), 'no folder');
    file.put('leg 1', () => 1);
    await timers.advance(50);
    file.put('leg 2', () => 2);
    await written(file);
    assert.equal(faults.length, 1);
  });
});
