import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { banner } from './banner.ts';

const options = { host: '127.0.0.1', port: 8080, securePort: 8443, selfSigned: true, folder: '/data', databaseFolder: undefined, demo: undefined, setupToken: undefined };

describe('the banner', () => {
  test('tells where Parley is', () => {
    const said = banner(options);
    assert.match(said, /^ {2}console {4}http:\/\/127\.0\.0\.1:8080\/console\/$/m);
    assert.match(said, /^ {2}API {8}http:\/\/127\.0\.0\.1:8080\/docs$/m);
    assert.match(said, /https:\/\/127\.0\.0\.1:8443 {2}\(self-signed certificate\)/);
    assert.doesNotMatch(said, /setup|demo|database/);
    assert.match(banner({ ...options, databaseFolder: '/var/lib/parley/x' }), /^ {2}database {3}\/var\/lib\/parley\/x/m);
  });

  test('gives the link to the demo first, and then the one that makes the first operator', () => {
    const said = banner({ ...options, setupToken: 'abc', demo: { file: '/data/demo.json', token: 'xyz' } });
    assert.deepEqual(said.match(/http:\S+/g)?.slice(0, 2), ['http://127.0.0.1:8080/console/#demo=xyz', 'http://127.0.0.1:8080/setup#abc']);
    assert.match(said, /\/data\/demo\.json/);
    assert.doesNotMatch(said, /Simulated/);
    assert.match(banner({ ...options, demo: { file: 'x', token: 'xyz', traffic: { agents: [1, 2] } } }), /calling 2 simulated agents/);
  });

  test('says who may open the API page once Parley is open to the network', () => {
    assert.match(banner({ ...options, host: '0.0.0.0' }), /http:\/\/localhost:8080\/docs {2}\(on this machine; elsewhere with PARLEY_OPERATIONS_TOKEN\)/);
    assert.match(banner({ ...options, host: '192.0.2.2' }), /http:\/\/192\.0\.2\.2:8080\/docs {2}\(with PARLEY_OPERATIONS_TOKEN\)/);
    assert.match(banner({ ...options, host: '::1' }), /http:\/\/\[::1\]:8080\/docs$/m);
  });
});
