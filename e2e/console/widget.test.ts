import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import { freePlace } from '../voice/sipp.ts';
import { makeDataFolder, startParley, type ParleyProcess } from '../parley-process.ts';
import { complaintsOf, launchConsoleBrowser, type ConsoleBrowser } from './console-browser.ts';
import { invitePeople, type People } from './console-people.ts';
import { hears, lendAnEar } from './page-ear.ts';

const RTP_PORTS = 200;
const firstRtpPort = 52_000 + (process.pid % 20) * RTP_PORTS;

const folder = makeDataFolder();
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;
/** A web site that is not Parley's, with what stands at `page` in it. */
let site: Server;
let siteOrigin: string;
let page = '';

const statusIs = (customer: Page, words: RegExp): Promise<void> => customer.getByRole('dialog', { name: 'Call us' }).getByRole('status').filter({ hasText: words }).waitFor();
const demoLink = (): string => /http:\S+\/console\/#demo=\S+/.exec(parley.output())?.[0] ?? '';

async function openSite(person: BrowserContext, html: string): Promise<Page> {
  page = html;
  const opened = await person.newPage();
  await opened.goto(siteOrigin);
  return opened;
}

describe('a newcomer', { skip: withoutChromium(), timeout: 240_000 }, () => {
  before(async () => {
    parley = await startParley(folder.path, {
      PARLEY_LOG_LEVEL: 'warn', PARLEY_RTP_PORTS: `${firstRtpPort}-${firstRtpPort + RTP_PORTS - 1}`, PARLEY_SIP_PORT: String((await freePlace()).port), PARLEY_SIPS_PORT: String((await freePlace()).port),
    });
    browser = await launchConsoleBrowser();
    site = createServer((_request, reply) => { reply.setHeader('content-type', 'text/html').end(page); }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    siteOrigin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  after(async () => {
    site?.closeAllConnections();
    site?.close();
    await browser?.close();
    await parley?.end('SIGTERM');
    folder.remove();
  });

  test('opens the one link, is an agent, calls as a customer and talks', async () => {
    const newcomer = await browser.person();
    await lendAnEar(newcomer);
    const desk = await newcomer.newPage();
    const complaints = [complaintsOf(desk)];
    await desk.goto(demoLink());
    await desk.getByRole('button', { name: 'Alice' }).click();

    await desk.getByRole('heading', { name: 'Start here' }).waitFor();
    assert.ok(!desk.url().includes('demo'), 'the token does not stay in the address');
    const step = (title: string) => desk.getByRole('listitem').filter({ has: desk.getByRole('heading', { name: title }) });
    await step('Be ready at your desk').getByRole('link').click();
    await desk.getByRole('button', { name: 'Open the desk' }).click();
    await desk.getByText('Ready', { exact: true }).first().waitFor();

    await desk.getByRole('link', { name: 'Start here' }).click();
    await step('Be ready at your desk').getByText('Done').waitFor();
    const opening = newcomer.waitForEvent('page');
    await step('Call as a customer').getByRole('link').click();
    const customer = await opening;
    complaints.push(complaintsOf(customer));
    await customer.getByRole('button', { name: 'Call us' }).click();
    await customer.getByRole('button', { name: 'Call now' }).click();
    await statusIs(customer, /Waiting/);

    await desk.getByRole('link', { name: 'My desk' }).click();
    await desk.getByRole('button', { name: /^Answer/ }).first().click();
    await statusIs(customer, /You are talking/);
    await Promise.all([hears(customer), hears(desk)]);
    // Records count seconds of the clock: a talk that is over within one is none to them.
    await desk.getByText(/^0:0[2-9]$/).first().waitFor();

    await customer.getByRole('button', { name: 'Mute', exact: true }).click();
    await statusIs(customer, /muted/);
    await customer.getByRole('button', { name: 'Hang up' }).click();
    await statusIs(customer, /You hung up/);
    await desk.getByRole('link', { name: 'Start here' }).click();
    await step('Answer and talk').getByText('Done').waitFor();
    await step('Look at the call').getByRole('link').click();
    await desk.getByText('+491711234567').first().waitFor();
    assert.deepEqual(complaints.flat(), []);
    await newcomer.close();
  });

  test('is somebody else by the user\'s menu, and nobody by a link of yesterday', async () => {
    const newcomer = await browser.person();
    const console = await newcomer.newPage();
    await console.goto(demoLink());
    await console.getByRole('button', { name: 'Ada' }).click();
    await console.getByRole('heading', { name: 'Make a queue' }).waitFor();
    await console.getByRole('button', { name: 'Ada' }).click();
    await console.getByRole('menuitem', { name: 'Be somebody else' }).click();
    await console.getByRole('button', { name: 'Ida' }).click();
    await console.getByRole('heading', { name: 'See it on the live board' }).waitFor();
    await newcomer.close();

    const late = await browser.person();
    const door = await late.newPage();
    await door.goto(demoLink().replace(/demo=.*/, 'demo=yesterday'));
    await door.getByText('This link has expired').waitFor();
    await door.getByRole('textbox', { name: 'Account' }).waitFor();
    await late.close();
  });

  test('puts the button into a page of another site by one tag, which leaves nothing else there', async () => {
    people ??= await invitePeople(parley, folder.path);
    const { id: key } = await people.asOperator.ask(createWidgetKey, { name: 'Site', origins: [siteOrigin], accessCodes: [people.demo.accessCodes[0]?.code ?? ''] });
    const tag = (number: string): string => `<script src="${parley.url}/widget/widget.js" data-key="${key}" data-number="${number}" data-label="Ask us" data-position="left" async></script>`;
    const visitor = await browser.person();
    const shown = await openSite(visitor, '<!doctype html><html lang="en"><title>Site</title><p>Site</p></html>');
    const globals = await shown.evaluate<readonly string[]>('Object.getOwnPropertyNames(window)');
    await shown.close();

    const shop = await openSite(visitor, `<!doctype html><html lang="en"><title>Site</title><p>Site</p>${tag(people.demo.accessCodes[0]?.code ?? '')}</html>`);
    await shop.getByRole('button', { name: 'Ask us' }).click();
    assert.deepEqual((await shop.evaluate<readonly string[]>('Object.getOwnPropertyNames(window)')).filter((name) => !globals.includes(name)), []);
    await shop.getByRole('button', { name: 'Call now' }).press('Enter');
    // Nobody is on duty for it, or somebody is: the call has come through.
    await statusIs(shop, /Waiting|You are talking|Nobody could take/);
    await shop.keyboard.press('Escape');
    await shop.getByRole('dialog').waitFor({ state: 'hidden' });
    await shop.close({ runBeforeUnload: false });

    const wrong = await openSite(visitor, `<!doctype html><html lang="en"><title>Site</title>${tag('999')}</html>`);
    await wrong.getByRole('button', { name: 'Ask us' }).click();
    await wrong.getByRole('button', { name: 'Call now' }).click();
    await statusIs(wrong, /cannot be called from this page/);
    await visitor.close();
  });

  test('without a microphone is told what to do', async () => {
    const visitor = await browser.person({ language: 'en' });
    await visitor.addInitScript('navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));');
    const shop = await visitor.newPage();
    await shop.goto(`${parley.url}/widget/customer.html?key=wk-x&number=1000`);
    await shop.getByRole('button', { name: 'Call us' }).click();
    await shop.getByRole('button', { name: 'Call now' }).click();
    await statusIs(shop, /Allow it at the address bar/);
    await shop.getByRole('button', { name: 'Call again' }).waitFor();
    await visitor.close();
  });
});
