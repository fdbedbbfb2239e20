import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setUp } from '@parley/contract/admin/session.ts';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import { createClient } from '@parley/contract/client.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { createCallToken } from '@parley/contract/widget/call-token.ts';
import { WebSocket } from 'ws';
import type { Result } from '@parley/contract/operation.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../telephony/testing/phones.ts';
import { launchChromium, withoutChromium, type Chromium } from '../telephony/webrtc/testing/chromium.ts';
import { until } from '../server/testing/until.ts';
import { openBrowserPhone, servePages, type BrowserPhone, type PageServer } from './browser/browser-phone.ts';
import { makeDataFolder, readDemo, startParley, type Demo, type ParleyProcess } from './parley-process.ts';
import { openDesk, type Desk } from './voice/desk.ts';
import { freePlace } from './voice/sipp.ts';

type CallToken = Result<typeof createCallToken>;

const CUSTOMER_HERTZ = 1_900;
const AGENT_HERTZ = 440;
const SIP_PASSWORD = 'sipPassword';
const MUSIC = 0.005;
const ENDS_MS = 10_000;
const firstPort = 46_000 + (process.pid % 40) * 400;

let chromium: Chromium;
let pages: PageServer;
let stranger: PageServer;
let parley: ParleyProcess;
let phones: TestPhones;
let demo: Demo;
let folder: ReturnType<typeof makeDataFolder>;
let key: string;
let number: string;

/** Makes a key for pages of the test's own, as an operator does who has just installed Parley. */
async function makeKey(): Promise<string> {
  const [, token = ''] = /\/setup#(\S+)/.exec(parley.output()) ?? [];
  const { body, headers } = await createClient({ baseUrl: parley.url }).call(setUp, { token, account: 'olga.operator', name: 'Olga Operator', password: 'Curious-Teapot-41' });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const operator = createClient({ baseUrl: parley.url, authorize: () => ({ cookie, 'x-csrf-token': body.csrfToken ?? '', 'x-parley-tenant': String(demo.vdnId) }) });
  return (await operator.ask(createWidgetKey, { name: 'Shop', origins: [pages.origin], accessCodes: [number] })).id;
}

/** What a page asks for, with the browser between it and Parley. */
const askIn = (request: Readonly<Record<string, string>>): string =>
  `fetch(${JSON.stringify(parley.url + createCallToken.path)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(request))} })
    .then(async (reply) => ({ status: reply.status, body: await reply.json() }), (error) => ({ status: 0, body: String(error) }))`;

describe('a customer in a browser', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    folder = makeDataFolder();
    const [sip, sips] = [await freePlace(), await freePlace()];
    parley = await startParley(folder.path, {
      PARLEY_SIP_PORT: String(sip.port), PARLEY_SIPS_PORT: String(sips.port), PARLEY_RTP_PORTS: `${firstPort}-${firstPort + 199}`, PARLEY_POLL_WAIT: '1000', PARLEY_LOG_LEVEL: 'warn',
      PARLEY_ICE_SERVERS: 'turn:turn.invalid', PARLEY_TURN_SECRET: 'north',
    });
    demo = readDemo(folder.path);
    number = demo.accessCodes[0]?.code ?? '';
    phones = await createTestPhones(sip, { from: firstPort + 200, to: firstPort + 399 });
    [pages, stranger] = [await servePages(), await servePages()];
    chromium = await launchChromium();
    key = await makeKey();
  });
  after(async () => {
    await chromium.close();
    await phones.stop();
    await pages.close();
    await stranger.close();
    folder.remove();
  });

  const askFor = async (phone: { evaluate: <T>(expression: string) => Promise<T> }, changes: Readonly<Record<string, string>> = {}): Promise<{ status: number; body: CallToken }> =>
    phone.evaluate(askIn({ key, accessCode: number, ...changes }));

  const openCustomer = async (context: TestContext, changes?: Readonly<Record<string, string>>): Promise<{ readonly token: CallToken; readonly phone: BrowserPhone }> => {
    const page = await chromium.open(pages.origin);
    context.after(async () => page.close().catch(() => undefined));
    const { status, body: token } = await askFor(page, changes);
    assert.equal(status, 200, JSON.stringify(token));
    const phone = await openBrowserPhone(page, { address: token.address, user: token.user, password: token.password, socket: token.webSocketUrl, registers: false }, CUSTOMER_HERTZ);
    return { token, phone };
  };

  const openAgent = async (): Promise<{ readonly desk: Desk; readonly phone: TestPhone }> => {
    const [agent] = demo.agents;
    assert.ok(agent !== undefined);
    const sipPassword = String((agent as unknown as Record<string, unknown>)[SIP_PASSWORD]);
    const phone = phones.phone(agent.phone, AGENT_HERTZ);
    assert.equal(await phone.register(sipPassword), 200);
    return { phone, desk: await openDesk(parley.url, { workNo: Number(agent.workNo), password: agent.password, number: agent.phone, sipPassword }) };
  };

  const telephoneHears = (phone: TestPhone, isHeard: boolean): Promise<void> =>
    until(() => ((phone.hears([CUSTOMER_HERTZ])[CUSTOMER_HERTZ] ?? 0) > 0.2) === isHeard, `the agent ${isHeard ? 'hears' : 'does not hear'} the customer`);

  test('calls an access code, waits with music, talks with an agent, is held, and hangs up', async (context) => {
    const { desk, phone: telephone } = await openAgent();
    context.after(desk.leave);
    await desk.does(sayBusy);
    const { phone, token } = await openCustomer(context, { caller: '13700000001' });
    assert.deepEqual(token.iceServers.map(({ urls }) => urls), [['turn:turn.invalid']]);
    await phone.call(token.target);
    await phone.becomes('up');
    await phone.page.until(`phone.loudness() > ${MUSIC}`);

    await desk.does(cancelBusy);
    await until(() => telephone.state() === 'ringing', 'the agent\'s phone rings');
    await telephone.answer();
    await phone.hears([AGENT_HERTZ], [CUSTOMER_HERTZ]);
    await telephoneHears(telephone, true);

    const { callid, caller } = await desk.next('AgentEvent_Talking');
    assert.equal(caller, '13700000001');
    await desk.does(holdCall);
    await telephoneHears(telephone, false);
    await phone.hears([], [AGENT_HERTZ]);
    await phone.page.until(`phone.loudness() > ${MUSIC}`);
    await desk.does(getHold, { callid });
    await telephoneHears(telephone, true);
    await phone.hears([AGENT_HERTZ]);

    await phone.hangUp();
    await until(() => telephone.state() === 'gone', 'the agent\'s phone is let go');
  });

  test('may call once, soon, and nobody else', async (context) => {
    const { token, phone } = await openCustomer(context);
    await phone.call(token.target.replace(number, `${number}2`));
    await phone.becomes('gone');
    assert.deepEqual(await phone.end(), ['Rejected', 403]);
    await phone.call(`sip:${demo.agents[1]?.phone}@parley`);
    await phone.becomes('gone');
    assert.deepEqual(await phone.end(), ['Rejected', 403]);

    await phone.call(token.target);
    await until(async () => ['ringing', 'up', 'gone'].includes(await phone.state()), 'the call is taken');
    assert.notEqual((await phone.end())[1], 403);
    if (await phone.state() !== 'gone') await phone.hangUp();
    await phone.becomes('gone');
    await phone.call(token.target);
    await phone.becomes('gone');
    assert.deepEqual(await phone.end(), ['Rejected', 403]);
    await phone.page.evaluate('phone.ua.register()');
    assert.equal(await phone.registered(), 401);
  });

  test('is of a page that the key names', async (context) => {
    const { token } = await openCustomer(context);
    const page = await chromium.open(stranger.origin);
    context.after(async () => page.close());
    assert.equal((await askFor(page)).status, 0, 'the browser keeps the answer from the page');
    // Nor is its page let in by the token of another.
    for (const url of [token.webSocketUrl, token.webSocketUrl.replace(/\?.*/, '')]) {
      assert.equal(await page.evaluate(`new Promise((resolve) => { const socket = new WebSocket('${url}', 'sip'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('refused'); })`), 'refused');
    }
    const own = await chromium.open(pages.origin);
    context.after(async () => own.close());
    assert.equal((await askFor(own, { accessCode: '999' })).status, 403);
    assert.equal((await askFor(own, { key: 'wk-nobody' })).status, 0);
  });

  test('may speak SIP over TLS as well', async () => {
    const [secure = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(parley.output()) ?? [];
    // The certificate is Parley's own, which no browser knows.
    const socket = new WebSocket(`${secure.replace('http', 'ws')}/sip`, 'sip', { rejectUnauthorized: false, origin: secure });
    await once(socket, 'open');
    assert.equal(socket.protocol, 'sip');
    socket.close();
  });

  test('does not keep Parley from ending', async (context) => {
    const { desk } = await openAgent();
    await desk.does(sayBusy);
    const { phone, token } = await openCustomer(context);
    await phone.call(token.target);
    await phone.becomes('up');
    const begun = Date.now();
    assert.equal(await parley.end('SIGTERM'), 0);
    assert.ok(Date.now() - begun < ENDS_MS, `it took ${Date.now() - begun} ms`);
    // There is nobody any more to sign out from.
    await desk.leave().catch(() => undefined);
    assert.doesNotMatch(parley.output(), /"level":50/);
  });
});
