import { randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { admin } from '@parley/contract/admin/family.ts';
import { createCallToken } from '@parley/contract/widget/call-token.ts';
import { bringImage } from '@parley/contract/widget/image.ts';
import { buildOpenApi } from '@parley/contract/openapi.ts';
import { compose, type Parley } from '../compose.ts';
import { endEventStreams } from '../http/event-stream.ts';
import { createListener, MAX_HEADER_BYTES } from '../http/listener.ts';
import { isLoopback } from '../http/loopback.ts';
import { createMetrics } from '../http/metrics.ts';
import { lookers, registerOperationsPages } from '../http/operations-pages.ts';
import { registerConsole } from '../http/pages/console.ts';
import { registerPages } from '../http/pages/pages.ts';
import { protect } from '../http/protection.ts';
import { registerWidgetCors } from '../http/widget-cors.ts';
import { trackUnused } from '../http/unused-connections.ts';
import { logRequests } from '../http/request-log.ts';
import { StartError } from '../start-error.ts';
import { banner } from './banner.ts';
import { createBrowserPhones, isBrowserPhone, type BrowserPhones } from './browser-phones.ts';
import { readCertificate } from './certificate.ts';
import { ensureDemo } from './demo.ts';
import { listen } from './listen.ts';
import type { Settings } from './settings.ts';
import { startTraffic } from './traffic.ts';
import { openVoice } from './voice.ts';
import type { OpenedWorld } from './world.ts';

const VERSION = '0.1.0';
/** What a newcomer must know before any operation makes sense. */
const INTRODUCTION = `How a caller shows who it is differs by operation. C1: a token that \`tokenByAkSk\` gives for an app key and its secret, sent as \`Authorization: Bearer\`. `
  + 'C2: each request signed with an access key and its secret (auth-v2); `cmsPing` tries a signature. C3: a token of `oiapGetToken`. C5: the `Guid` of `configLogin`. '
  + `Administration: the session of \`signIn\`.\n\nThe keys and passwords of the demo tenant are in \`demo.json\` in the data folder; an administrator makes more under Keys.`;
const HEALTH_DEADLINE_MS = 3000;

/** Wires the modules, makes the demo tenant if there is to be one, and listens on HTTP and HTTPS. */
export async function serveParley(world: OpenedWorld, settings: Settings, log: Logger, onStop: (stop: () => Promise<unknown>) => void, { wantsTraffic = false }: { readonly wantsTraffic?: boolean } = {}): Promise<Parley> {
  const parley = compose(world);
  onStop(parley.writer.idle);
  const host = settings.PARLEY_BIND;
  const names = [...new Set(['localhost', '127.0.0.1', ...(host === '0.0.0.0' || host === '::' ? [] : [host])])];
  const certificate = await readCertificate({ cert: settings.PARLEY_HTTPS_CERTIFICATE, key: settings.PARLEY_HTTPS_KEY }, world.folder, names, world.clock());
  let browsers: BrowserPhones | undefined;
  if (world.sockets !== undefined) {
    const telephony = await openVoice(world, parley, { settings, certificate, log, onStop });
    browsers = createBrowserPhones({
      transports: telephony.transports, guests: parley.guests, corsOrigins: settings.PARLEY_CORS_ORIGINS, trustedProxies: settings.PARLEY_TRUSTED_PROXIES,
    });
  }
  await parley.gateway.start();
  onStop(parley.gateway.stop);
  await world.jobs.start();
  onStop(world.jobs.stop);

  const app = createListener({
    handlers: parley.handlers, families: parley.families, defaultFamily: admin, authenticators: parley.authenticators,
    clock: world.clock, logger: log, trustedProxies: settings.PARLEY_TRUSTED_PROXIES, newRequestId: randomUUID,
    ...(browsers === undefined ? {} : { mayUpgrade: isBrowserPhone }),
    prepare: (instance) => {
      const metrics = createMetrics();
      metrics.observe(instance);
      logRequests(instance);
      protect(instance, { corsOrigins: settings.PARLEY_CORS_ORIGINS, requestsPerSecond: settings.PARLEY_REQUESTS_PER_SECOND, clock: world.clock });
      for (const { path } of [createCallToken, bringImage]) registerWidgetCors(instance, { path, isAllowed: parley.isWidgetOrigin, clock: world.clock });
      const mayLook = lookers(settings.PARLEY_OPERATIONS_TOKEN);
      registerOperationsPages(instance, { metrics, mayLook, ready: () => databaseAnswers(world) });
      registerPages(instance, { openapi: () => documentOf(parley), allow: mayLook });
      registerConsole(instance);
    },
  });
  await app.ready();
  onStop(() => app.close());
  // Polls that wait would keep the listener open.
  onStop(() => Promise.resolve(parley.gateway.events.stop()));

  const port = await listen(app.server, { host, port: settings.PARLEY_HTTP_PORT, setting: 'PARLEY_HTTP_PORT' });
  const secure = createServer(
    { key: certificate.key, cert: certificate.cert, maxHeaderSize: MAX_HEADER_BYTES, shouldUpgradeCallback: (request) => browsers !== undefined && isBrowserPhone(request) },
    (request, reply) => { app.routing(request, reply); },
  );
  for (const server of [app.server, secure]) browsers?.attach(server);
  const securePort = await listen(secure, { host, port: settings.PARLEY_HTTPS_PORT, setting: 'PARLEY_HTTPS_PORT' });
  const endUnused = trackUnused(secure);
  onStop(() => new Promise((resolve) => {
    secure.close(resolve);
    endUnused();
    secure.closeIdleConnections();
  }));
  // Behind everything else, so that they are the first to end.
  onStop(() => Promise.resolve(endEventStreams(app)));
  onStop(() => Promise.resolve(browsers?.stop()));

  const wantsDemo = settings.PARLEY_DEMO === 'yes' || (settings.PARLEY_DEMO === 'auto' && isLoopback(host));
  const demo = wantsDemo ? await ensureDemo(world, parley, wantsTraffic) : undefined;
  if (wantsTraffic && demo === undefined) throw new StartError('There is no demo tenant here for --demo.', 'Start without it, or with a data folder of its own (PARLEY_DATA_DIR) and PARLEY_DEMO=yes.');
  const setupToken = await parley.ensureSetupLink();
  console.log(banner({ host, port, securePort, selfSigned: certificate.selfSigned, folder: world.folder, databaseFolder: world.databaseFolder, demo, setupToken }));
  if (demo?.traffic !== undefined) onStop(startTraffic(world, demo.traffic, { host, port }));
  return parley;
}

async function databaseAnswers({ db }: OpenedWorld): Promise<boolean> {
  const overdue = new Promise<false>((resolve) => { setTimeout(() => { resolve(false); }, HEALTH_DEADLINE_MS).unref(); });
  // A standby answers too, but no journal can be written there.
  const writable = sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(db).then(({ rows }) => rows[0]?.standby === false);
  return Promise.race([writable, overdue]);
}

const documentOf = ({ handlers }: Parley): string =>
  JSON.stringify(buildOpenApi({ operations: handlers.map(({ op }) => op), title: 'Parley', version: VERSION, description: INTRODUCTION }));
