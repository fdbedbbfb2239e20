import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { createCast, hearEachOther, type Agent, type Cast } from './cast.ts';
import { openInnerCentre, type InnerCentre } from './inner-centre.ts';
import { freePlace, type Scenario } from './sipp.ts';
import { without } from './without.ts';

/** Where carriers are that take our calls. */
const FAR = '127.0.0.4';
const STRANGER = '127.0.0.5';
const SILENT_MS = 1500;
const GRACE_MS = 500;
/** Longer than anybody's phone rings. */
const RUNG_ENOUGH_MS = 31_000;
const LOSS = ['-lost', '10'];

/** What agents are told. */
const RUNG = ['AgentState_Busy', 'AgentOther_PhoneAlerting'];
const PASSED_OVER = ['AgentEvent_No_Answer', 'AgentState_SetNotReady_Success', 'AgentOther_All_Agent_Busy'];
const OVER = ['AgentState_Work', 'AgentOther_PhoneRelease', 'AgentState_Ready'];

describe('phones and carriers that do not do as they should', { skip: without('sipp'), timeout: 90_000 }, () => {
  let centre: InnerCentre;
  let cast: Cast;
  let carriers = 0;
  /** Calls that are over but for an answer that will never come. */
  let unanswered = 0;
  before(async () => { centre = await openInnerCentre({ silentMs: SILENT_MS, graceMs: GRACE_MS }); });
  after(() => centre?.close());
  afterEach(async () => {
    await cast?.leave();
    await centre?.isQuiet(unanswered);
  });

  /** A carrier that does with our calls as the scenario has it; answers a number that it takes. */
  const carrier = async (scenario: Scenario): Promise<{ readonly number: string; readonly done: Promise<void> }> => {
    carriers += 1;
    const prefix = `13${String(carriers).padStart(2, '0')}`;
    const sipp = await cast.play({ scenario, server: centre.sip, place: await freePlace(FAR), words: { user: 'carrier', ringMs: 100 } });
    await centre.trunk({ name: scenario, peers: [{ host: FAR, port: sipp.place.port, kind: 'UDP' }], called: { rules: [{ pattern: `${prefix}.` }] }, healthMs: 0 });
    return { number: `${prefix}0000001`, done: sipp.done };
  };

  /** Ann, whose phone has been answered, calls a number outside. */
  const callsOut = async (number: string): Promise<Agent> => {
    const ann = await cast.agent(undefined, { ringMs: 0 });
    await ann.desk.does(callOut, { called: number });
    return ann;
  };

  it('a caller who gives up while the agent\'s phone rings leaves nothing behind', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue, { scenario: 'phone-rings' });
    const customer = await cast.caller(queue.number, { talkMs: 600 });
    assert.deepEqual(await ann.desk.upTo('AgentOther_PhoneAlerting'), RUNG);
    await customer.done;
    await ann.done;
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), ['AgentEvent_No_Answer', 'AgentState_Work', 'AgentOther_PhoneRelease', 'AgentState_Ready']);
  });

  it('a caller who thinks better of it before anything is answered leaves nothing behind', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    // Whether the call has got as far as to a phone by then is a matter of milliseconds.
    const ann = await cast.agent(queue, { scenario: 'phone-rings' });
    const customer = await cast.caller(queue.number, { scenario: 'caller-gives-up' });
    await customer.done;
    await centre.isQuiet();
    assert.ok([undefined, 'AgentState_Ready'].includes((await ann.desk.rest()).at(-1)));
  });

  it('an agent whose phone is busy is told so, and gets no more calls', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue, { scenario: 'busy' });
    const customer = await cast.caller(queue.number, { talkMs: 2000 });
    await ann.done;
    assert.deepEqual(await ann.desk.rest(), ['AgentState_Busy', 'AgentOther_PhoneBusy', ...PASSED_OVER]);
    await customer.done;
  });

  it('an agent whose phone has not registered is told so, and gets no more calls', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const desk = await centre.signIn(await centre.account(queue));
    const customer = await cast.caller(queue.number, { talkMs: 1500 });
    assert.deepEqual(await desk.rest(), ['AgentState_Busy', 'AgentOther_PhoneUnknow', ...PASSED_OVER]);
    await customer.done;
    await desk.leave();
  });

  it('a phone that nobody answers is given up, and the call goes to somebody else', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue, { scenario: 'phone-rings' });
    const customer = await cast.caller(queue.number);
    await ann.desk.upTo('AgentOther_PhoneAlerting');
    const bob = await cast.agent(queue);
    await centre.later(RUNG_ENOUGH_MS);
    await ann.done;
    assert.deepEqual(await ann.desk.upTo('AgentState_SetNotReady_Success'), ['AgentEvent_No_Answer', 'AgentState_Work', 'AgentOther_PhoneRelease', 'AgentState_SetNotReady_Success']);
    await bob.desk.upTo('AgentEvent_Talking');
    await hearEachOther(bob.ear, customer.ear);
    await bob.desk.does(releaseCall);
    await Promise.all([customer.done, bob.done]);
  });

  it('a carrier that never answers is given up', async () => {
    cast = createCast(centre);
    const { number, done } = await carrier('silent');
    const ann = await callsOut(number);
    await ann.desk.upTo('AgentOther_PhoneOffhook');
    await centre.later(RUNG_ENOUGH_MS);
    await done;
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), ['AgentState_Busy', 'OUTBOUND_DETECT_EVENT', 'AgentEvent_Call_Out_Fail', 'AgentEvent_Call_Release', ...OVER]);
    await ann.done;
  });

  it('an agent who releases the call while the carrier\'s number rings calls it off', async () => {
    cast = createCast(centre);
    const { number, done } = await carrier('phone-rings');
    const ann = await callsOut(number);
    assert.equal((await ann.desk.next('AgentEvent_Customer_Alerting')).otherPhone, number);
    await ann.desk.does(releaseCall);
    await Promise.all([done, ann.done]);
    assert.equal((await ann.desk.upTo('AgentState_Ready')).includes('AgentEvent_Call_Release'), true);
  });

  it('a number that is busy is told to be', async () => {
    cast = createCast(centre);
    const { number, done } = await carrier('busy');
    const ann = await callsOut(number);
    const { desc, detect } = await ann.desk.next('OUTBOUND_DETECT_EVENT');
    assert.deepEqual([detect, desc], [537, 'The other side is busy.']);
    await Promise.all([done, ann.done]);
  });

  it('a caller who hangs up twice has hung up once', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue);
    const customer = await cast.caller(queue.number, { scenario: 'caller-twice-bye', talkMs: 500 });
    await customer.done;
    await ann.done;
    await ann.desk.upTo('AgentEvent_Talking');
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), ['AgentEvent_Customer_Release', 'AgentEvent_Call_Release', ...OVER]);
    assert.deepEqual(await ann.desk.rest(), []);
  });

  it('with a wrong password nobody registers', async () => {
    cast = createCast(centre);
    const account = await centre.account();
    await cast.registers(account, { password: 'wrong', expected: 401 });
    assert.deepEqual(centre.telephony.registrar.bindingsOf({ user: account.number, realm: 'parley' }), []);
    const { place } = await cast.registers(account);
    assert.equal(centre.telephony.registrar.bindingsOf({ user: account.number, realm: 'parley' }).length, 1);
    await cast.registers(account, { expires: 0, place });
    assert.deepEqual(centre.telephony.registrar.bindingsOf({ user: account.number, realm: 'parley' }), []);
  });

  it('a stranger is asked who that is, and never gets to the engine', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const reports: unknown[] = [];
    const unsubscribe = centre.telephony.port.subscribe((report) => { reports.push(report); });
    const account = await centre.account(queue);
    for (const [user, password] of [['4711', 'made up'], [account.number, 'guessed']] as const) {
      const own = await cast.ear(undefined, STRANGER);
      const sipp = await cast.play({
        scenario: 'stranger', server: centre.sip, place: await freePlace(STRANGER), called: queue.number, ear: own,
        words: { from: user, authentication: `[authentication username=${user} password=${password}]` },
      });
      await sipp.done;
    }
    unsubscribe();
    assert.deepEqual(reports, []);
    assert.equal(await centre.calls(), 0);
  });

  it('a phone calls in as a customer does, when it has shown who it is', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue);
    const account = await centre.account();
    const customer = await cast.caller(queue.number, { account, talkMs: 300 });
    assert.equal((await ann.desk.next('AgentEvent_Talking')).caller, account.number);
    await Promise.all([customer.done, ann.done]);
  });

  it('calls are made and ended where one message in ten is lost', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const agents = await Promise.all([1, 2, 3, 4, 5].map(() => cast.agent(queue, { more: LOSS })));
    const customers = await Promise.all([1, 2, 3, 4, 5].map(() => cast.caller(queue.number, { talkMs: 4000, more: LOSS })));
    await Promise.all(agents.map(({ desk }) => desk.upTo('AgentEvent_Talking')));
    await Promise.all(customers.map(({ done }) => done));
    await Promise.all(agents.map(({ done }) => done));
    // Whoever's last answer was lost has gone, and does not answer again.
    unanswered += agents.length + customers.length;
  });

  it('a carrier that answers and vanishes is found out by its silence', async () => {
    cast = createCast(centre);
    const { number, done } = await carrier('vanishes');
    const ann = await callsOut(number);
    await ann.desk.upTo('AgentEvent_Talking');
    await done;
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), ['AgentEvent_Customer_Release', 'AgentEvent_Call_Release', ...OVER]);
    await ann.done;
    // Its answer to our BYE is waited for as long as RFC 3261 has it (17.1.2.2).
    unanswered += 1;
  });
});
