import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { createTrunk } from '@parley/contract/admin/trunk.ts';
import { until } from '../../server/testing/until.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../../telephony/testing/phones.ts';
import { withoutChromium } from '../../telephony/webrtc/testing/chromium.ts';
import { openDesk, type OpenedDesk } from './browser-desk.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

const CUSTOMER = { number: '13800000002', hertz: 440 } as const;
const OUTSIDE = { number: '13900000001', hertz: 1000 } as const;
const BYE = { code: '6001', name: 'Goodbye' } as const;
const QUESTION = { code: '6002', name: 'One question' } as const;

/** What has come of it goes along with the call. */
const ASKS = { start: 'keep', nodes: { keep: { type: 'set', variable: 'data', to: '\'score=5\'', next: 'end' }, end: { type: 'return' } } } as const;

const PATIENCE_MS = 30_000;
const LOOK_MS = 200;

const ports = { sip: 26_200 + (process.pid % 200), rtp: 26_400 + (process.pid % 50) * 40 };
let opened: OpenConsole;
let phones: TestPhones;
let alice: OpenedDesk;
let bob: OpenedDesk;
let customer: TestPhone;
let outside: TestPhone;

const isIn = (phone: TestPhone, state: ReturnType<TestPhone['state']>): Promise<void> => until(() => phone.state() === state, `the phone of ${phone.number} is ${state}`);
const hearOneAnother = (): Promise<void> => until(() => (customer.hears([OUTSIDE.hertz])[OUTSIDE.hertz] ?? 0) > 0.3 && (outside.hears([CUSTOMER.hertz])[CUSTOMER.hertz] ?? 0) > 0.3, 'they hear one another');

async function answerCustomer(): Promise<void> {
  await customer.call(opened.people.demo.accessCodes[0]?.code ?? '');
  await alice.press('Answer');
  await alice.is('Talking');
}

async function answerOutside(): Promise<void> {
  await isIn(outside, 'ringing');
  await outside.answer();
  await isIn(outside, 'up');
}

/** In the panel of the agent's call: to what kind of place, to which of them, and how. */
async function transfer(kind: string, target: string, way: string): Promise<void> {
  await alice.press('Transfer');
  const panel = alice.page.getByRole('region', { name: 'To whom' });
  await panel.getByText(kind, { exact: true }).click();
  if (kind === 'Number') await panel.getByRole('textbox', { name: 'Number' }).fill(target);
  else await panel.getByRole('button', { name: target }).click();
  await panel.getByRole('button', { name: way, exact: true }).click();
}

/** Of the call nothing is left, and Alice takes the next one. */
async function ready(): Promise<void> {
  await alice.button('Call').waitFor();
  await alice.page.keyboard.press('Alt+r');
  await alice.is('Ready');
}

describe('the desk and what is outside', { skip: withoutChromium(), timeout: 180_000 }, () => {
  before(async () => {
    opened = await openConsole({ PARLEY_SIP_PORT: String(ports.sip), PARLEY_RTP_PORTS: `${ports.rtp + 2000}-${ports.rtp + 2199}` });
    const { browser, parley, people } = opened;
    phones = await createTestPhones({ address: '127.0.0.1', port: ports.sip }, { from: ports.rtp, to: ports.rtp + 39 });
    [customer, outside] = [phones.phone(CUSTOMER.number, CUSTOMER.hertz), phones.phone(OUTSIDE.number, OUTSIDE.hertz)];
    await people.asOperator.ask(createTrunk, { name: 'carrier', peers: [{ host: phones.place.address, port: phones.place.port, kind: 'UDP' }], healthMs: 0 });
    await people.asOperator.ask(createIvrFlow, { accessCode: BYE.code, description: BYE.name, definition: { start: 'end', nodes: { end: { type: 'hangUp' } } } });
    await people.asOperator.ask(createIvrFlow, { accessCode: QUESTION.code, description: QUESTION.name, definition: ASKS });
    const [first, second] = people.demo.agents;
    assert.ok(first !== undefined && second !== undefined);
    [alice, bob] = await Promise.all([openDesk(browser, parley.url, first), openDesk(browser, parley.url, second)]);
    await Promise.all([alice, bob].map(({ page }) => page.getByText('Phone ready').waitFor()));
    // Customers come to Alice.
    await bob.page.keyboard.press('Alt+y');
    await bob.is('Busy');
  });
  after(async () => {
    customer?.hangUp();
    outside?.hangUp();
    await phones?.stop();
    await opened?.close();
  });

  test('a number is dialled as people write it, answers, hears keys, and is hung up on', async () => {
    await alice.page.getByRole('textbox', { name: 'Call somebody' }).fill('139 0000-0001');
    await alice.press('Call');
    await alice.is('Dialling');
    await answerOutside();
    await alice.is('Talking');
    await alice.hears();
    await alice.press('Keypad');
    await alice.press('5');
    await until(() => outside.keysSent() === '5', 'the key has come');
    await alice.press('Hang up');
    await isIn(outside, 'gone');
    await ready();
  });

  test('a customer is passed on to a number outside: at once, when it answers, and after a word with it, or comes back', async () => {
    await answerCustomer();
    await transfer('Number', OUTSIDE.number, 'Transfer now');
    await answerOutside();
    await hearOneAnother();
    await ready();
    customer.hangUp();
    await isIn(outside, 'gone');

    await answerCustomer();
    await transfer('Number', OUTSIDE.number, 'Talk first');
    await answerOutside();
    await alice.hears();
    await alice.press('Back to the customer');
    await isIn(outside, 'gone');
    await alice.is('Talking');
    await transfer('Number', OUTSIDE.number, 'Transfer when answered');
    await answerOutside();
    await hearOneAnother();
    await ready();
    outside.hangUp();
    await isIn(customer, 'gone');
  });

  test('a customer is lent to a flow, which gives the call back, and passed on to one, which ends it', async () => {
    await answerCustomer();
    await transfer('Call flow', QUESTION.name, 'Lend, and get it back');
    // While the call is away another tab may have come to the front.
    await until(async () => {
      await alice.page.getByRole('tab', { name: 'Call data' }).click();
      return alice.page.getByText('score=5').isVisible();
    }, 'the call is back with what the flow has noted', PATIENCE_MS, LOOK_MS);
    await alice.is('Talking');
    await alice.hears();
    await transfer('Call flow', BYE.name, 'Transfer now');
    await isIn(customer, 'gone');
    await ready();
  });

  test('the chair of a conference hands it over, and whoever has it ends the conference for all', async () => {
    await bob.page.keyboard.press('Alt+r');
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
    await alice.press('Begin a conference');
    const invited = alice.page.getByRole('textbox', { name: 'Work numbers or telephone numbers' }).or(alice.page.getByRole('combobox', { name: 'Work numbers or telephone numbers' })).first();
    await invited.fill(opened.people.demo.agents[1]?.workNo ?? '');
    await invited.press('Enter');
    await alice.page.getByRole('region', { name: 'Begin a conference' }).getByRole('button', { name: 'Begin a conference' }).click();
    await bob.press('Join');
    const peopleOf = ({ page }: OpenedDesk) => page.getByRole('region', { name: 'In the conference' });
    await peopleOf(bob).getByText('Bob', { exact: true }).waitFor();
    assert.equal(await peopleOf(bob).getByRole('button', { name: 'End it for all' }).count(), 0);
    await alice.press('Hand the chair over to Bob');
    await bob.press('End it for all');
    await Promise.all([alice.is('Ready'), bob.is('Ready')]);
    assert.deepEqual([...alice.complaints, ...bob.complaints], []);
  });
});
