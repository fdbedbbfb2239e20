import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { createSampleRequest } from '@parley/contract/admin/sample-request.ts';
import { flawOf, limitsOf } from '../show/contract-limits.ts';
import { draftOf, inputOf, isJson, SAMPLES, type SampleScheme } from './samples.ts';
import { laidOut, LANGUAGES, snippetOf, type ReadyRequest } from './snippets.ts';

const known = { vdnId: 7, skillIds: [3] };
const NOW = 1_790_000_000_000;
const SCHEMES: readonly SampleScheme[] = ['C1', 'C2'];

describe('the requests that are offered', () => {
  test('are such as the server makes: their paths and methods are taken', () => {
    for (const scheme of SCHEMES) {
      for (const id of SAMPLES[scheme]) {
        const draft = draftOf(id, known, NOW);
        assert.equal(flawOf(limitsOf(createSampleRequest, 'path'), draft.path), undefined, id);
        assert.ok(draft.body === '' || isJson(draft.body), id);
      }
    }
  });

  test('are about the tenant of whoever asks', () => {
    assert.deepEqual(JSON.parse(draftOf('cmsSkillStateInfo', known, NOW).body), { ccId: 1, vdn: 7, skillIds: [3] });
    assert.deepEqual(JSON.parse(draftOf('cmsQueryCallsV1', known, NOW).body), { ccId: 1, vdn: 7, beginDate: '1789996400000', endDate: '1790000000000', limit: 10, offset: 0 });
  });

  test('carry no body where there is none to sign', () => {
    const draft = { method: 'GET', path: ' /rest/a/b ', query: ' a=1 ', body: '{}' } as const;
    assert.deepEqual(inputOf('C2', 'k', draft), { scheme: 'C2', keyId: 'k', method: 'GET', path: '/rest/a/b', query: 'a=1' });
    assert.deepEqual(inputOf('C2', 'k', { ...draft, method: 'POST', query: '' }), { scheme: 'C2', keyId: 'k', method: 'POST', path: '/rest/a/b', body: '{}' });
  });
});

/** All that could break out of quotes. */
const BODY = '{"say":"it\'s $HOME `x` \\" \\\\ 你好 \\u2028"}\n';
const request: ReadyRequest = { origin: 'http://127.0.0.1:9', method: 'POST', url: '/rest/a/b?c=%27', authorization: 'auth-v2/k/t/host/0f', body: BODY };

describe('a request as programs make it', () => {
  test('curl is handed every character by the shell', () => {
    const printed = snippetOf('curl', request).replace(/^curl /, 'printf "%s\\0" ');
    const given = execFileSync('sh', ['-c', printed]).toString('utf8').split('\0');
    assert.deepEqual(given.slice(0, -1), [
      '-X', 'POST', 'http://127.0.0.1:9/rest/a/b?c=%27', '-H', 'Authorization: auth-v2/k/t/host/0f', '-H', 'Content-Type: application/json; charset=UTF-8', '--data-binary', BODY,
    ]);
  });

  test('JavaScript sends every character', async () => {
    const sent: unknown[] = [];
    const send = (...given: unknown[]): Promise<Response> => {
      sent.push(...given);
      return Promise.resolve(new Response('{}'));
    };
    await (runInNewContext(`(async () => { ${snippetOf('javascript', request)} })()`, { fetch: send, console: { log: () => undefined } }) as Promise<void>);
    // Objects of another realm have prototypes of their own, so their JSON is compared.
    assert.deepEqual(JSON.parse(JSON.stringify(sent)), [
      'http://127.0.0.1:9/rest/a/b?c=%27',
      { method: 'POST', headers: { Authorization: 'auth-v2/k/t/host/0f', 'Content-Type': 'application/json; charset=UTF-8' }, body: BODY },
    ]);
  });

  test('Python sends every character', { skip: spawnSync('python3', ['--version']).status === 0 ? false : 'there is no Python here' }, () => {
    const program = snippetOf('python', request).replace('from urllib.request import Request, urlopen', `
from urllib.request import Request
import json, sys
def urlopen(r):
    sys.stdout.write(json.dumps([r.full_url, r.get_method(), r.headers, r.data.decode("utf-8")]))
    sys.exit(0)`);
    const printed = execFileSync('python3', ['-c', program]).toString('utf8');
    assert.deepEqual(JSON.parse(printed), [
      'http://127.0.0.1:9/rest/a/b?c=%27', 'POST', { Authorization: 'auth-v2/k/t/host/0f', 'Content-type': 'application/json; charset=UTF-8' }, BODY,
    ]);
  });

  test('has neither body nor type of one where there is none', () => {
    for (const language of LANGUAGES) assert.ok(!/content-type|data|body/i.test(snippetOf(language, { ...request, method: 'GET', body: undefined })), language);
  });
});

test('a reply is laid out where it is JSON, and as it came elsewhere', () => {
  assert.equal(laidOut('{"a":1}'), '{\n  "a": 1\n}');
  assert.equal(laidOut('no JSON'), 'no JSON');
});
