import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { StartError } from '../start-error.ts';
import { readSettings, withoutEffect } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-settings-'));
after(() => { rmSync(folder, { recursive: true }); });

const refusal = (environment: Record<string, string>, inFolder = folder): string => {
  try {
    readSettings(environment, inFolder);
  } catch (error) {
    assert.ok(error instanceof StartError);
    return error.message;
  }
  return assert.fail('the settings were taken');
};

describe('settings', () => {
  test('have defaults that work on a fresh machine', () => {
    const settings = readSettings({}, folder);
    assert.equal(settings.PARLEY_HTTP_PORT, 8080);
    assert.equal(settings.PARLEY_BIND, '127.0.0.1');
    assert.deepEqual(settings.PARLEY_RTP_PORTS, { from: 20_000, to: 29_999 });
    assert.deepEqual(settings.PARLEY_TRUSTED_PROXIES, []);
  });

  test('tell where files are: a folder or S3, and no secret of it where that is wrong', () => {
    const files = (PARLEY_FILES: string) => readSettings({ PARLEY_FILES }, folder).PARLEY_FILES;
    for (const good of ['', '/srv/files', 's3://key:secret@storage.example.com/parley/files?region=eu-west-1', 's3+http://key:secret@127.0.0.1:9000/parley']) assert.equal(files(good), good);
    for (const bad of ['s3://key:hidden@storage.example.com', 's3://storage.example.com/parley', 's3://key:hidden@storage.example.com/UPPER']) {
      const message = refusal({ PARLEY_FILES: bad });
      assert.match(message, /PARLEY_FILES is .* but must be a folder, or such as s3:/);
      assert.doesNotMatch(message, /hidden/);
    }
  });

  test('come from the environment first, then from the file', () => {
    writeFileSync(join(folder, 'parley.conf'), '# ports\nPARLEY_HTTP_PORT=9000\nPARLEY_CORS_ORIGINS="https://a.example, https://b.example"\n');
    try {
      assert.equal(readSettings({}, folder).PARLEY_HTTP_PORT, 9000);
      assert.equal(readSettings({ PARLEY_HTTP_PORT: '9001' }, folder).PARLEY_HTTP_PORT, 9001);
      assert.deepEqual(readSettings({}, folder).PARLEY_CORS_ORIGINS, ['https://a.example', 'https://b.example']);
    } finally {
      rmSync(join(folder, 'parley.conf'));
    }
  });

  test('that are unknown are refused, with what was probably meant', () => {
    assert.match(refusal({ PARLEY_HTP_PORT: '1' }), /PARLEY_HTP_PORT in the environment is no setting; did you mean PARLEY_HTTP_PORT\?/);
    assert.match(refusal({ PARLEY_SOMETHING_ELSE_ALTOGETHER: '1' }), /is no setting\./);
  });

  test('that are wrong are refused all at once, with what they take', () => {
    const message = refusal({ PARLEY_HTTP_PORT: '70000', PARLEY_DEMO: 'perhaps', PARLEY_DATABASE_URL: 'mysql://x', PARLEY_RTP_PORTS: '9-3' });
    for (const part of [/PARLEY_HTTP_PORT is "70000"/, /one of auto, yes, no/, /postgres:\/\//, /two ports such as/]) assert.match(message, part);
  });

  test('that list networks or origins name what is none', () => {
    for (const proxies of ['proxy', '10.1.0.0/33', '10.1.0.0/', '1.2.3.4, ::1/0']) assert.match(refusal({ PARLEY_TRUSTED_PROXIES: proxies }), /must be addresses or networks/);
    for (const origins of ['crm', 'https://crm.example.com/', '*']) assert.match(refusal({ PARLEY_CORS_ORIGINS: origins }), /must be origins/);
    const settings = readSettings({ PARLEY_TRUSTED_PROXIES: '10.1.0.0/16, ::1,192.0.2.1', PARLEY_CORS_ORIGINS: 'http://localhost:3000, capacitor://localhost' }, folder);
    assert.deepEqual(settings.PARLEY_TRUSTED_PROXIES, ['10.1.0.0/16', '::1', '192.0.2.1']);
    assert.deepEqual(settings.PARLEY_CORS_ORIGINS, ['http://localhost:3000', 'capacitor://localhost']);
  });

  test('that list servers for browsers name what is none, and what has no password', () => {
    assert.match(refusal({ PARLEY_ICE_SERVERS: 'stun.example.com' }), /must be servers such as stun:/);
    assert.match(refusal({ PARLEY_ICE_SERVERS: 'stun:s.example, turn:t.example' }), /turn:t\.example in PARLEY_ICE_SERVERS needs/);
    assert.deepEqual(readSettings({ PARLEY_ICE_SERVERS: 'turn:t.example', PARLEY_TURN_SECRET: 'x' }, folder).PARLEY_ICE_SERVERS, ['turn:t.example']);
  });

  test('of a certificate come in pairs', () => assert.match(refusal({ PARLEY_HTTPS_KEY: 'key.pem' }), /belong together/));

  test('a configuration file that was named must be there', () => assert.match(refusal({ PARLEY_CONFIG: join(folder, 'none.conf') }), /is not there/));

  test('that await a later part are told apart', () => assert.deepEqual(withoutEffect({ PARLEY_NATS_URL: '', PARLEY_HTTP_PORT: '1' }), ['PARLEY_NATS_URL']));

  test('how long silence is borne is a time that makes sense', () => {
    assert.equal(readSettings({}, folder).PARLEY_RTP_SILENCE, 60);
    assert.equal(readSettings({ PARLEY_RTP_SILENCE: '300' }, folder).PARLEY_RTP_SILENCE, 300);
    for (const wrong of ['0', '4', '3601', '1.5', '-1']) assert.match(refusal({ PARLEY_RTP_SILENCE: wrong }), /from 5 to 3600/, wrong);
  });

  test('other programs\' variables are none of ours', () => assert.ok(readSettings({ HOME: '/root', PATH: '/bin' }, folder)));
});
