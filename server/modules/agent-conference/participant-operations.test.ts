import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  confBatchAdd, confBatchRemove, confChangeParticipantMode, confHoldParticipant, confPlayVoice, confPlayVoiceToParticipant, confStopVoice,
  confStopVoiceToParticipant, confUnholdParticipant,
} from '@parley/contract/gateway/agent-conference-participant.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { confer, ON_HOLD, reasonOf, type Conferring } from './conference.fixture.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

const PHONE = '13900000001';
const phone = { addressType: '6', address: PHONE } as const;
const nobody = { addressType: '6', address: '13999999999' } as const;
const file = (): string => ON_HOLD(floor.tenant.vdnId);

/** A conference with a phone in it. */
async function withPhone(): Promise<Conferring> {
  const conferring = await confer(floor);
  await conferring.phoneJoins(PHONE);
  return conferring;
}

/** How the phone stands in the conference. */
const standing = async ({ shown }: Conferring) => (await shown()).addresses.find(({ address }) => address === PHONE);

/** The chair's next news of the phone. */
async function change({ chair }: Conferring): Promise<number> {
  const told = await chair.until('AgentConf_ParticipantChanged');
  assert.equal(told.participant, PHONE);
  return told.changeType;
}

describeOperation(confBatchAdd, {
  example: async () => {
    const { chair, agentid } = await confer(floor);
    const other = await floor.agent();
    const reply = await chair.client.call(confBatchAdd, { agentid, addresses: [{ address: String(other.workNo), addressType: '9', deviceCallType: 1, deviceType: 66 }] });
    assert.ok(reply.ok, JSON.stringify(reply.body));
    await other.until('AgentConf_Ringing');
    await floor.leave(chair, other);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor);
    assert.equal(reasonOf(await chair.client.call(confBatchAdd, { agentid, addresses: [] })), 21_228);
    assert.equal(reasonOf(await chair.client.call(confBatchAdd, { agentid, addresses: [{ addressType: '9', address: String(agentid) }] })), 21_221);
    assert.equal(codeOf(await chair.client.call(confBatchAdd, { agentid, addresses: [{ addressType: '9', address: 'ann' }] })), '000-002');
    assert.equal(codeOf(await chair.client.call(confBatchAdd, { agentid, addresses: [phone], caller: '10000' })), '000-002');
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const found = await standing(conferring);
    assert.deepEqual([found?.addressType, found?.channelAttrib, found?.channelState, found?.role], ['6', 3, 0, 0]);
    await floor.leave(conferring.chair);
  },
});

describeOperation(confBatchRemove, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    const reply = await chair.client.call(confBatchRemove, { agentid, addresses: [phone] });
    assert.deepEqual(reply.body['result'], { noExistParticipants: [] });
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    assert.equal(codeOf(await chair.client.call(confBatchRemove, { agentid, addresses: [{ addressType: '9', address: String(agentid) }] })), '101-006');
    assert.equal(codeOf(await chair.client.call(confBatchRemove, { agentid, addresses: Array.from({ length: 31 }, () => phone) })), '000-002');
    assert.equal(reasonOf(await chair.client.call(confBatchRemove, { agentid, addresses: [] })), 21_229);
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    const reply = await chair.client.call(confBatchRemove, { agentid, addresses: [nobody, phone] });
    assert.deepEqual(reply.body['result'], { noExistParticipants: [nobody] }, 'who is not there hinders nobody else');
    assert.equal(await change(conferring), 1);
    assert.equal(await standing(conferring), undefined);
    await floor.leave(chair);
  },
});

describeOperation(confHoldParticipant, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    assert.ok((await chair.client.call(confHoldParticipant, { agentid, ...phone, playMode: 2, voicePath: file() })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() });
    assert.equal(reasonOf(await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() })), 21_251);
    assert.equal(codeOf(await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: '../../etc/passwd' })), '000-002');
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() });
    assert.equal(await change(conferring), 5);
    assert.equal((await standing(conferring))?.channelState, 1);
    await floor.leave(chair);
  },
});

describeOperation(confUnholdParticipant, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() });
    assert.ok((await chair.client.call(confUnholdParticipant, { agentid, ...phone })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    assert.equal(reasonOf(await chair.client.call(confUnholdParticipant, { agentid, ...phone })), 21_252);
    assert.equal(reasonOf(await chair.client.call(confUnholdParticipant, { agentid, ...nobody })), 21_237);
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() });
    await chair.client.call(confUnholdParticipant, { agentid, ...phone });
    assert.deepEqual([await change(conferring), await change(conferring)], [5, 6]);
    assert.equal((await standing(conferring))?.channelState, 0);
    await floor.leave(chair);
  },
});

describeOperation(confChangeParticipantMode, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    assert.ok((await chair.client.call(confChangeParticipantMode, { agentid, attribute: 1, ...phone })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    assert.equal(reasonOf(await chair.client.call(confChangeParticipantMode, { agentid, attribute: 3, ...phone })), 21_216);
    assert.equal(codeOf(await chair.client.call(confChangeParticipantMode, { agentid, attribute: 5 as 4, ...phone })), '000-002');
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    for (const attribute of [1, 2, 4, 3] as const) {
      await chair.client.call(confChangeParticipantMode, { agentid, attribute, ...phone });
      assert.equal((await standing(conferring))?.channelAttrib, attribute);
    }
    assert.deepEqual([await change(conferring), await change(conferring)], [3, 4], 'speaking only, and neither, are not told');
    await floor.leave(chair);
  },
});

describeOperation(confPlayVoice, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    assert.ok((await chair.client.call(confPlayVoice, { agentid, playType: 0, playMode: 2, voicePath: file() })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confPlayVoice, { agentid, voicePath: file() });
    assert.equal(reasonOf(await chair.client.call(confPlayVoice, { agentid, voicePath: file() })), 21_247);
    assert.equal(codeOf(await chair.client.call(confPlayVoice, { agentid, voicePath: 'y:/conf/9998/a.V3' })), '000-002', 'another tenant\'s file');
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confPlayVoice, { agentid, voicePath: file() });
    assert.equal((await conferring.shown()).confState, 1);
    await floor.leave(chair);
  },
});

describeOperation(confStopVoice, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confPlayVoice, { agentid, voicePath: file() });
    assert.ok((await chair.client.call(confStopVoice, { agentid })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    assert.equal(reasonOf(await chair.client.call(confStopVoice, { agentid })), 21_248);
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confPlayVoice, { agentid, voicePath: file() });
    await chair.client.call(confStopVoice, { agentid });
    assert.deepEqual(await chair.until('AgentConf_StopVoice'), { result: 0 });
    assert.equal((await conferring.shown()).confState, 0);
    await floor.leave(chair);
  },
});

describeOperation(confPlayVoiceToParticipant, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    assert.ok((await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, playMode: 2, voicePath: file() })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, voicePath: file() });
    assert.equal(reasonOf(await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, voicePath: file() })), 21_249);
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, voicePath: file() });
    assert.equal((await standing(conferring))?.channelState, 2);
    await floor.leave(chair);
  },
});

describeOperation(confStopVoiceToParticipant, {
  example: async () => {
    const { chair, agentid } = await withPhone();
    await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, voicePath: file() });
    assert.ok((await chair.client.call(confStopVoiceToParticipant, { agentid, ...phone })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await withPhone();
    assert.equal(reasonOf(await chair.client.call(confStopVoiceToParticipant, { agentid, ...phone })), 21_250);
    await floor.leave(chair);
  },
  effect: async () => {
    const conferring = await withPhone();
    const { chair, agentid } = conferring;
    await chair.client.call(confPlayVoiceToParticipant, { agentid, ...phone, voicePath: file() });
    await chair.client.call(confStopVoiceToParticipant, { agentid, ...phone });
    assert.deepEqual(await chair.until('AgentConf_StopParticipantVoice'), { result: 0 });
    assert.equal((await standing(conferring))?.channelState, 0);
    await floor.leave(chair);
  },
});

describe('who may do what in a conference (6.1.6)', () => {
  test('only the chair disposes of participants', async () => {
    const { chair, joinedBy } = await withPhone();
    const other = await joinedBy();
    const agentid = other.workNo;
    assert.equal(codeOf(await other.client.call(confBatchRemove, { agentid, addresses: [phone] })), '101-002');
    assert.equal(codeOf(await other.client.call(confHoldParticipant, { agentid, ...phone, voicePath: file() })), '101-002');
    await floor.leave(chair, other);
  });
});
