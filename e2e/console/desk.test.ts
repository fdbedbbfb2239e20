import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentForceLogout } from '@parley/contract/gateway/agent-session.ts';
import { createClient } from '@parley/contract/client.ts';
import { showDesk } from '@parley/contract/admin/desk.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../../telephony/testing/phones.ts';
import { makeDataFolder, readDemo, startParley, type Demo, type ParleyProcess } from '../parley-process.ts';
import { atDesk, openDesk, type OpenedDesk } from './browser-desk.ts';
import { launchConsoleBrowser, type ConsoleBrowser } from './console-browser.ts';
import { clientOf } from './console-people.ts';

const CUSTOMER_HERTZ = 440;
/** A page that is cut off in the middle of a call is waited for so long. */
const GRACE_MS = 15_000;
/** What a colleague does is seen so soon; a page that only looked every three seconds would be too late for one of so many holds. */
const SEEN_MS = 1000;
const HOLDS = 3;

const folder = makeDataFolder();
const ports = { sip: 24_000 + (process.pid % 200), rtp: 25_000 + (process.pid % 100) * 40 };
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let phones: TestPhones;
let demo: Demo & { readonly agents: readonly { readonly sipPassword: string }[] };
let alice: OpenedDesk;
let bob: OpenedDesk;
let customer: TestPhone;

const bothHear = async (): Promise<void> => { await Promise.all([alice.hears(), bob.hears()]); };

describe('the agent\'s desk in a browser', { skip: withoutChromium(), timeout: 180_000 }, () => {
  before(async () => {
    [parley, browser] = await Promise.all([
      startParley(folder.path, { PARLEY_SIP_PORT: String(ports.sip), PARLEY_RTP_PORTS: `${ports.rtp + 10_000}-${ports.rtp + 10_199}` }), launchConsoleBrowser(),
    ]);
    demo = readDemo(folder.path) as typeof demo;
    phones = await createTestPhones({ address: '127.0.0.1', port: ports.sip }, { from: ports.rtp, to: ports.rtp + 39 });
    const [first, second] = demo.agents;
    assert.ok(first !== undefined && second !== undefined);
    [alice, bob] = await Promise.all([openDesk(browser, parley.url, first), openDesk(browser, parley.url, second)]);
    await Promise.all([alice, bob].map(({ page }) => page.getByText('Phone ready').waitFor()));
    // Another phone of the demo, which calls in as a customer does.
    const { phone, sipPassword } = demo.agents[3] ?? assert.fail('the demo has four agents');
    customer = phones.phone(phone, CUSTOMER_HERTZ);
    assert.equal(await customer.register(sipPassword), 200);
  });
  after(async () => {
    customer?.hangUp();
    await browser?.close();
    await phones?.stop();
    await parley?.end('SIGTERM');
    folder.remove();
  });

  test('agents call one another, hear each other, and hang up', async () => {
    await alice.press(/^Bob/);
    await bob.press('Answer');
    await alice.is('Talking');
    await bothHear();
    await alice.page.keyboard.press('Alt+m');
    await alice.button('Unmute').waitFor();
    await alice.press('Unmute');
    await alice.button('Mute').waitFor();
    await bob.press('Hang up');
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
  });

  test('an agent sees at once that a colleague holds, of which no event of the gateway tells', async (context) => {
    await alice.press(/^Bob/);
    await bob.press('Answer');
    await alice.is('Talking');
    const held = alice.page.getByText(/Bob.* · on hold/);
    let slowest = 0;
    for (let time = 0; time < HOLDS; time += 1) {
      await bob.press('Hold');
      await bob.button('Resume').waitFor();
      const begun = Date.now();
      await held.waitFor();
      slowest = Math.max(slowest, Date.now() - begun);
      await bob.press('Resume');
      await held.waitFor({ state: 'detached' });
    }
    context.diagnostic(`seen ${slowest} ms after the colleague's own page shows it, at the slowest`);
    assert.ok(slowest < SEEN_MS, `${slowest} ms`);
    await bob.press('Hang up');
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
  });

  test('a page that is loaded anew in the middle of a call goes on with it, with sound on both sides', async (context) => {
    await alice.press(/^Bob/);
    await bob.press('Answer');
    await bothHear();
    const begun = Date.now();
    await alice.page.reload();
    await alice.button('Hold').waitFor();
    await bothHear();
    const ms = Date.now() - begun;
    context.diagnostic(`sound is back ${ms} ms after the reload`);
    assert.ok(ms < GRACE_MS, `${ms} ms`);
    await alice.is('Talking');
    await alice.press('Hang up');
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
  });

  test('a customer is answered by a key, put on hold, talked about with a colleague, joined by that one, and passed on', async () => {
    await bob.page.keyboard.press('Alt+y');
    await bob.is('Busy');
    await customer.call(demo.accessCodes[0]?.code ?? '');
    await alice.button('Answer').waitFor();
    await alice.page.keyboard.press('Alt+a');
    await alice.is('Talking');
    await alice.hears();

    await alice.page.keyboard.press('Alt+o');
    await alice.press('Resume');
    await alice.is('Talking');

    await bob.page.keyboard.press('Alt+r');
    await bob.is('Ready');
    await alice.page.keyboard.press('Alt+t');
    await alice.press(/^Bob/);
    await alice.press('Talk first');
    await bob.press('Answer');
    await alice.is('Consulting');
    await bothHear();
    await alice.press('Join all three');
    await alice.is('Three talking');
    await bob.hears();
    await alice.press('Send Bob away');
    await Promise.all([alice.is('Talking'), bob.is('Ready')]);

    await alice.page.keyboard.press('Alt+t');
    await alice.press(/^Bob/);
    await alice.press('Transfer when answered');
    await bob.press('Answer');
    await Promise.all([alice.is('Ready'), bob.is('Talking')]);
    await bob.hears();
    customer.hangUp();
    await bob.is('Ready');
  });

  test('a second tab says that the desk is open in another one, and takes it over in the middle of a call', async () => {
    await bob.press(/^Alice/);
    await alice.press('Answer');
    await bothHear();
    const page = await alice.person.newPage();
    await page.goto(`${parley.url}/console/desk`);
    const second = atDesk(alice.person, page);
    await second.press('Take it over');
    await alice.page.getByText('open in another tab').waitFor();
    await second.is('Talking');
    await Promise.all([second.hears(), bob.hears()]);
    await second.page.close();
    // Whoever is left has it again by itself.
    await alice.is('Talking');
    await bothHear();
    await bob.press('Hang up');
    await alice.is('Ready');
  });

  test('the call goes along to other pages', async () => {
    await bob.press(/^Alice/);
    await alice.page.getByRole('link', { name: 'Calls' }).click();
    const bar = alice.page.getByRole('region', { name: 'Your call' });
    await bar.getByRole('button', { name: 'Answer' }).click();
    await bar.getByText('Talking', { exact: true }).waitFor();
    await bothHear();
    await bar.getByRole('button', { name: 'Hang up' }).click();
    await alice.page.getByRole('link', { name: 'To the desk' }).click();
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
  });

  test('says that its session has ended when somebody else has ended it, and opens anew', async () => {
    const { account, accountPassword } = demo.agents[0] ?? assert.fail('the demo has agents');
    const session = await clientOf(parley.url, account, accountPassword);
    const { guid, workNo } = (await session.ask(showDesk, {})).desk ?? assert.fail('the agent is signed in');
    await createClient({ baseUrl: parley.url, authorize: () => ({ Guid: guid }) }).call(agentForceLogout, { agentid: workNo });
    await alice.page.getByText('Your session at the desk has ended').waitFor();
    await alice.press('Open the desk');
    await alice.is('Ready');
    await alice.press('Leave the desk');
    await alice.button('Open the desk').waitFor();
    assert.deepEqual([...alice.complaints, ...bob.complaints], []);
  });
});
