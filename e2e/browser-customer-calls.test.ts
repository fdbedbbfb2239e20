import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test, type TestContext } from 'node:test';
import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { qcRequestStopWhisperAgent, qcRequestWhisperAgent } from '@parley/contract/gateway/inspection.ts';
import { recordFileDownload } from '@parley/contract/gateway/recording.ts';
import { withoutChromium } from '../telephony/webrtc/testing/chromium.ts';
import type { BrowserPhone } from './browser/browser-phone.ts';
import { openShop, type Shop } from './browser/shop.ts';
import { createCast, hears, type Agent, type Cast, type Hearing } from './voice/cast.ts';
import type { Queue } from './voice/centre.ts';
import { openParleyCentre, type ParleyCentre } from './voice/parley-centre.ts';
import { assertHolds, downloadTalk, recordTalk } from './voice/recordings.ts';
import { without } from './voice/without.ts';

/** Waits until the customer and all at these telephones hear each other, and nobody else of them all. */
async function hearEachOther(customer: BrowserPhone, telephones: readonly Hearing[], others: readonly Hearing[] = []): Promise<void> {
  const together = [customer, ...telephones];
  const all = [...together, ...others];
  const tones = (these: readonly { readonly hertz: number }[]): readonly number[] => these.map(({ hertz }) => hertz);
  await Promise.all([
    customer.hears(tones(telephones), tones([customer, ...others])),
    ...telephones.map((one) => hears(one, together.filter((other) => other !== one), all)),
  ]);
}

describe('the call of a customer in a browser', { skip: withoutChromium() || without('sipp', 'baresip'), timeout: 240_000 }, () => {
  let centre: ParleyCentre;
  let queue: Queue;
  let shop: Shop;
  let cast: Cast;
  before(async () => {
    centre = await openParleyCentre();
    queue = await centre.queue();
    shop = await openShop(centre, queue.number);
  });
  after(async () => {
    await shop?.close();
    await centre?.close();
  });
  afterEach(() => cast?.leave());

  /** Ann, whose phone is SIPp, talks with a customer. */
  const talk = async (context: TestContext): Promise<{ readonly ann: Agent; readonly customer: BrowserPhone; readonly call: string }> => {
    cast = createCast(centre);
    const { phone: customer, token } = await shop.customer(context, { hertz: cast.tone() });
    const ann = await cast.agent(queue);
    await customer.call(token.target);
    const { callid: call } = await ann.desk.next('AgentEvent_Talking');
    await hearEachOther(customer, [ann.ear]);
    return { ann, customer, call };
  };

  test('is transferred to a colleague', async (context) => {
    const { ann, customer, call } = await talk(context);
    const bob = await cast.agent(queue);
    await ann.desk.does(transferCall, { devicetype: 2, mode: 0, address: String(bob.desk.workNo) });
    await ann.done;
    assert.equal((await bob.desk.next('AgentEvent_Talking')).callid, call);
    await hearEachOther(customer, [bob.ear], [ann.ear]);
    await bob.desk.does(releaseCall);
    await bob.done;
    await customer.becomes('gone');
  });

  test('is held while a colleague is consulted, and joined with that one to a conference of three', async (context) => {
    const { ann, customer, call } = await talk(context);
    const { desk: bob, phone } = await cast.baresip(queue);
    const all = [ann.ear, customer, phone];
    await ann.desk.does(innerHelp, { dstaddress: String(bob.workNo), mode: 1 });
    await ann.desk.next('AgentEvent_Talking');
    await Promise.all([hears(ann.ear, [phone], all), hears(phone, [ann.ear], all), customer.hears([], [ann.ear.hertz, phone.hertz]), customer.hearsMusic()]);

    await ann.desk.does(confJoin, { callid: call });
    assert.equal((await bob.next('AgentEvent_Conference')).callid, call);
    await hearEachOther(customer, [ann.ear, phone]);
    await phone.hangUp();
    assert.equal(await bob.next('AgentEvent_Call_Release'), call);
    await hearEachOther(customer, [ann.ear], [phone]);
    await customer.hangUp();
    await ann.done;
  });

  test('is listened in to by an inspector, whose whisper the customer does not hear', async (context) => {
    const { ann, customer } = await talk(context);
    const ida = await cast.agent(undefined, { ccRoleId: 3 });
    await ida.desk.does(qcRequestWhisperAgent, { whisperagentid: ann.desk.workNo });
    const all = [ann.ear, customer, ida.ear];
    await Promise.all([hears(ann.ear, [customer, ida.ear], all), hears(ida.ear, [ann.ear, customer], all)]);
    await customer.neverHears([ida.ear.hertz]);
    await customer.hears([ann.ear.hertz]);
    await ida.desk.does(qcRequestStopWhisperAgent);
    await ida.done;
    await hearEachOther(customer, [ann.ear], [ida.ear]);
    await ann.desk.does(releaseCall);
    await ann.done;
  });

  test('is recorded, the agent on the left and the customer on the right', async (context) => {
    const { ann, customer, call } = await talk(context);
    const fileName = await recordTalk(ann);
    await customer.hangUp();
    await ann.done;
    const inspector = await cast.inspector();
    const all = [ann.ear, customer];
    assertHolds(await downloadTalk(inspector, call, ann.desk), [[ann.ear], [customer]], all);
    assertHolds(await inspector.downloads(recordFileDownload, { recordId: fileName }), [all], all);
  });
});
