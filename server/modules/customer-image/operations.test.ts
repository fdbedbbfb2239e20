import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { mediaImageCapture } from '@parley/contract/gateway/media-call.ts';
import { recordFileDownload } from '@parley/contract/gateway/recording.ts';
import type { Input } from '@parley/contract/operation.ts';
import { bringImage, MAX_IMAGE_BYTES } from '@parley/contract/widget/image.ts';
import { IMAGE_MS } from '@parley/core/image/image.ts';
import { LOOKS, type Page } from '../../../sim/images.ts';
import type { Customer } from '../../../sim/parties.ts';
import { createMemoryFiles } from '../../adapters/files/memory.ts';
import type { Files } from '../../engine/files.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

const SHOP = 'https://shop.example.com';
const PATH = /^F:\/\d+\/1\/\d{8}\/\d+\/\d{7,}\.jpg$/;
const image = Buffer.from(LOOKS).toString('base64');
const MINUTE_MS = 60_000;

let floor: LiveFloor;
/** Where pictures are kept, and whether the disk is full. */
let files: Files;
let isFull = false;
/** What the telephone was to have the page told last. */
let token = '';
let noise = 0;

before(async () => {
  files = createMemoryFiles();
  floor = await openLiveFloor({
    world: { files: { ...files, put: (key, bytes) => (isFull ? Promise.reject(new Error('the disk is full')) : files.put(key, bytes)) } },
    // As telephony does: the page is told how to bring its picture.
    between: (voice) => ({
      ...voice,
      perform: async (order) => {
        const performed = await voice.perform(order);
        if (order.kind === 'askImage' && performed.ok) token = floor.server.parley.gateway.imageRequests.open(order.leg, order.image)?.token ?? '';
        return performed;
      },
    }),
  });
  await floor.tenant.administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3, 16] });
  await floor.tenant.administrator.call(createWidgetKey, { name: 'Shop', origins: [SHOP], accessCodes: [floor.number] });
});
afterEach(async () => {
  isFull = false;
  floor.server.advance(2 * MINUTE_MS);
  await floor.clear();
});
after(() => floor.server.close());

interface Facing {
  readonly desk: Desk;
  readonly agentid: number;
  readonly call: string;
  readonly party: Customer;
}

/** An agent who talks with a customer in a page, or on a telephone. */
async function facing(page?: Page, from = `1380000${String(noise += 1).padStart(4, '0')}`): Promise<Facing> {
  const desk = await floor.agent();
  const { call, party } = await floor.customer(from, page === undefined ? {} : { page });
  await desk.until('AgentEvent_Talking');
  return { desk, agentid: desk.workNo, call, party };
}

type Brought = { readonly [Field in keyof Input<typeof bringImage>]?: Input<typeof bringImage>[Field] | undefined };

const capture = ({ desk, call }: Facing, input: object = {}) => desk.client.call(mediaImageCapture, { agentid: desk.workNo, callid: call, userType: 'user', ...input });
const outcome = ({ desk }: Facing) => desk.until('AgentEvent_ImageCapture');
const download = ({ desk }: Facing, recordId: string) => desk.client.call(recordFileDownload, { agentid: desk.workNo, recordId });
const bring = (input: Brought = {}, headers: Record<string, string> = { origin: SHOP }) => floor.server.anyone.call(bringImage, { token, image, ...input } as Input<typeof bringImage>, headers);

/** An agent who has asked a customer whose page is slow, and the token that the page was told. */
async function asked(): Promise<Facing> {
  token = '';
  const both = await facing('saysNothing');
  assert.equal(codeOf(await capture(both)), '0');
  await floor.server.parley.gateway.engine.idle();
  assert.notEqual(token, '');
  return both;
}

describeOperation(mediaImageCapture, {
  example: async () => {
    const both = await facing('sends');
    const reply = await capture(both);
    assert.deepEqual(reply.body, { message: 'success', retcode: '0' });
    const { filename, ...told } = await outcome(both);
    assert.deepEqual(told, { callid: both.call, result: 0, locationId: 65_535 });
    assert.match(filename, PATH);
    assert.deepEqual(filename.split('/').slice(1, 5).filter((_, index) => index !== 2), [String(floor.tenant.vdnId), '1', String(both.agentid)]);
  },
  badInput: async () => {
    const both = await facing('sends');
    const code = async (input: object) => codeOf(await capture(both, input));
    for (const input of [{ callid: undefined }, { callid: '' }, { userType: undefined }, { userType: ' ' }]) assert.equal(await code(input), '106-011');
    for (const userType of ['agent', 'User', '1']) assert.equal(await code({ userType }), '106-015');
    for (const callid of ['1552524689-16797284', 'x', '\u{1F600}']) assert.equal(await code({ callid }), '100-007', callid);
    assert.equal(await both.desk.code(holdCall), '0');
    assert.equal(await code({}), '100-007', 'the customer is held');
    const other = await facing();
    assert.equal(codeOf(await capture(other)), '100-007', 'a telephone has no camera');
    assert.equal(codeOf(await capture({ ...other, call: both.call })), '100-007', 'it is the call of another agent');
    assert.equal((await floor.told(other.desk)).some(([type]) => type === 'AgentEvent_ImageCapture'), false);
  },
  effect: async () => {
    const both = await facing('sends');
    await capture(both);
    const { filename } = await outcome(both);
    const { ok, bytes, headers } = await download(both, filename);
    assert.ok(ok);
    assert.deepEqual([Buffer.from(bytes).equals(LOOKS), headers.get('content-type')], [true, 'application/octet-stream;charset=utf-8']);
    assert.ok((await download(both, filename.replaceAll('/', '\\'))).ok);
  },
});

describeOperation(bringImage, {
  example: async () => {
    const both = await asked();
    const { status, body, headers } = await bring();
    assert.deepEqual([status, body, headers.get('access-control-allow-origin')], [200, {}, SHOP]);
    assert.equal((await outcome(both)).result, 0);
  },
  badInput: async () => {
    const both = await asked();
    const refused = async (input: Brought): Promise<readonly unknown[]> => {
      const { status, body } = await bring(input);
      return [status, (body as unknown as { error: { field: string } }).error.field];
    };
    for (const wrong of [undefined, '', '!', 'AAAA', image.slice(0, -4), Buffer.alloc(MAX_IMAGE_BYTES + 1).toString('base64')]) {
      assert.deepEqual(await refused({ image: wrong }), [400, 'image'], String(wrong).slice(0, 20));
    }
    for (const wrong of ['x', token.slice(1), 'z'.repeat(64)]) assert.deepEqual(await refused({ token: wrong }), [403, 'token']);
    assert.deepEqual(await refused({ token: '' }), [400, 'token']);
    assert.equal((await bring({ image: Buffer.alloc(2 * MAX_IMAGE_BYTES).toString('base64') })).status, 413);
    assert.equal((await bring({}, { origin: 'https://evil.example' })).headers.get('access-control-allow-origin'), null, 'another page may not read what it is answered');
    assert.equal((await outcome(both)).result, 0, 'but who has the token may bring the picture');
    assert.deepEqual(await refused({}), [403, 'token'], 'once');
  },
  effect: async () => {
    const both = await asked();
    assert.equal((await bring({ refused: true, image: undefined })).status, 200);
    assert.deepEqual(await outcome(both), { callid: both.call, result: 2, filename: '', locationId: 65_535 });
    assert.equal((await bring()).status, 403, 'who has refused has done so');
    assert.equal(codeOf(await capture(both)), '0', 'one may ask again');
    await floor.server.parley.gateway.engine.idle();
    await bring();
    const { filename } = await outcome(both);
    assert.ok((await download(both, filename)).ok);
  },
});

describe('a picture of a customer', () => {
  test('is refused by the page that says so within the call', async () => {
    const both = await facing('refuses');
    await capture(both);
    assert.equal((await outcome(both)).result, 2);
  });

  test('that nobody brings in time is none', async () => {
    const both = await asked();
    assert.equal(codeOf(await capture(both)), '100-007', 'the customer is being asked');
    await floor.later(IMAGE_MS);
    assert.equal((await outcome(both)).result, 1);
    assert.equal((await bring()).status, 403);
  });

  test('that comes when the customer has gone is none, and is not kept', async () => {
    const both = await asked();
    both.party.hangUp();
    assert.equal((await outcome(both)).result, 1);
    assert.equal((await bring()).status, 403);
  });

  test('that is brought twice at once is taken once', async () => {
    const both = await asked();
    const replies = await Promise.all([bring(), bring(), bring({ refused: true })]);
    assert.deepEqual(replies.map(({ status }) => status).toSorted((a, b) => a - b), [200, 403, 403]);
    await outcome(both);
    assert.equal((await floor.told(both.desk)).some(([type]) => type === 'AgentEvent_ImageCapture'), false);
  });

  test('that cannot be kept is none', async () => {
    const both = await asked();
    isFull = true;
    assert.equal((await bring()).status, 403);
    assert.equal((await outcome(both)).result, 1);
  });

  test('belongs to its tenant, and to those who may hear recordings', async () => {
    const both = await facing('sends');
    await capture(both);
    const { filename } = await outcome(both);
    const { administrator, vdnId } = floor.tenant;
    await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3] });
    assert.equal(codeOf(await download(both, filename)), '104-002');
    await administrator.call(changeAgentRole, { roleId: 2, bits: [1, 2, 3, 16] });
    assert.equal(codeOf(await download(both, filename.replace(`F:/${vdnId}/`, `F:/${vdnId + 1}/`))), '100-018');
    assert.equal(codeOf(await download(both, filename.replace('.jpg', '9.jpg'))), '104-005');
    assert.equal(codeOf(await download(both, 'F:/../1.jpg')), '104-003');
  });

  test('is destroyed with all that is known of the customer (5.1.13)', async () => {
    const both = await facing('sends', '13912345678');
    await capture(both);
    const { filename } = await outcome(both);
    const key = `customer-images/${filename.slice(3).toLowerCase()}`;
    assert.ok(await files.get(key) !== undefined);
    both.party.hangUp();
    const { client } = floor.tenant;
    const reply = await client.call(cleanCustPersonalData, { customNos: ['13912345678'] });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    await floor.server.jobsDone();
    assert.equal(codeOf(await download(both, filename)), '104-005');
    assert.equal(await files.get(key), undefined);
  });

  test('is not asked for more often than is good', async () => {
    for (let count = 0; count < 60; count += 1) await bring({ token: 'x' });
    const { status, headers } = await bring({ token: 'x' });
    assert.deepEqual([status, headers.get('retry-after')], [429, '60']);
  });
});
