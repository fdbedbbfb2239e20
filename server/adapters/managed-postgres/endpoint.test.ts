import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { findBundled } from './binaries.ts';
import { keepPassword, makeCluster } from './cluster.ts';
import { chooseEndpoint, connectionUrl, freePort } from './endpoint.ts';
import { placeHome } from './folders.ts';
import { chooseIdentity } from './run-as.ts';
import { NotReady, startServer } from './server.ts';
import { ask, makeTestFolder, quiet, stopAfter } from './test-bench.ts';

test('where sockets cannot be had, PostgreSQL listens on a free port of 127.0.0.1 only', async (context) => {
  const home = placeHome(makeTestFolder(context), '/nowhere');
  const identity = chooseIdentity(home.cluster);
  const endpoint = await chooseEndpoint(home.folder, identity, '/nowhere', 'win32');
  assert.equal(endpoint.kind, 'tcp');
  const common = { binaries: findBundled(), identity, password: keepPassword(home), durable: false };
  await makeCluster(home, { ...common, folder: home.cluster });
  const options = { ...common, cluster: home.cluster, endpoint, log: quiet };
  const server = await startServer(options);
  stopAfter(context, server);
  assert.equal(new URL(server.url).hostname, '127.0.0.1');
  assert.deepEqual(await ask(server.url, "SELECT current_setting('listen_addresses') AS at"), [{ at: '127.0.0.1' }]);
  await server.stop();

  // Another program takes the port meanwhile.
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(endpoint.port, '127.0.0.1', resolve));
  context.after(() => thief.close());
  await assert.rejects(startServer(options), (error) => {
    assert.ok(error instanceof NotReady);
    assert.match(error.output, /Address already in use/);
    return true;
  });
});

test('a password and a folder with odd characters survive the URL', async () => {
  const url = new URL(connectionUrl({ kind: 'socket', folder: '/a b/ü&?%', port: 5432 }, 'p@ss/:?', 'parley'));
  assert.equal(url.searchParams.get('host'), '/a b/ü&?%');
  assert.equal(decodeURIComponent(url.password), 'p@ss/:?');
  assert.notEqual(await freePort(), undefined);
});
