import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { confBatchAdd, confChangeParticipantMode } from '@parley/contract/gateway/agent-conference-participant.ts';
import { confAnswer, confRelease, confRequest } from '@parley/contract/gateway/agent-conference.ts';
import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { beginMute, confJoin, endMute, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { qcRequestStopWhisperAgent, qcRequestWhisperAgent } from '@parley/contract/gateway/inspection.ts';
import { until } from '../../server/testing/until.ts';
import { createCast, hearEachOther, hears, hearsMusic, neverHears, type Cast, type Talk } from './cast.ts';
import type { Centre } from './centre.ts';
import { openParleyCentre } from './parley-centre.ts';
import { without } from './without.ts';

/** What an agent is told from the call that is offered to the first word. */
const PUT_THROUGH = ['AgentState_Busy', 'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentEvent_Auto_Answer', 'AgentEvent_Incoming_CallInfo', 'AgentEvent_Talking'];
const CUSTOMER_GONE = ['AgentEvent_Customer_Release', 'AgentEvent_Call_Release', 'AgentState_Work', 'AgentOther_PhoneRelease', 'AgentState_Ready'];

describe('calls with SIPp and baresip', { skip: without('sipp', 'baresip'), timeout: 240_000 }, () => {
  let centre: Centre;
  let cast: Cast;
  before(async () => { centre = await openParleyCentre(); });
  after(() => centre?.close());
  afterEach(() => cast?.leave());

  const talk = (): Promise<Talk> => {
    cast = createCast(centre);
    return cast.talk();
  };

  it('a caller reaches an agent, they hear each other, and the caller hangs up', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue);
    const customer = await cast.caller(queue.number, { talkMs: 1500 });
    assert.deepEqual(await ann.desk.upTo('AgentEvent_Incoming_CallInfo'), PUT_THROUGH.slice(0, -1));
    const talking = await ann.desk.next('AgentEvent_Talking');
    assert.deepEqual([talking.caller, talking.called], [customer.number, queue.number]);
    await hearEachOther(ann.ear, customer.ear);
    await customer.done;
    await ann.done;
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), CUSTOMER_GONE);
  });

  it('a caller comes over TCP', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue);
    const customer = await cast.caller(queue.number, { more: ['-t', 't1'] });
    await ann.desk.upTo('AgentEvent_Talking');
    await hearEachOther(ann.ear, customer.ear);
    await ann.desk.does(releaseCall);
    await Promise.all([customer.done, ann.done]);
  });

  it('a phone of another make calls in as customers do, and hangs up', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const ann = await cast.agent(queue);
    const { phone } = await cast.baresip(undefined);
    await phone.call(queue.number);
    const { caller, called } = await ann.desk.next('AgentEvent_Talking');
    assert.deepEqual([caller, called], [phone.number, queue.number]);
    await hearEachOther(ann.ear, phone);
    await phone.hangUp();
    await ann.done;
    assert.deepEqual(await ann.desk.upTo('AgentState_Ready'), CUSTOMER_GONE);
  });

  it('whoever waits for an agent hears music until there is one', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const busy = await cast.agent(queue, { scenario: 'phone', ringMs: 1500 });
    const customer = await cast.caller(queue.number);
    await hearsMusic(customer.ear);
    await busy.desk.upTo('AgentEvent_Talking');
    await hearEachOther(busy.ear, customer.ear);
    await busy.desk.does(releaseCall);
    await Promise.all([customer.done, busy.done]);
  });

  it('a customer on hold hears music, the agent nobody, and both each other when the call is taken back', async () => {
    const { ann, customer, call } = await talk();
    await ann.desk.does(holdCall);
    assert.equal(await ann.desk.next('AgentEvent_Hold'), call);
    await Promise.all([hears(ann.ear, [], [customer.ear]), hears(customer.ear, [], [ann.ear]), hearsMusic(customer.ear)]);
    await ann.desk.does(getHold);
    assert.equal((await ann.desk.next('AgentEvent_Talking')).callid, call);
    await hearEachOther(ann.ear, customer.ear);

    await ann.desk.does(beginMute);
    await Promise.all([hears(ann.ear, [customer.ear], [customer.ear]), hears(customer.ear, [], [ann.ear])]);
    await ann.desk.does(endMute);
    await hearEachOther(ann.ear, customer.ear);
    await ann.desk.does(releaseCall);
    await Promise.all([customer.done, ann.done]);
  });

  it('a call is transferred to a colleague blindly', async () => {
    const { queue, ann, customer, call } = await talk();
    const bob = await cast.agent(queue);
    await ann.desk.does(transferCall, { devicetype: 2, mode: 0, address: String(bob.desk.workNo) });
    await ann.done;
    assert.equal(await ann.desk.next('AgentEvent_Call_Release'), call);
    assert.equal((await bob.desk.next('AgentEvent_Talking')).callid, call);
    await hearEachOther(bob.ear, customer.ear);
    await bob.desk.does(releaseCall);
    await Promise.all([customer.done, bob.done]);
  });

  it('a colleague on another make of phone is consulted while the customer waits, and then all three talk', async () => {
    const { queue, ann, customer, call } = await talk();
    const { desk: bob, phone } = await cast.baresip(queue);
    const all = [ann.ear, customer.ear, phone];
    await ann.desk.does(innerHelp, { dstaddress: String(bob.workNo), mode: 1 });
    assert.deepEqual(await ann.desk.upTo('AgentEvent_Talking'), ['AgentEvent_Hold', 'AgentEvent_Customer_Alerting', 'AgentEvent_Talking']);
    await Promise.all([hears(ann.ear, [phone], all), hears(phone, [ann.ear], all), hears(customer.ear, [], all), hearsMusic(customer.ear)]);

    await ann.desk.does(confJoin, { callid: call });
    assert.equal((await ann.desk.next('AgentEvent_Conference')).callid, call);
    assert.equal((await bob.next('AgentEvent_Conference')).callid, call);
    await hearEachOther(...all);
    await phone.hangUp();
    assert.equal(await bob.next('AgentEvent_Call_Release'), call);
    await hearEachOther(ann.ear, customer.ear);
    await ann.desk.does(releaseCall);
    await Promise.all([customer.done, ann.done]);
  });

  it('an inspector who whispers is heard by the agent alone', async () => {
    const { ann, customer } = await talk();
    const ida = await cast.agent(undefined, { ccRoleId: 3 });
    await ida.desk.does(qcRequestWhisperAgent, { whisperagentid: ann.desk.workNo });
    const all = [ann.ear, customer.ear, ida.ear];
    await Promise.all([hears(ann.ear, [customer.ear, ida.ear], all), hears(ida.ear, [ann.ear, customer.ear], all)]);
    await neverHears(customer.ear, ida.ear);
    await hears(customer.ear, [ann.ear], all);
    await ida.desk.does(qcRequestStopWhisperAgent);
    await ida.done;
    await hearEachOther(ann.ear, customer.ear);
    await ann.desk.does(releaseCall);
    await Promise.all([customer.done, ann.done]);
  });

  it('an agent\'s conference takes the customer in and calls a colleague, and the chair says who may speak', async () => {
    const { queue, ann, customer } = await talk();
    const { desk: bob, phone } = await cast.baresip(queue);
    const all = [ann.ear, customer.ear, phone];
    await ann.desk.does(confRequest, { memberNum: 4 });
    await ann.desk.next('AgentConf_RequestSuccess');
    await hearEachOther(ann.ear, customer.ear);
    const address = { addressType: '9', address: String(bob.workNo) } as const;
    await ann.desk.does(confBatchAdd, { addresses: [address] });
    await bob.next('AgentConf_Ringing');
    await bob.does(confAnswer);
    await bob.next('AgentConf_SelfJoinResult');
    await hearEachOther(...all);

    await ann.desk.does(confChangeParticipantMode, { ...address, attribute: 1 });
    await Promise.all([hears(ann.ear, [customer.ear], all), hears(customer.ear, [ann.ear], all), hears(phone, [ann.ear, customer.ear], all)]);
    await ann.desk.does(confChangeParticipantMode, { ...address, attribute: 3 });
    await hearEachOther(...all);
    await ann.desk.does(confRelease);
    await bob.next('AgentConf_SelfLeaveResult');
    await Promise.all([customer.done, ann.done]);
  });

  for (const codec of ['pcmu', 'g722', 'opus'] as const) {
    it(`a phone that speaks ${codec} and a caller who does not, understand each other`, async () => {
      cast = createCast(centre);
      const queue = await centre.queue();
      const { desk, phone } = await cast.baresip(queue, { answers: 'manual', codec });
      const customer = await cast.caller(queue.number);
      assert.deepEqual(await desk.upTo('AgentOther_PhoneAlerting'), PUT_THROUGH.slice(0, 2));
      await until(() => phone.output().includes(`sip:${customer.number}@`), 'the phone shows who calls');
      await phone.answer();
      assert.deepEqual(await desk.upTo('AgentEvent_Talking'), PUT_THROUGH.slice(2));
      await hearEachOther(phone, customer.ear);
      await phone.hangUp();
      await customer.done;
      assert.ok((await desk.upTo('AgentState_Ready')).includes('AgentEvent_Call_Release'));
    });
  }

  it('an agent who answers by the desktop is put through when the phone is off the hook', async () => {
    cast = createCast(centre);
    const queue = await centre.queue();
    const account = await centre.account(queue);
    const own = await cast.ear();
    const { place } = await cast.registers(account);
    const phone = await cast.play({ scenario: 'phone', server: centre.sip, place, ear: own, words: { user: account.number, ringMs: 100 } });
    const desk = await centre.signIn(account, { autoanswer: false });
    const customer = await cast.caller(queue.number);
    await desk.upTo('AgentEvent_Ringing');
    await desk.does(answerCall);
    await desk.upTo('AgentEvent_Talking');
    await hearEachOther(own, customer.ear);
    await desk.does(releaseCall);
    await Promise.all([customer.done, phone.done]);
    await desk.leave();
  });
});
