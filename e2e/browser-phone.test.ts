import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test, type TestContext } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Member, Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../telephony/testing/phones.ts';
import { launchChromium, withoutChromium, type Chromium } from '../telephony/webrtc/testing/chromium.ts';
import { openTelephony, type Telephony } from '../server/adapters/voice/telephony.ts';
import type { VoiceReport } from '../server/engine/voice.ts';
import { createBrowserPhones, type BrowserPhones } from '../server/start/browser-phones.ts';
import { until } from '../server/testing/until.ts';
import { openBrowserPhone, servePages, type BrowserPhone, type PageServer } from './browser/browser-phone.ts';

const LOCALHOST = '127.0.0.1';
const AGENT = '8001';
const CUSTOMER = '8002';
const PASSWORD = 'secret-of-a-phone';
/** What they say, apart from one another and from the tones of keys. */
const AGENT_HERTZ = 1_900;
const CUSTOMER_HERTZ = 440;
const SET_UP_MS = 1_500;
/** A page is there again sooner than that. */
const GRACE_MS = 5_000;
const firstPort = 30_000 + (process.pid % 40) * 400;

let chromium: Chromium;
let pages: PageServer;
let telephony: Telephony;
let browsers: BrowserPhones;
let phones: TestPhones;
let folder: string;
const reports: VoiceReport[] = [];
let names = 0;

const newName = (what: string): string => {
  names += 1;
  return `${what}-${names}`;
};
const does = async (order: Order): Promise<void> => { assert.deepEqual(await telephony.port.perform(order), { ok: true }, order.kind); };
const reported = <Kind extends VoiceReport['kind']>(kind: Kind, leg?: VoiceLeg): readonly Extract<VoiceReport, { kind: Kind }>[] =>
  reports.filter((report): report is Extract<VoiceReport, { kind: Kind }> => report.kind === kind && (leg === undefined || ('leg' in report && report.leg === leg)));
const member = (leg: VoiceLeg, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

/** That a tone is in a telephone's ear, and no other of these. */
async function telephoneHears(telephone: TestPhone, tones: readonly number[], others: readonly number[] = []): Promise<void> {
  await until(() => {
    const heard = telephone.hears([...tones, ...others]);
    return tones.every((hertz) => (heard[hertz] ?? 0) > 0.2) && others.every((hertz) => (heard[hertz] ?? 0) < 0.1);
  }, `${telephone.number} hears ${tones.join()}`).catch((error: unknown) => { throw new Error(JSON.stringify(telephone.hears([...tones, ...others])), { cause: error }); });
}

describe('a browser that is an agent\'s phone', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-browser-'));
    const missing = (): Promise<undefined> => Promise.resolve(undefined);
    telephony = await openTelephony({
      listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }, { kind: 'TCP', address: LOCALHOST, port: 0 }],
      advertised: LOCALHOST, realm: 'parley', threads: 1, graceMs: GRACE_MS, trunks: [], trusted: ['127.0.0.0/8'],
      media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: firstPort, to: firstPort + 199 }, codecs: ['PCMA', 'PCMU', 'G722', 'opus'], music: undefined, silentMs: 8_000 },
      makeFlows: () => ({ begin: () => Promise.resolve('unknownFlow' as never), key: () => undefined, end: () => undefined }),
      secretsOf: (number) => Promise.resolve([AGENT, CUSTOMER].includes(number) ? [PASSWORD] : []),
      isPhone: (number) => Promise.resolve([AGENT, CUSTOMER].includes(number)),
      files: { toPlay: missing, toRecord: (file) => Promise.resolve(join(folder, file)), stored: missing, toRecordOf: () => Promise.resolve({ file: 'x', path: join(folder, 'x') }) },
      onFault: (message, details) => { console.error(message, details); },
    });
    telephony.port.subscribe((report) => { reports.push(report); });
    const [listening] = telephony.transports.listening;
    assert.ok(listening !== undefined);
    phones = await createTestPhones(listening.place, { from: firstPort + 200, to: firstPort + 399 });
    pages = await servePages();
    browsers = createBrowserPhones({ transports: telephony.transports, guests: { isOf: () => false }, corsOrigins: [], trustedProxies: [] });
    browsers.attach(pages.server);
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium.close();
    browsers.stop();
    await pages.close();
    await phones.stop();
    await telephony.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const { leg } of await telephony.port.legs()) await telephony.port.perform({ kind: 'drop', leg, cause: CAUSE.released });
    telephony.registrar.dropAll({ user: AGENT, realm: 'parley' });
    reports.length = 0;
  });

  const openPhone = async (context: TestContext, { registers = true, password = PASSWORD } = {}): Promise<BrowserPhone> => {
    const phone = await openBrowserPhone(await chromium.open(pages.origin), {
      address: `sip:${AGENT}@parley`, user: AGENT, password, socket: `${pages.origin.replace('http', 'ws')}/sip`, registers,
    }, AGENT_HERTZ);
    context.after(async () => phone.page.close().catch(() => undefined));
    return phone;
  };

  /** A telephone that calls in, and is answered. */
  const callIn = async (): Promise<{ readonly customer: TestPhone; readonly leg: VoiceLeg }> => {
    const customer = phones.phone(CUSTOMER, CUSTOMER_HERTZ);
    assert.equal(await customer.register(PASSWORD), 200);
    const arrived = reported('incoming').length;
    await customer.call('1000');
    await until(() => reported('incoming').length > arrived, 'the call comes in');
    const leg = reported('incoming').at(-1)?.leg ?? '';
    await does({ kind: 'answer', leg });
    return { customer, leg };
  };

  /** The two in one room. */
  const talk = async (context: TestContext): Promise<{ readonly phone: BrowserPhone; readonly agent: VoiceLeg; readonly customer: TestPhone; readonly leg: VoiceLeg; readonly room: string }> => {
    const phone = await openPhone(context);
    assert.equal(await phone.registered(), 200);
    const { customer, leg } = await callIn();
    const agent = newName('agent');
    await does({ kind: 'dial', vdnId: 1, leg: agent, to: { kind: 'phone', number: AGENT }, from: '13700000001', ringMs: 30_000, near: leg });
    await phone.becomes('ringing');
    await phone.answer();
    await phone.becomes('up');
    await until(() => reported('answered', agent).length > 0, 'the answer is reported');
    const room = newName('room');
    await does({ kind: 'arrange', room, members: [member(agent), member(leg)] });
    return { phone, agent, customer, leg, room };
  };

  test('registers with its password, and with no other', async (context) => {
    const wrong = await openPhone(context, { password: 'wrong' });
    assert.equal(await wrong.registered(), 401);
    const phone = await openPhone(context);
    assert.equal(await phone.registered(), 200);
    assert.deepEqual(telephony.registrar.bindingsOf({ user: AGENT, realm: 'parley' }).map(({ channel }) => channel.kind), ['WS']);
  });

  test('is called and talks, is held by the desk and by itself, sends keys and is sent some', async (context) => {
    const { phone, agent, customer, leg, room } = await talk(context);
    await phone.hears([CUSTOMER_HERTZ], [AGENT_HERTZ]);
    await telephoneHears(customer, [AGENT_HERTZ], [CUSTOMER_HERTZ]);

    await does({ kind: 'arrange', room, members: [member(agent), member(leg, { to: 'none', hears: false, music: true })] });
    await phone.hears([], [CUSTOMER_HERTZ]);
    await telephoneHears(customer, [], [AGENT_HERTZ]);
    await does({ kind: 'arrange', room, members: [member(agent), member(leg)] });
    await phone.hears([CUSTOMER_HERTZ]);

    await phone.hold();
    await telephoneHears(customer, [], [AGENT_HERTZ]);
    await phone.resume();
    await telephoneHears(customer, [AGENT_HERTZ]);
    await phone.hears([CUSTOMER_HERTZ]);

    await phone.press('15#');
    await until(() => reported('digits', agent).map(({ digits }) => digits).join('') === '15#', 'the keys are reported');
    await phone.press('9', 'INFO');
    await until(() => reported('digits', agent).map(({ digits }) => digits).join('') === '15#9', 'the key is reported');

    await does({ kind: 'arrange', room, members: [member(agent, { hears: false })] });
    await phone.hears([], [CUSTOMER_HERTZ]);
    // Two tones for each key (ITU-T Q.23).
    const heard = phone.hears([852, 1477], [CUSTOMER_HERTZ]);
    await does({ kind: 'digits', leg: agent, digits: '99999999' });
    await heard;
  });

  test('hangs up, and is hung up on', async (context) => {
    const first = await talk(context);
    await first.phone.hangUp();
    await until(() => reported('ended', first.agent).length > 0, 'the end is reported');
    assert.equal(reported('ended', first.agent)[0]?.cause, CAUSE.normal);
    await first.phone.page.close();
    const second = await talk(context);
    await does({ kind: 'drop', leg: second.agent, cause: CAUSE.released });
    await second.phone.becomes('gone');
    assert.deepEqual((await second.phone.end())[0], 'Terminated');
  });

  test('is closed, or crashes, and its call ends', async (context) => {
    for (const how of ['closed', 'crashed'] as const) {
      const { phone, agent, customer, leg } = await talk(context);
      await telephoneHears(customer, [AGENT_HERTZ]);
      const begun = Date.now();
      await phone.page.close(how);
      await until(() => reported('ended', agent).length > 0, 'the end is reported');
      context.diagnostic(`${how}: the call ended after ${Date.now() - begun} ms`);
      assert.equal(reported('ended', agent)[0]?.cause, CAUSE.internalError);
      await until(() => telephony.registrar.bindingsOf({ user: AGENT, realm: 'parley' }).length === 0, 'it is registered no more');
      await does({ kind: 'drop', leg, cause: CAUSE.released });
      await until(() => customer.state() === 'gone', 'the customer is let go');
    }
  });

  test('is loaded anew while it talks, and takes its call up again', async (context) => {
    for (const how of ['closed', 'crashed'] as const) {
      const { phone, agent, customer, leg } = await talk(context);
      await telephoneHears(customer, [AGENT_HERTZ]);
      const replaces = await phone.replaces();
      await phone.page.close(how);
      const again = await openPhone(context);
      assert.equal(await again.registered(), 200);
      await again.call('sip:parley@parley', [`Replaces: ${replaces}`]);
      await again.becomes('up');
      await again.hears([CUSTOMER_HERTZ]);
      await telephoneHears(customer, [AGENT_HERTZ]);
      await new Promise((resolve) => { setTimeout(resolve, GRACE_MS); });
      assert.deepEqual(reported('ended', agent), [], 'whoever was there has come back');
      await again.hangUp();
      await until(() => reported('ended', agent).length > 0, 'the end is reported');
      await does({ kind: 'drop', leg, cause: CAUSE.released });
      await until(() => customer.state() === 'gone', 'the customer is let go');
      await again.page.close();
    }
  });

  test('calls, and both hear one another soon', async (context) => {
    const { customer, leg } = await callIn();
    const phone = await openPhone(context, { registers: false });
    await phone.page.until('phone.connected');
    reports.length = 0;
    const room = newName('room');
    const connecting = (async () => {
      while (reported('incoming').length === 0) await new Promise((resolve) => { setImmediate(resolve); });
      const calling = reported('incoming')[0]?.leg ?? '';
      await does({ kind: 'arrange', room, members: [member(calling), member(leg)] });
      await does({ kind: 'answer', leg: calling });
    })();
    const begun = performance.now();
    const pageHears = phone.page.evaluate<number>(`(phone.call('sip:1000@parley'), phone.hearsFirst([${CUSTOMER_HERTZ}], -60))`);
    await until(() => (customer.hears([AGENT_HERTZ])[AGENT_HERTZ] ?? 0) > 0.2, 'the telephone hears the browser', 20_000, 2).catch(async (error: unknown) => { throw new Error(JSON.stringify([reports, await phone.state(), await phone.end(), customer.state(), await telephony.port.legs(), phone.page.complaints()]), { cause: error }); });
    const telephoneMs = performance.now() - begun;
    const pageMs = await pageHears;
    await connecting;
    context.diagnostic(`from the call to the first sound: ${Math.round(pageMs)} ms in the page, ${Math.round(telephoneMs)} ms at the telephone`);
    assert.ok(pageMs < SET_UP_MS && telephoneMs < SET_UP_MS, `${pageMs} ms, ${telephoneMs} ms`);
  });
});
