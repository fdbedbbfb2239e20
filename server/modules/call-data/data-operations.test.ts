import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { queryCallAppData, setCallAppData, setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { queryCallInfo, queryCallInfoByCallId } from '@parley/contract/gateway/call-info.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { gateway } from '@parley/contract/gateway/family.ts';
import type { Input } from '@parley/contract/operation.ts';
import type { Command } from '@parley/core/centre/command.ts';
import { createListener } from '../../http/listener.ts';
import { logRequests } from '../../http/request-log.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf, newFloor, openFloor, resultOf, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

const BYTES = 16 * 1024;

/** Five queries in two seconds are the most that one agent may ask (6.5.6), so the clock goes on before each. */
const pass = (): void => { floor.server.advance(500); };

const set = (desk: Desk, input: Omit<Input<typeof setCallAppDataEx>, 'agentid'>) => {
  pass();
  return desk.client.call(setCallAppDataEx, { agentid: desk.workNo, ...input });
};

const read = async (desk: Desk, input: Omit<Input<typeof queryCallAppData>, 'agentid'> = {}): Promise<string> => {
  pass();
  return resultOf(await desk.client.call(queryCallAppData, { agentid: desk.workNo, ...input }));
};

const send = async (command: Command): Promise<void> => {
  const { refused } = await floor.server.parley.gateway.engine.send(floor.tenant.vdnId, command);
  assert.equal(refused, undefined, JSON.stringify(refused));
};

describeOperation(queryCallAppData, {
  example: async () => {
    const { desk } = await floor.talking();
    assert.ok((await set(desk, { calldata: '1234' })).ok);
    assert.deepEqual((await desk.client.call(queryCallAppData, { agentid: desk.workNo, isEncodeResult: 'false' })).body, { message: '', retcode: '0', result: '1234' });
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent({ status: 3 });
    const { desk, call } = await floor.talking();
    assert.equal(codeOf(await ann.client.call(queryCallAppData, { agentid: ann.workNo })), '100-007');
    assert.equal(codeOf(await desk.client.call(queryCallAppData, { agentid: desk.workNo, callid: '1456229294-1191' })), '100-007');
    // A colleague's call is not one's own.
    assert.equal(codeOf(await ann.client.call(queryCallAppData, { agentid: ann.workNo, callid: call })), '100-007');
    await floor.leave(ann, desk);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const data = 'Grüße ☎ "quoted"\n{}';
    assert.ok((await set(desk, { calldata: data })).ok);
    assert.equal(await read(desk), data);
    assert.equal(await read(desk, { isEncodeResult: 'true', callid: call }), Buffer.from(data).toString('base64'));
    // 6.1.3.2: values other than true are taken for false; a desktop without absent texts sends an empty id.
    assert.equal(await read(desk, { isEncodeResult: 'TRUE', callid: '' }), data);
    assert.equal(await read(desk, { callid: call.replace('-', '000-') }), data);
    await floor.leave(desk);
  },
});

describeOperation(setCallAppDataEx, {
  example: async () => {
    const { desk, call } = await floor.talking();
    assert.deepEqual((await set(desk, { callid: call, calldata: '1233', isDataEncoded: true })).body, { result: {}, message: 'success', retcode: '0' });
    assert.equal(await read(desk), '1233');
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent({ status: 3 });
    assert.equal(codeOf(await set(ann, { calldata: 'x' })), '400-001');
    const { desk, call } = await floor.talking();
    const long = 'x'.repeat(BYTES + 1);
    const tooLong = await set(desk, { callid: call, calldata: long });
    assert.equal(codeOf(tooLong), '000-002');
    assert.match(String(tooLong.body['message']), /calldata has 16385 bytes/, 'of the data, the length alone is told');
    const refusals: readonly [Omit<Input<typeof setCallAppDataEx>, 'agentid'>, string][] = [
      [{ calldata: 'ä'.repeat(BYTES / 2 + 1) }, '000-002'],
      [{ calldata: Buffer.from(long).toString('base64'), isDataEncoded: true }, '000-002'],
      [{ calldata: 'not base64!', isDataEncoded: true }, '000-002'],
      [{ calldata: 'AAAA', isDataEncoded: true }, '000-002'],
      [{ callid: '1456229294-1191', calldata: 'x' }, '400-001'],
    ];
    for (const [input, code] of refusals) assert.equal(codeOf(await set(desk, input)), code);
    assert.equal(await read(desk), '', 'nothing was set');
    await floor.leave(ann, desk);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const data = 'ä'.repeat(BYTES / 2);
    assert.ok((await set(desk, { callid: call, calldata: Buffer.from(data).toString('base64').replace(/.{76}/g, '$&\r\n'), isDataEncoded: true })).ok);
    assert.equal(resultOf(await desk.client.call(queryCallInfo, { agentid: desk.workNo }))?.calldata, data);
    assert.ok((await set(desk, { callid: call })).ok);
    assert.equal(await read(desk), '');
    await floor.leave(desk);
  },
});

describe('call data', () => {
  test('survive hold, and reach the agent to whom the call is transferred', async () => {
    const { desk: ann, call } = await floor.talking();
    const bob = await floor.agent();
    assert.ok((await set(ann, { calldata: 'vip' })).ok);
    await ann.client.call(holdCall, { agentid: ann.workNo });
    assert.equal(await read(ann), 'vip');
    assert.ok((await set(ann, { calldata: 'vip, waits' })).ok, 'the held call is the only one');
    await ann.client.call(getHold, { agentid: ann.workNo });
    await send({ kind: 'transfer', agent: ann.workNo, to: { device: 'agent', agent: bob.workNo }, mode: 'blind' });
    assert.equal((await bob.until('AgentEvent_Talking')).callid, call);
    pass();
    const info = resultOf(await bob.client.call(queryCallInfoByCallId, { agentid: bob.workNo, callid: call }));
    assert.deepEqual([info.callid, info.calldata], [call, 'vip, waits']);
    // What the next agent notes is not for the one before.
    assert.ok((await set(bob, { calldata: 'a complaint about ann' })).ok);
    pass();
    const last = resultOf(await ann.client.call(queryCallInfo, { agentid: ann.workNo, isNoContainLastCall: true }));
    assert.deepEqual([last?.callid, last?.calldata], [call, '']);
    assert.equal(codeOf(await set(ann, { callid: call, calldata: 'x' })), '400-001');
    await floor.leave(ann, bob);
  });

  test('go with the call back to the queue, to the next agent', async () => {
    const ann = await floor.agent({ autoanswer: false });
    const call = await floor.callIn();
    await ann.until('AgentEvent_Ringing');
    assert.ok((await set(ann, { callid: call, calldata: 'wants Bob' })).ok);
    await send({ kind: 'reject', agent: ann.workNo, mode: 1 });
    const bob = await floor.agent();
    assert.equal((await bob.until('AgentEvent_Talking')).callid, call);
    assert.equal(await read(bob), 'wants Bob');
    await floor.leave(ann, bob);
  });

  test('are of the tenant alone', async () => {
    const { desk, call } = await floor.talking();
    const other = await newFloor(floor.server, await floor.server.tenant());
    const { desk: stranger } = await other.talking();
    assert.equal(codeOf(await stranger.client.call(queryCallAppData, { agentid: stranger.workNo, callid: `${call}9` })), '100-007');
    await set(stranger, { calldata: 'theirs' });
    assert.equal(await read(desk), '');
    await floor.leave(desk);
  });

  test('leave no trace in the log, whether they are set or refused', async () => {
    const { desk } = await floor.talking();
    const secret = 'card 4111 1111 1111 1111';
    const lines: string[] = [];
    const { parley, world: { clock } } = floor.server;
    const app = createListener({
      handlers: parley.handlers, families: parley.families, defaultFamily: gateway, authenticators: parley.authenticators, clock,
      logger: pino({ level: 'trace' }, { write: (line: string) => { lines.push(line); } }), trustedProxies: [], newRequestId: () => 'request', prepare: logRequests,
    });
    const at = `/agentgateway/resource/calldata/${desk.workNo}`;
    const tell = async (method: 'PUT' | 'GET', url: string, body?: object): Promise<unknown> => {
      pass();
      const reply = await app.inject({ method, url, headers: { guid: desk.guid() }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
      return reply.json<{ retcode: string }>().retcode;
    };
    const query = new URLSearchParams({ calldata: secret }).toString();
    assert.deepEqual([
      await tell('PUT', `${at}/setcalldataex`, { calldata: secret }), await tell('GET', `${at}/appdata`), await tell('PUT', `${at}?${query}`),
      await tell('PUT', `${at}/setcalldataex`, { calldata: secret.repeat(1000) }), await tell('PUT', `${at}/setcalldataex`, { calldata: secret, isDataEncoded: true }),
      await tell('PUT', `${at}/nosuchthing?${query}`),
    ], ['0', '0', '0', '000-002', '000-002', '210-001']);
    assert.equal(lines.length, 6, 'each request has its line');
    assert.ok(!lines.join('').includes('4111'));
    await app.close();
    await floor.leave(desk);
  });

  test('are set by POST too, with names in whatever case and flags as text', async () => {
    const { desk } = await floor.talking();
    const reply = await fetch(`${floor.server.url}/agentgateway/resource/calldata/${desk.workNo}/setcalldataex`, {
      method: 'POST', headers: { guid: desk.guid(), 'content-type': 'application/json' }, body: '{"callData":"aGVsbG8=","isdataencoded":"true"}',
    });
    assert.deepEqual(await reply.json(), { result: {}, message: 'success', retcode: '0' });
    assert.equal(await read(desk), 'hello');
    await floor.leave(desk);
  });
});

describeOperation(setCallAppData, {
  example: async () => {
    const { desk, call } = await floor.talking();
    assert.ok((await desk.client.call(setCallAppData, { agentid: desk.workNo, calldata: '1233', callid: call })).ok);
    await floor.leave(desk);
  },
  badInput: async () => {
    const { desk } = await floor.talking();
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await desk.until('AgentState_Ready');
    assert.equal(codeOf(await desk.client.call(setCallAppData, { agentid: desk.workNo, calldata: 'x' })), '400-001');
    await floor.leave(desk);
  },
  effect: async () => {
    const { desk } = await floor.talking();
    assert.ok((await desk.client.call(setCallAppData, { agentid: desk.workNo, calldata: 'a=b&c=d é' })).ok);
    assert.equal(await read(desk), 'a=b&c=d é');
    await floor.leave(desk);
  },
});
