import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test, type TestContext } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { WebSocket } from 'ws';
import { createTestPhones, type TestPhone, type TestPhones } from '../telephony/testing/phones.ts';
import { withoutChromium } from '../telephony/webrtc/testing/chromium.ts';
import { until } from '../server/testing/until.ts';
import { servePages, type PageServer } from './browser/browser-phone.ts';
import { openShop, type Shop } from './browser/shop.ts';
import type { Queue } from './voice/centre.ts';
import type { Account, Desk } from './voice/desk.ts';
import { openParleyCentre, type ParleyCentre } from './voice/parley-centre.ts';

const AGENT_HERTZ = 440;
const ENDS_MS = 10_000;
const firstPort = 46_000 + (process.pid % 40) * 200;

let centre: ParleyCentre;
let shop: Shop;
let stranger: PageServer;
let phones: TestPhones;
let queue: Queue;
let agent: Account;

describe('a customer in a browser', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    centre = await openParleyCentre({ PARLEY_ICE_SERVERS: 'turn:turn.invalid', PARLEY_TURN_SECRET: 'north' });
    phones = await createTestPhones(centre.sip, { from: firstPort, to: firstPort + 199 });
    queue = await centre.queue();
    agent = await centre.account(queue);
    shop = await openShop(centre, queue.number);
    stranger = await servePages();
  });
  after(async () => {
    await stranger?.close();
    await shop?.close();
    await phones?.stop();
    await centre?.close();
  });

  const openAgent = async (context: TestContext): Promise<{ readonly desk: Desk; readonly phone: TestPhone }> => {
    const phone = phones.phone(agent.number, AGENT_HERTZ);
    assert.equal(await phone.register(agent.sipPassword), 200);
    const desk = await centre.signIn(agent);
    // Where Parley has ended there is nobody to sign out from.
    context.after(async () => desk.leave().catch(() => undefined));
    return { phone, desk };
  };

  const telephoneHears = (telephone: TestPhone, { hertz }: { readonly hertz: number }, isHeard: boolean): Promise<void> =>
    until(() => ((telephone.hears([hertz])[hertz] ?? 0) > 0.2) === isHeard, `the agent ${isHeard ? 'hears' : 'does not hear'} the customer`);

  test('calls an access code, waits with music, talks with an agent, is held, and hangs up', async (context) => {
    const { desk, phone: telephone } = await openAgent(context);
    await desk.does(sayBusy);
    const { phone, token } = await shop.customer(context, { caller: '13700000001' });
    assert.deepEqual(token.iceServers.map(({ urls }) => urls), [['turn:turn.invalid']]);
    await phone.call(token.target);
    await phone.becomes('up');
    await phone.hearsMusic();

    await desk.does(cancelBusy);
    await until(() => telephone.state() === 'ringing', 'the agent\'s phone rings');
    await telephone.answer();
    await phone.hears([AGENT_HERTZ], [phone.hertz]);
    await telephoneHears(telephone, phone, true);

    const { callid, caller } = await desk.next('AgentEvent_Talking');
    assert.equal(caller, '13700000001');
    await desk.does(holdCall);
    await telephoneHears(telephone, phone, false);
    await phone.hears([], [AGENT_HERTZ]);
    await phone.hearsMusic();
    await desk.does(getHold, { callid });
    await telephoneHears(telephone, phone, true);
    await phone.hears([AGENT_HERTZ]);

    await phone.hangUp();
    await until(() => telephone.state() === 'gone', 'the agent\'s phone is let go');
  });

  test('may call once, soon, and nobody else', async (context) => {
    const { token, phone } = await shop.customer(context);
    await phone.call(token.target.replace(queue.number, `${queue.number}2`));
    await phone.becomes('gone');
    assert.deepEqual(await phone.end(), ['Rejected', 403]);
    await phone.call(`sip:${agent.number}@parley`);
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
    const { token } = await shop.customer(context);
    const page = await shop.chromium.open(stranger.origin);
    context.after(async () => page.close());
    assert.equal((await shop.askFor(page)).status, 0, 'the browser keeps the answer from the page');
    // Nor is its page let in by the token of another.
    for (const url of [token.webSocketUrl, token.webSocketUrl.replace(/\?.*/, '')]) {
      assert.equal(await page.evaluate(`new Promise((resolve) => { const socket = new WebSocket('${url}', 'sip'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('refused'); })`), 'refused');
    }
    const own = await shop.chromium.open(shop.pages.origin);
    context.after(async () => own.close());
    assert.equal((await shop.askFor(own, { accessCode: '999' })).status, 403);
    assert.equal((await shop.askFor(own, { key: 'wk-nobody' })).status, 0);
  });

  test('may speak SIP over TLS as well', async () => {
    const [secure = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(centre.parley.output()) ?? [];
    // The certificate is Parley's own, which no browser knows.
    const socket = new WebSocket(`${secure.replace('http', 'ws')}/sip`, 'sip', { rejectUnauthorized: false, origin: secure });
    await once(socket, 'open');
    assert.equal(socket.protocol, 'sip');
    socket.close();
  });

  test('does not keep Parley from ending', async (context) => {
    const { desk } = await openAgent(context);
    await desk.does(sayBusy);
    const { phone, token } = await shop.customer(context);
    await phone.call(token.target);
    await phone.becomes('up');
    const begun = Date.now();
    assert.equal(await centre.parley.end('SIGTERM'), 0);
    assert.ok(Date.now() - begun < ENDS_MS, `it took ${Date.now() - begun} ms`);
    assert.doesNotMatch(centre.parley.output(), /"level":50/);
  });
});
