import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  addTrustedUrl, createSharedKey, deleteCallbackAddress, deleteSharedKey, deleteTrustedUrl, listCallbackAddresses, listSharedKeys, listTrustedUrls,
  putCallbackAddress, replaceSharedKeySecret,
} from '@parley/contract/admin/callback.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createTrustlist, findCallback } from './index.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  return tenant;
}

const CRM = 'https://crm.example.com/hooks';
const trust = async (url: string, note?: string) => (await tenant.administrator.call(addTrustedUrl, { url, ...(note === undefined ? {} : { note }) })).body;
const trusted = async () => (await tenant.administrator.call(listTrustedUrls, {})).body.trustedUrls;
const put = (address: Input<typeof putCallbackAddress>) => tenant.administrator.call(putCallbackAddress, address);
const addresses = async () => (await tenant.administrator.call(listCallbackAddresses, {})).body.callbackAddresses;
const makeKey = async (name: string, secret?: string) => (await tenant.administrator.call(createSharedKey, { name, ...(secret === undefined ? {} : { secret }) })).body;
const keys = async () => (await tenant.administrator.call(listSharedKeys, {})).body.sharedKeys;
const reason = (body: object): { code: string; message: string; field?: string } => (body as { error: { code: string; message: string; field?: string } }).error;
const trusts = (url: string) => createTrustlist().trusts(server.world.db, tenant.vdnId, url);
const callback = (purpose: string) => findCallback(server.world.db, server.world.vault, tenant.vdnId, purpose);
const auditOf = async () => JSON.stringify(await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).execute())
  + JSON.stringify(await server.world.db.selectFrom('journal').selectAll().where('vdn_id', '=', tenant.vdnId).execute());

/** Reading needs a session that may read; a supervisor has one, an agent has not. */
const agentIsRefused = async (op: typeof listTrustedUrls | typeof listCallbackAddresses | typeof listSharedKeys): Promise<void> => {
  const agent = await server.signedIn(tenant.vdnId, 'agent');
  assert.equal((await agent.call(op as typeof listTrustedUrls, {})).status, 403);
  const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
  assert.equal((await supervisor.call(op as typeof listTrustedUrls, {})).status, 200);
};

describeOperation(listTrustedUrls, {
  example: async () => {
    await freshTenant();
    await trust(CRM, 'CRM');
    const [entry, ...others] = await trusted();
    assert.equal(others.length, 0);
    assert.deepEqual({ url: entry?.url, note: entry?.note }, { url: CRM, note: 'CRM' });
  },
  badInput: async () => {
    await freshTenant();
    await agentIsRefused(listTrustedUrls);
  },
  effect: async () => {
    await freshTenant();
    const { id } = await trust(CRM);
    assert.equal((await trusted())[0]?.id, id);
  },
});

describeOperation(addTrustedUrl, {
  example: async () => {
    await freshTenant();
    const [example] = addTrustedUrl.examples ?? [];
    const { status, body } = await tenant.administrator.call(addTrustedUrl, example?.request as Input<typeof addTrustedUrl>);
    assert.equal(status, 200);
    assert.deepEqual({ url: body.url, note: body.note }, { url: CRM, note: 'CRM' });
  },
  badInput: async () => {
    await freshTenant();
    for (const url of ['crm.example.com', 'ftp://crm.example.com', 'https://user:secret@crm.example.com', 'https://*.example.com', 'https://crm.example.com/?a=b']) {
      const { status, body } = await tenant.administrator.call(addTrustedUrl, { url });
      assert.equal(status, 400, url);
      assert.equal(reason(body).field, 'url');
    }
    assert.deepEqual(await trusted(), []);
  },
  effect: async () => {
    await freshTenant();
    assert.equal(await trusts(`${CRM}/calls`), false);
    await trust('HTTPS://CRM.example.com:443/hooks/');
    assert.deepEqual((await trusted()).map(({ url }) => url), [CRM]);
    assert.equal(await trusts(`${CRM}/calls`), true);
    assert.equal(await trusts('https://crm.example.com/hooksy'), false);
  },
});

describeOperation(deleteTrustedUrl, {
  example: async () => {
    await freshTenant();
    const { id } = await trust(CRM);
    const { status, body } = await tenant.administrator.call(deleteTrustedUrl, { id });
    assert.deepEqual({ status, body }, { status: 200, body: {} });
  },
  badInput: async () => {
    await freshTenant();
    const { status, body } = await tenant.administrator.call(deleteTrustedUrl, { id: '1239554736420597767' });
    assert.equal(status, 404);
    assert.equal(reason(body).message, 'There is no trusted URL 1239554736420597767.');
  },
  effect: async () => {
    await freshTenant();
    const { id } = await trust(CRM);
    await tenant.administrator.call(deleteTrustedUrl, { id });
    assert.deepEqual(await trusted(), []);
    assert.equal(await trusts(CRM), false);
  },
});

describeOperation(listCallbackAddresses, {
  example: async () => {
    await freshTenant();
    await trust(CRM);
    await put({ purpose: 'two-way-calls', url: `${CRM}/calls` });
    assert.deepEqual(await addresses(), [{ purpose: 'two-way-calls', url: `${CRM}/calls`, sharedKey: null }]);
  },
  badInput: async () => {
    await freshTenant();
    await agentIsRefused(listCallbackAddresses);
  },
  effect: async () => {
    await freshTenant();
    await trust(CRM);
    for (const purpose of ['b', 'a']) await put({ purpose, url: CRM });
    assert.deepEqual((await addresses()).map(({ purpose }) => purpose), ['a', 'b']);
  },
});

describeOperation(putCallbackAddress, {
  example: async () => {
    await freshTenant();
    await trust(CRM);
    await makeKey('crm');
    const [example] = putCallbackAddress.examples ?? [];
    const { status, body } = await put(example?.request as Input<typeof putCallbackAddress>);
    assert.equal(status, 200);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await freshTenant();
    const untrusted = await put({ purpose: 'calls', url: CRM });
    assert.equal(untrusted.status, 409);
    assert.match(reason(untrusted.body).message, /No trusted URL covers this address/);
    await trust(CRM);
    assert.equal((await put({ purpose: 'calls', url: 'not a url' })).status, 400);
    assert.equal((await put({ purpose: 'No Purpose', url: CRM })).status, 400);
    assert.equal((await put({ purpose: 'calls', url: `${CRM}/../admin` })).status, 409);
    const unknownKey = await put({ purpose: 'calls', url: CRM, sharedKey: 'nobody' });
    assert.equal(unknownKey.status, 404);
    assert.equal(reason(unknownKey.body).message, 'There is no shared key nobody.');
    assert.deepEqual(await addresses(), []);
  },
  effect: async () => {
    await freshTenant();
    await trust(CRM);
    await makeKey('crm', 'a-secret-of-sixteen');
    await put({ purpose: 'calls', url: CRM, sharedKey: 'crm' });
    assert.deepEqual(await callback('calls'), { url: CRM, secret: 'a-secret-of-sixteen' });
    await put({ purpose: 'calls', url: `${CRM}/b` });
    assert.deepEqual(await addresses(), [{ purpose: 'calls', url: `${CRM}/b`, sharedKey: null }]);
    assert.deepEqual(await callback('calls'), { url: `${CRM}/b` });
  },
});

describeOperation(deleteCallbackAddress, {
  example: async () => {
    await freshTenant();
    await trust(CRM);
    await put({ purpose: 'two-way-calls', url: CRM });
    const { status, body } = await tenant.administrator.call(deleteCallbackAddress, { purpose: 'two-way-calls' });
    assert.deepEqual({ status, body }, { status: 200, body: {} });
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await tenant.administrator.call(deleteCallbackAddress, { purpose: 'calls' })).status, 404);
  },
  effect: async () => {
    await freshTenant();
    await trust(CRM);
    for (const purpose of ['calls', 'results']) await put({ purpose, url: CRM });
    await tenant.administrator.call(deleteCallbackAddress, { purpose: 'calls' });
    assert.deepEqual((await addresses()).map(({ purpose }) => purpose), ['results']);
    assert.equal(await callback('calls'), undefined);
  },
});

describeOperation(listSharedKeys, {
  example: async () => {
    await freshTenant();
    const { createdAt } = await makeKey('crm');
    assert.deepEqual(await keys(), [{ name: 'crm', createdAt }]);
  },
  badInput: async () => {
    await freshTenant();
    await agentIsRefused(listSharedKeys);
  },
  effect: async () => {
    await freshTenant();
    const { secret } = await makeKey('crm');
    assert.ok(!JSON.stringify(await keys()).includes(secret));
  },
});

describeOperation(createSharedKey, {
  example: async () => {
    await freshTenant();
    const [example] = createSharedKey.examples ?? [];
    const { status, body } = await tenant.administrator.call(createSharedKey, example?.request as Input<typeof createSharedKey>);
    assert.equal(status, 200);
    assert.equal(body.name, 'crm');
    assert.match(body.secret, /^[\w-]{43}$/);
  },
  badInput: async () => {
    await freshTenant();
    for (const bad of [{ name: '' }, { name: 'a/b' }, { name: '..' }, { name: 'x'.repeat(65) }, { name: 'crm', secret: 'short' }]) {
      assert.equal((await tenant.administrator.call(createSharedKey, bad)).status, 400);
    }
    await makeKey('crm');
    const { status, body } = await tenant.administrator.call(createSharedKey, { name: 'crm' });
    assert.equal(status, 409);
    assert.equal(reason(body).message, 'There is a shared key crm already.');
  },
  effect: async () => {
    await freshTenant();
    const own = await makeKey('own', 'a secret of my own ü');
    assert.equal(own.secret, 'a secret of my own ü');
    const { secret } = await makeKey('random');
    assert.deepEqual((await keys()).map(({ name }) => name), ['own', 'random']);
    await trust(CRM);
    await put({ purpose: 'calls', url: CRM, sharedKey: 'random' });
    assert.equal((await callback('calls'))?.secret, secret);
  },
});

describeOperation(replaceSharedKeySecret, {
  example: async () => {
    await freshTenant();
    const { secret } = await makeKey('crm');
    const { status, body } = await tenant.administrator.call(replaceSharedKeySecret, { name: 'crm' });
    assert.equal(status, 200);
    assert.notEqual(body.secret, secret);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await tenant.administrator.call(replaceSharedKeySecret, { name: 'nobody' })).status, 404);
    await makeKey('crm');
    assert.equal((await tenant.administrator.call(replaceSharedKeySecret, { name: 'crm', secret: 'short' })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    await trust(CRM);
    const { createdAt } = await makeKey('crm');
    await put({ purpose: 'calls', url: CRM, sharedKey: 'crm' });
    server.advance(1000);
    await tenant.administrator.call(replaceSharedKeySecret, { name: 'crm', secret: 'the-new-secret-of-it' });
    assert.equal((await callback('calls'))?.secret, 'the-new-secret-of-it');
    assert.ok(((await keys())[0]?.createdAt ?? 0) >= createdAt + 1000);
  },
});

describeOperation(deleteSharedKey, {
  example: async () => {
    await freshTenant();
    await makeKey('crm');
    const { status, body } = await tenant.administrator.call(deleteSharedKey, { name: 'crm' });
    assert.deepEqual({ status, body }, { status: 200, body: {} });
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await tenant.administrator.call(deleteSharedKey, { name: 'crm' })).status, 404);
    await trust(CRM);
    await makeKey('crm');
    await put({ purpose: 'calls', url: CRM, sharedKey: 'crm' });
    const { status, body } = await tenant.administrator.call(deleteSharedKey, { name: 'crm' });
    assert.equal(status, 409);
    assert.equal(reason(body).message, 'Shared key crm is still needed: the callback address for calls is signed with it.');
  },
  effect: async () => {
    await freshTenant();
    for (const name of ['a', 'b']) await makeKey(name);
    await tenant.administrator.call(deleteSharedKey, { name: 'a' });
    assert.deepEqual((await keys()).map(({ name }) => name), ['b']);
  },
});

describe('rules', () => {
  test('a trusted URL stays while a callback address is trusted by it alone', async () => {
    await freshTenant();
    const narrow = await trust(CRM);
    await put({ purpose: 'calls', url: `${CRM}/calls` });
    const { status, body } = await tenant.administrator.call(deleteTrustedUrl, { id: narrow.id });
    assert.equal(status, 409);
    assert.match(reason(body).message, /the callback address for calls is trusted by it/);
    await trust('https://crm.example.com');
    assert.equal((await tenant.administrator.call(deleteTrustedUrl, { id: narrow.id })).status, 200);
  });

  test('two at once that add the same URL, make the same key or set the same address leave one', async () => {
    await freshTenant();
    const added = await Promise.all(Array.from({ length: 8 }, () => tenant.administrator.call(addTrustedUrl, { url: CRM })));
    assert.deepEqual(added.map(({ status }) => status).toSorted((a, b) => a - b), [200, ...Array.from({ length: 7 }, () => 409)]);
    const made = await Promise.all(Array.from({ length: 8 }, () => tenant.administrator.call(createSharedKey, { name: 'crm' })));
    assert.equal(made.filter(({ status }) => status === 200).length, 1);
    const set = await Promise.all(Array.from({ length: 8 }, (_, index) => put({ purpose: 'calls', url: `${CRM}/${index}` })));
    assert.ok(set.every(({ status }) => status === 200));
    assert.equal((await addresses()).length, 1);
  });

  test('deleting a key and signing with it at once cannot both succeed', async () => {
    await freshTenant();
    await trust(CRM);
    for (let round = 0; round < 5; round += 1) {
      await makeKey(`key-${round}`);
      const [removed, signed] = await Promise.all([
        tenant.administrator.call(deleteSharedKey, { name: `key-${round}` }), put({ purpose: 'calls', url: CRM, sharedKey: `key-${round}` }),
      ]);
      assert.equal([removed.status, signed.status].filter((status) => status === 200).length, 1);
    }
  });

  test('another tenant\'s entries, addresses and keys are not there', async () => {
    const first = await freshTenant();
    const { id } = await trust(CRM);
    await makeKey('crm');
    await put({ purpose: 'calls', url: CRM, sharedKey: 'crm' });
    await freshTenant();
    assert.deepEqual([await trusted(), await addresses(), await keys()], [[], [], []]);
    assert.equal(await trusts(CRM), false);
    assert.equal((await put({ purpose: 'calls', url: CRM })).status, 409);
    assert.equal((await tenant.administrator.call(deleteTrustedUrl, { id })).status, 404);
    assert.equal((await tenant.administrator.call(deleteCallbackAddress, { purpose: 'calls' })).status, 404);
    assert.equal((await tenant.administrator.call(deleteSharedKey, { name: 'crm' })).status, 404);
    assert.equal((await tenant.administrator.call(replaceSharedKeySecret, { name: 'crm' })).status, 404);
    await trust(CRM);
    assert.equal((await put({ purpose: 'calls', url: CRM, sharedKey: 'crm' })).status, 404);
    tenant = first;
    assert.deepEqual(await callback('calls').then((found) => found?.url), CRM);
  });

  test('a supervisor may read but not change', async () => {
    await freshTenant();
    const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.equal((await supervisor.call(addTrustedUrl, { url: CRM })).status, 403);
    assert.equal((await supervisor.call(createSharedKey, { name: 'crm' })).status, 403);
    assert.equal((await supervisor.call(putCallbackAddress, { purpose: 'calls', url: CRM })).status, 403);
  });

  test('the audit trail and the journal hold neither secrets nor the query of an address, in which there may be one', async () => {
    await freshTenant();
    await trust(CRM);
    const { secret } = await makeKey('crm');
    const { body: replaced } = await tenant.administrator.call(replaceSharedKeySecret, { name: 'crm' });
    await put({ purpose: 'calls', url: `${CRM}?token=hidden-token`, sharedKey: 'crm' });
    await tenant.administrator.call(deleteCallbackAddress, { purpose: 'calls' });
    const trail = await auditOf();
    for (const hidden of [secret, replaced.secret, 'hidden-token']) assert.ok(!trail.includes(hidden));
    for (const told of ['trusted-url', 'callback-address', 'shared-key', CRM]) assert.ok(trail.includes(told), told);
    const rows = await server.world.db.selectFrom('shared_key').select('secret').where('vdn_id', '=', tenant.vdnId).execute();
    assert.ok(rows.every((row) => !row.secret.includes(replaced.secret)));
  });

  test('there is a limit to each', async () => {
    await freshTenant();
    await server.world.db.insertInto('trusted_url').values(Array.from({ length: 200 }, (_, index) => (
      { vdn_id: tenant.vdnId, id: String(index), prefix: `https://${index}.example/`, note: '', created_at: 0 }
    ))).execute();
    const { status, body } = await tenant.administrator.call(addTrustedUrl, { url: CRM });
    assert.equal(status, 409);
    assert.match(reason(body).message, /limit of 200/);
  });
});
