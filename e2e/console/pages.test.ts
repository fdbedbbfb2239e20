import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyProcess } from '../parley-process.ts';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { PASSWORD, type People } from './console-people.ts';
import { openConsole, type OpenConsole } from './open-console.ts';
import { stumbles } from './stumbles.ts';

const PLACES_OF_AN_OPERATOR = 15;

let opened: OpenConsole;
let parley: ParleyProcess;
let browser: ConsoleBrowser;
let people: People;

/** The addresses of all places that the navigation offers. */
const placesOf = (page: Page): Promise<readonly string[]> =>
  page.getByRole('navigation').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

/** Opens a place, and waits until nothing in it is loading. */
async function enter(page: Page, path: string): Promise<void> {
  await page.goto(parley.url + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

async function everyPlaceIsFit(page: Page, paths: readonly string[]): Promise<void> {
  const complaints = complaintsOf(page);
  const found: string[] = [];
  for (const path of paths) {
    await enter(page, path);
    for (const stumble of await stumbles(page)) found.push(`${path}: ${stumble}`);
  }
  assert.deepEqual(found, []);
  assert.deepEqual(complaints, []);
}

describe('the pages of the console', { skip: withoutChromium() }, () => {
  before(async () => {
    opened = await openConsole();
    ({ parley, people, browser } = opened);
  });
  after(() => opened?.close());

  test('can be used by everybody: the door', async () => {
    const page = await (await browser.person()).newPage();
    await page.goto(`${parley.url}/console/`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await stumbles(page), []);
  });

  test('can be used by everybody: those of an administrator, in English and in the light', async () => {
    const page = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD);
    await everyPlaceIsFit(page, await placesOf(page));
  });

  test('can be used by everybody: those of an operator, in Chinese and in the dark', async () => {
    const person = await browser.person();
    const page = await signIn(person, parley.url, people.operator, PASSWORD);
    await page.evaluate((vdnId) => {
      localStorage.setItem('parley.language', 'zh');
      localStorage.setItem('mantine-color-scheme-value', 'dark');
      sessionStorage.setItem('parley.tenant', vdnId);
    }, String(people.demo.vdnId));
    await page.reload();
    await page.getByRole('link', { name: '技能队列' }).waitFor();
    const paths = await placesOf(page);
    assert.ok(paths.length > PLACES_OF_AN_OPERATOR, paths.join());
    await everyPlaceIsFit(page, paths);
    const english = await page.locator('body').innerText();
    assert.doesNotMatch(english, /\bSave\b|\bCancel\b|\bLoading\b/);
  });

  test('can be used by everybody: those of an agent, on a telephone', async () => {
    const [alice] = people.demo.agents;
    assert.ok(alice);
    const page = await signIn(await browser.person({ width: 390, height: 844 }), parley.url, alice.account, alice.accountPassword);
    await everyPlaceIsFit(page, ['/console/', '/console/desk', '/console/calls', '/console/recordings']);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 390, `nothing is wider than the screen: ${width}`);
  });
});
