import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { mediaGetConnectInfo, mediaImageCapture } from '@parley/contract/gateway/media-call.ts';
import { recordFileDownload } from '@parley/contract/gateway/recording.ts';
import { readJpeg } from '@parley/core/image/jpeg.ts';
import { withoutChromium } from '../telephony/webrtc/testing/chromium.ts';
import { openBrowserPhone, servePages, type BrowserPhone, type PageServer } from './browser/browser-phone.ts';
import { openShop, type Shop } from './browser/shop.ts';
import type { Account, Desk } from './voice/desk.ts';
import type { Queue } from './voice/centre.ts';
import { openParleyCentre, type ParleyCentre } from './voice/parley-centre.ts';

const AGENT_HERTZ = 440;

let desks: PageServer;
let centre: ParleyCentre;
let shop: Shop;
let queue: Queue;
let agent: Account;

describe('an agent and a customer, both in browsers', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    desks = await servePages();
    centre = await openParleyCentre({ PARLEY_CORS_ORIGINS: desks.origin });
    queue = await centre.queue();
    // Who may hear recordings has pictures of customers as well.
    agent = await centre.account(queue, { ccRoleId: 3 });
    shop = await openShop(centre, queue.number);
  });
  after(async () => {
    await shop?.close();
    await centre?.close();
    await desks?.close();
  });

  const openPhone = async (context: TestContext, user: string, password: string): Promise<BrowserPhone> => {
    const page = await shop.chromium.open(desks.origin);
    context.after(async () => page.close().catch(() => undefined));
    const phone = await openBrowserPhone(page, {
      address: `sip:${user}@parley`, user, password, socket: `${centre.parley.url.replace('http', 'ws')}/sip`, registers: true,
    }, AGENT_HERTZ);
    assert.equal(await phone.registered(), 200);
    return phone;
  };

  interface Facing {
    readonly desk: Desk;
    readonly phone: BrowserPhone;
    readonly customer: BrowserPhone;
    readonly callid: string;
  }

  const facing = async (context: TestContext): Promise<Facing> => {
    const phone = await openPhone(context, agent.number, agent.sipPassword);
    const desk = await centre.signIn(agent);
    context.after(desk.leave);
    const { phone: customer, token } = await shop.customer(context);
    await customer.call(token.target);
    await phone.becomes('ringing');
    await phone.answer();
    const { callid } = await desk.next('AgentEvent_Talking');
    await customer.hears([AGENT_HERTZ]);
    return { desk, phone, customer, callid };
  };

  test('the agent asks for a picture of the customer, who may refuse', async (context) => {
    const { desk, customer, callid } = await facing(context);
    const asks = async (isWilling: boolean) => {
      await customer.page.evaluate(`phone.isWilling = ${isWilling}`);
      await desk.does(mediaImageCapture, { callid, userType: 'user' });
      return desk.next('AgentEvent_ImageCapture');
    };
    assert.deepEqual(await asks(false), { callid, result: 2, filename: '', locationId: 65_535 });
    const { result, filename } = await asks(true);
    assert.equal(result, 0);
    assert.match(filename, new RegExp(`^F:/\\d+/1/\\d{8}/${agent.workNo}/\\d{7,}\\.jpg$`));
    const jpeg = readJpeg(await desk.downloads(recordFileDownload, { recordId: filename }));
    assert.ok(jpeg.ok && jpeg.width >= 320 && jpeg.height >= 240, JSON.stringify(jpeg));
    await customer.page.until('phone.imageStatus === 200');
    await customer.hears([AGENT_HERTZ]);
    await customer.hangUp();
    await desk.next('AgentEvent_Call_Release');
  });

  test('the agent whose page crashes comes back by what is told, and the customer talks on', async (context) => {
    const { desk, phone, customer, callid } = await facing(context);
    await phone.page.close('crashed');
    const room = await desk.asks(mediaGetConnectInfo, { callid, userType: 'agent' });
    assert.deepEqual([room.channelId, room.userId, room.apId], [callid, String(agent.workNo), agent.number]);
    const again = await openPhone(context, room.apId, room.signature);
    await again.call(`sip:${room.channelId}@parley`);
    await again.becomes('up');
    await again.hears([customer.hertz]);
    await customer.hears([AGENT_HERTZ]);
    await again.hangUp();
    await desk.next('AgentEvent_Call_Release');
    await customer.becomes('gone');
  });
});
