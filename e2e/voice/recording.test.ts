import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { recordFileDownload, recordNetPlay, recordPlayStop, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { createCast, hearEachOther, hears, type Cast, type Talk } from './cast.ts';
import type { Centre } from './centre.ts';
import { openParleyCentre } from './parley-centre.ts';
import { assertHolds, downloadTalk, msOf, recordTalk, talksOn } from './recordings.ts';
import { without } from './without.ts';

describe('recordings of calls with SIPp and baresip', { skip: without('sipp', 'baresip'), timeout: 240_000 }, () => {
  let centre: Centre;
  let cast: Cast;
  before(async () => { centre = await openParleyCentre(); });
  after(() => centre?.close());
  afterEach(() => cast?.leave());

  const talk = (): Promise<Talk> => {
    cast = createCast(centre);
    return cast.talk();
  };
  const end = async ({ ann, customer }: Pick<Talk, 'ann' | 'customer'>): Promise<void> => {
    await ann.desk.does(releaseCall);
    await Promise.all([ann.done, customer.done]);
  };

  it('have the agent on the left and the customer on the right, or both on one channel', async () => {
    const { ann, customer, call } = await talk();
    const fileName = await recordTalk(ann);
    await end({ ann, customer });
    const all = [ann.ear, customer.ear];
    const inspector = await cast.inspector();
    assertHolds(await downloadTalk(inspector, call, ann.desk), [[ann.ear], [customer.ear]], all);
    assertHolds(await inspector.downloads(recordFileDownload, { recordId: fileName }), [all], all);
  });

  it('of three who talk have the colleague on the right, too', async () => {
    const { queue, ann, customer, call } = await talk();
    const { desk: bob, phone } = await cast.baresip(queue);
    const all = [ann.ear, customer.ear, phone];
    await ann.desk.does(innerHelp, { dstaddress: String(bob.workNo), mode: 1 });
    await ann.desk.next('AgentEvent_Talking');
    await ann.desk.does(confJoin, { callid: call });
    await hearEachOther(...all);
    await recordTalk(ann);
    await phone.hangUp();
    await end({ ann, customer });
    assertHolds(await downloadTalk(await cast.inspector(), call, ann.desk), [[ann.ear], [customer.ear, phone]], all);
  });

  it('pause while the customer is held, so that nobody else is on them who is consulted meanwhile', async () => {
    const { queue, ann, customer, call } = await talk();
    const { desk: bob, phone } = await cast.baresip(queue);
    const begun = Date.now();
    await ann.desk.does(voiceRecordStart, { mediaType: 5 });
    await ann.desk.next('AgentMediaEvent_Record');
    await talksOn(ann);
    await ann.desk.does(innerHelp, { dstaddress: String(bob.workNo), mode: 1 });
    await ann.desk.next('AgentEvent_Talking');
    await hearEachOther(ann.ear, phone);
    const consulting = Date.now();
    await talksOn(ann);
    const consultedMs = Date.now() - consulting;
    await phone.hangUp();
    await ann.desk.next('AgentEvent_Talking');
    await hearEachOther(ann.ear, customer.ear);
    await talksOn(ann);
    await ann.desk.does(voiceRecordStop);
    await ann.desk.next('AgentMediaEvent_StopRecordDone');
    const aroundMs = Date.now() - begun - consultedMs;
    await end({ ann, customer });
    const file = await downloadTalk(await cast.inspector(), call, ann.desk);
    assertHolds(file, [[ann.ear], [customer.ear]], [ann.ear, customer.ear, phone]);
    assert.ok(msOf(file) < aroundMs, `${msOf(file)} ms of sound in the ${aroundMs} ms without the consultation`);
  });

  it('are played to the phone of an inspector, until it is enough', async () => {
    const { ann, customer } = await talk();
    const fileName = await recordTalk(ann);
    await end({ ann, customer });
    const ida = await cast.agent(undefined, { ccRoleId: 3 });
    await ida.desk.does(recordNetPlay, { fileName, playTime: 0, ccId: 1 });
    await ida.desk.next('AgentMediaEvent_Play_Succ');
    const all = [ann.ear, customer.ear];
    await hears(ida.ear, all, all);
    await ida.desk.does(recordPlayStop);
    await ida.desk.next('AgentMediaEvent_StopPlayDone');
    await ida.done;
  });
});
