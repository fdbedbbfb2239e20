import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { StartError } from '../start-error.ts';
import { readCertificate } from './certificate.ts';
import { openDataFolder, readSecretKey } from './data-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'parley-folder-'));
after(() => { rmSync(base, { recursive: true }); });
let made = 0;
const fresh = (): string => openDataFolder(join(base, String(made += 1), 'deep'));

describe('the data folder', () => {
  test('is made with its parents, and lists itself to nobody else', () => {
    const folder = fresh();
    assert.equal(statSync(folder).mode & 0o777, 0o711);
    assert.deepEqual(existsSync(join(folder, '.probe')), false);
  });

  test('that cannot be used is refused in words', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    assert.throws(() => openDataFolder(join(file, 'inside')), (error) => error instanceof StartError && error.remedy.includes('PARLEY_DATA_DIR'));
  });
});

describe('the secret key', () => {
  test('is made once, readable by its owner alone', () => {
    const folder = fresh();
    const key = readSecretKey('', folder);
    assert.equal(key.length, 32);
    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600);
    assert.deepEqual(readSecretKey('', folder), key);
  });

  test('may be given, and must then be whole', () => {
    const given = Buffer.alloc(32, 7).toString('base64');
    assert.deepEqual(readSecretKey(given, fresh()), Buffer.alloc(32, 7));
    assert.throws(() => readSecretKey('c2hvcnQ=', fresh()), StartError);
  });

  test('that is damaged is refused rather than replaced', () => {
    const folder = fresh();
    writeFileSync(join(folder, 'secret.key'), 'damaged\n');
    assert.throws(() => readSecretKey('', folder), /damaged/);
    assert.equal(readFileSync(join(folder, 'secret.key'), 'utf8'), 'damaged\n');
  });
});

const YEAR_MS = 365 * 86_400_000;
const none = { cert: '', key: '' };

describe('the certificate', () => {
  test('is made for the names given, kept, and renewed before its end', async () => {
    const folder = fresh();
    const now = Date.now();
    const first = await readCertificate(none, folder, ['localhost', '127.0.0.1'], now);
    const certificate = new X509Certificate(first.cert);
    assert.equal(certificate.checkHost('localhost'), 'localhost');
    assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(statSync(join(folder, 'https.key')).mode & 0o777, 0o600);
    assert.equal((await readCertificate(none, folder, ['localhost'], now + YEAR_MS)).cert, first.cert);
    assert.notEqual((await readCertificate(none, folder, ['localhost'], now + 2.2 * YEAR_MS)).cert, first.cert);
  });

  test('that was given but cannot be read is refused', async () => {
    await assert.rejects(readCertificate({ cert: '/nowhere/c.pem', key: '/nowhere/k.pem' }, fresh(), [], 0), StartError);
  });
});
