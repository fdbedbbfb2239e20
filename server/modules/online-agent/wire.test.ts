import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

/** What desktops of the field send and compare, byte for byte (no client library of ours in between). */

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 30 } });
  tenant = await server.tenant();
});
after(() => server.close());

interface Sent {
  readonly status: number | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** Sends exactly these headers, and answers those of the reply as they were spelt. */
function send(method: string, path: string, headers: Readonly<Record<string, string | readonly string[]>> = {}, body?: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${server.url}${path}`, { method, headers: headers as Record<string, string | string[]> }, (reply: IncomingMessage) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      reply.on('error', reject);
      reply.on('end', () => {
        const { rawHeaders } = reply;
        const pairs = rawHeaders.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []));
        resolve({ status: reply.statusCode, headers: pairs, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const RESOURCE = '/agentgateway/resource';
const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' };
const codeOf = ({ text }: Sent): unknown => (JSON.parse(text) as { retcode: unknown }).retcode;
const valueOf = ({ headers }: Sent, name: string): string | undefined => headers.find(([spelt]) => spelt === name)?.[1];

async function signIn(ann: Desk, changes: object = {}, path = `${RESOURCE}/onlineagent/${ann.workNo}/forcelogin`): Promise<Sent> {
  return send('PUT', path, JSON_TYPE, JSON.stringify({ password: ann.password, phonenum: ann.phone, ...changes }));
}

async function signedIn(): Promise<{ readonly ann: Desk; readonly path: string; readonly guid: string }> {
  const ann = await openDesk(server, tenant);
  const guid = valueOf(await signIn(ann), 'Guid') ?? '';
  ann.wear(guid);
  return { ann, path: `${RESOURCE}/onlineagent/${ann.workNo}`, guid };
}

describe('the reply headers of a sign-in', () => {
  test('are spelt `Guid` and `Set-GUID`, as clients compare them', async () => {
    const ann = await openDesk(server, tenant);
    const reply = await signIn(ann);
    const guid = valueOf(reply, 'Guid') ?? '';
    assert.match(guid, /\.AgentGateway0$/);
    assert.equal(valueOf(reply, 'Set-GUID'), `JSESSIONID=${guid}`);
    assert.deepEqual(reply.headers.filter(([name]) => /guid/i.test(name)).map(([name]) => name).toSorted(), ['Guid', 'Set-GUID']);
    assert.match(valueOf(reply, 'content-type') ?? valueOf(reply, 'Content-Type') ?? '', /^application\/json; ?charset=utf-8$/i);
  });

  test('hold a GUID without what clients cut: neither `=` nor `:`', async () => {
    const { guid } = await signedIn();
    assert.doesNotMatch(guid, /[=:\s;,]/);
  });
});

describe('the GUID of a request', () => {
  for (const name of ['guid', 'Guid', 'GUID']) {
    test(`may be spelt ${name}`, async () => {
      const { path, guid } = await signedIn();
      assert.equal(codeOf(await send('POST', `${path}/saybusy`, { [name]: guid })), '0');
    });
  }

  test('counts, and cookies do not', async () => {
    const { ann, path, guid } = await signedIn();
    const other = await signedIn();
    const cookies = { Cookie: ['elbxyz;Path/;', `JSESSIONID=${other.guid}`] };
    assert.equal(codeOf(await send('POST', `${path}/saybusy`, { guid, ...cookies })), '0');
    assert.equal(codeOf(await send('POST', `${path}/sayfree`, cookies)), '000-003');
    assert.equal(codeOf(await send('POST', `${path}/sayfree`, { Cookie: `JSESSIONID=${ann.guid()}` })), '000-003');
  });

  test('of a former session may come along with a sign-in', async () => {
    const { ann, guid } = await signedIn();
    const again = await send('PUT', `${RESOURCE}/onlineagent/${ann.workNo}/forcelogin`, { ...JSON_TYPE, Guid: guid }, JSON.stringify({ password: ann.password, phonenum: ann.phone }));
    assert.equal(codeOf(again), '0');
  });
});

describe('an empty poll', () => {
  test('is answered byte for byte', async () => {
    const { ann, guid } = await signedIn();
    await ann.news();
    const reply = await send('GET', `${RESOURCE}/agentevent/${ann.workNo}`, { Guid: guid });
    assert.equal(reply.text, '{"message":"","retcode":"0"}');
    assert.equal(reply.status, 200);
    assert.deepEqual(reply.headers.filter(([name]) => /guid/i.test(name)), [], 'static GUIDs are not sent again');
  });

  test('is answered so whatever clients hang on to it', async () => {
    const { ann, guid } = await signedIn();
    await ann.news();
    const path = `${RESOURCE}/agentevent/${ann.workNo}`;
    const empty = '{"message":"","retcode":"0"}';
    assert.equal((await send('GET', `${path}?time=1767600000000&calldata=x`, { Guid: guid })).text, empty);
    assert.equal((await send('GET', `${path}/`, { Guid: guid, ...JSON_TYPE })).text, empty);
    assert.equal((await send('GET', path, { Guid: guid, ...JSON_TYPE, 'Content-Length': '2' }, '{}')).text, empty);
    assert.equal((await send('GET', path, { Guid: guid, Accept: 'application/json' })).text, empty);
  });
});

describe('bodies and addresses as clients of the field send them', () => {
  const bodies: readonly [name: string, headers: Record<string, string>, body: string | undefined][] = [
    ['no body at all', {}, undefined],
    ['an empty body with a JSON content type', { ...JSON_TYPE, 'Content-Length': '0' }, undefined],
    ['an empty object', { ...JSON_TYPE, 'Content-Length': '2' }, '{}'],
    ['a misspelt character set', { 'Content-Type': 'application/json; chartset=UTF-8', 'Content-Length': '2' }, '{}'],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '3' }, 'a=b'],
    ['null', { ...JSON_TYPE, 'Content-Length': '4' }, 'null'],
    ['something that is no JSON', { ...JSON_TYPE, 'Content-Length': '1' }, '{'],
  ];
  for (const [name, headers, body] of bodies) {
    test(`${name}, with POST, PUT, GET and DELETE`, async () => {
      const { path, guid } = await signedIn();
      const sent = { guid, ...headers };
      assert.equal(codeOf(await send('POST', `${path}/saybusy?reason=201`, sent, body)), '0');
      assert.equal(codeOf(await send('PUT', `${path}/heartbeat`, sent, body)), '0');
      assert.equal(codeOf(await send('GET', `${path}/agentstatus`, sent, body)), '0');
      assert.equal(codeOf(await send('DELETE', `${path}/logout`, sent, body)), '0');
    });
  }

  test('trailing and double slashes, other letter cases', async () => {
    const { ann, guid } = await signedIn();
    const headers = { guid };
    assert.equal(codeOf(await send('POST', `${RESOURCE}/onlineagent/${ann.workNo}/saybusy/`, headers)), '0');
    assert.equal(codeOf(await send('POST', `${RESOURCE}//onlineagent/${ann.workNo}/sayfree`, headers)), '0');
    assert.equal(codeOf(await send('POST', `//agentgateway//resource/onlineagent/${ann.workNo}//saybusy?REASON=202`, headers)), '0');
    assert.equal(codeOf(await send('POST', `/AgentGateway/Resource/OnlineAgent/${ann.workNo}/SayFree`, headers)), '0');
    assert.equal(codeOf(await send('PUT', `${RESOURCE}/onlineagent/${ann.workNo}/updateguid`, headers)), '0');
  });

  test('numbers and flags as text, names in another letter case', async () => {
    const ann = await openDesk(server, tenant);
    const reply = await signIn(ann, { agenttype: '4', status: '5', autoanswer: 'FALSE', autoEnterIdle: '0', releasephone: 'true', phoneLinkage: 'false', checkinwebm: 'false', checkInMailm: 'true' });
    assert.equal(codeOf(reply), '0');
    const { mediatype, vdnid } = (JSON.parse(reply.text) as { result: { mediatype: string; vdnid: unknown } }).result;
    assert.deepEqual([mediatype, vdnid], ['TFF', tenant.vdnId]);
    const profile = await server.parley.gateway.engine.view(tenant.vdnId, ({ agents }) => agents.get(ann.workNo)?.profile);
    assert.deepEqual([profile?.autoAnswer, profile?.autoEnterIdle, profile?.releasePhone, profile?.webm, profile?.mode], [false, false, true, false, 'poll']);
  });

  test('a password of digits as a number, and unknown fields', async () => {
    const ann = await openDesk(server, tenant);
    assert.equal(codeOf(await send('PUT', `${RESOURCE}/onlineagent/${ann.workNo}`, JSON_TYPE, `{"password":12345678,"phonenum":40038,"xyz":{"a":[1]}}`)), '100-004');
    assert.equal(codeOf(await signIn(ann, { phonenum: 40_038, locale: 'zh', more: null })), '0');
  });

  test('business refusals come with HTTP 200', async () => {
    const { ann, path, guid } = await signedIn();
    for (const sent of [
      await send('POST', `${path}/cancelbusy`, { guid }), await send('POST', `${path}/saybusy`, {}), await send('POST', `${path}/saybusy?reason=1`, { guid }),
      await send('GET', `${path}/nosuchthing`, { guid }), await send('POST', `${RESOURCE}/voicecall/${ann.workNo}/adjustvideomode`, { guid }), await send('PUT', `${RESOURCE}/onlineagent/${ann.workNo}`, JSON_TYPE, '{'),
      await send('POST', `${RESOURCE}/onlineagent/abc/saybusy`, { guid }), await send('PUT', `${RESOURCE}/onlineagent/loginbyaccount`, JSON_TYPE, '{"account":"ann"}'),
    ]) {
      assert.equal(sent.status, 200, sent.text);
      assert.notEqual(codeOf(sent), '0', sent.text);
      assert.equal(typeof codeOf(sent), 'string');
    }
  });
});

describe('query flow control (6.5.6)', () => {
  test('the sixth query of an agent in two seconds is refused; other agents, polls and states are not', async () => {
    const { ann, path, guid } = await signedIn();
    const bob = await signedIn();
    server.advance(2000);
    const codes: unknown[] = [];
    for (const what of ['agentstatus', 'agentskills', 'agentstatus', `agentskillsbyworkno/${ann.workNo}`, 'agentstatus', 'agentstatus']) codes.push(codeOf(await send('GET', `${path}/${what}`, { guid })));
    assert.deepEqual(codes, ['0', '0', '0', '0', '0', '999-002']);
    assert.equal(codeOf(await send('POST', `${path}/syncagentinfo`, { guid })), '999-002');
    assert.equal(codeOf(await send('GET', `${bob.path}/agentstatus`, { guid: bob.guid })), '0');
    assert.equal(codeOf(await send('POST', `${path}/saybusy`, { guid })), '0');
    for (let count = 0; count < 8; count += 1) assert.equal(codeOf(await send('GET', `${RESOURCE}/agentevent/${ann.workNo}`, { guid })), '0');
    assert.equal(codeOf(await send('GET', `${path}/agentstatus`, { guid: 'x' })), '000-003', 'who calls is asked first');
    server.advance(2000);
    assert.equal(codeOf(await send('GET', `${path}/agentstatus`, { guid })), '0');
  });
});
