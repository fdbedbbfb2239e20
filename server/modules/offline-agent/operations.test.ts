import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { isOfflineAgent, offlineAgentLogin, offlineAgentLogout } from '@parley/contract/configuration/offline-agent.ts';
import { agentForceLogin, agentLogin } from '@parley/contract/gateway/agent-session.ts';
import { getAgentStatus } from '@parley/contract/gateway/agent-state.ts';
import { answersAfter, ringsForever } from '../../../sim/parties.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ clockStands: false }); });
afterEach(clear);
after(() => floor.server.close());

/** Everybody goes, also those without a desktop. */
async function clear(): Promise<void> {
  const { engine } = floor.server.parley.gateway;
  const { vdnId } = floor.tenant;
  for (const agent of await engine.view(vdnId, ({ agents }) => [...agents.keys()])) await engine.send(vdnId, { kind: 'signOut', agent, force: true });
  await floor.clear();
}

let phones = 0;
/** A number of its own, which the switch knows from now on. */
const newPhone = (): string => floor.voice.phone(`138${String(phones += 1).padStart(8, '0')}`).number;

const goMobile = (desk: Desk, phone = newPhone()) => floor.tenant.client.call(offlineAgentLogin, { phone, workNo: desk.workNo });
const comeBack = (desk: Desk) => floor.tenant.client.call(offlineAgentLogout, { workNo: desk.workNo });
const isMobile = async (desk: Desk): Promise<unknown> => (await floor.tenant.client.call(isOfflineAgent, { workNo: desk.workNo })).body['data'];
const newDesk = () => openDesk(floor.server, floor.tenant, { queues: [floor.queue] });

/** A mobile agent. */
async function mobile(phone = newPhone()): Promise<{ readonly desk: Desk; readonly phone: string }> {
  const desk = await newDesk();
  assert.equal((await goMobile(desk, phone)).body.returnCode, '0');
  return { desk, phone };
}

const stateOf = ({ workNo }: Desk) => floor.server.parley.gateway.engine.view(floor.tenant.vdnId, ({ agents }) => agents.get(workNo)?.state);

const REFUSED = /^1$/;

describeOperation(offlineAgentLogin, {
  example: async () => {
    const desk = await newDesk();
    const { status, body } = await goMobile(desk, '13800000000');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      returnCode: '0', description: 'success', restTime: '', agentType: '4', forceLogin: true, isAutoAnswer: 'true', videoMode: 0, workNo: desk.workNo,
      isMultiChannelSupport: false, isMultiChannelsupport: false, skills: [{ skillId: floor.queue, mediaTypeId: '5' }],
    });
  },
  badInput: async () => {
    const { client } = floor.tenant;
    const { desk } = await floor.talking();
    const login = async (input: object) => (await client.call(offlineAgentLogin, { phone: newPhone(), workNo: desk.workNo, ...input }));
    for (const input of [{ phone: '' }, { phone: '138-0000' }, { phone: '1'.repeat(26) }, { phone: undefined }, { workNo: undefined }, { workNo: 'Ann' }, { workNo: 0 }]) {
      const { status, body } = await login(input);
      assert.equal(status, 400, JSON.stringify(input));
      assert.match(String(body['returnCode']), REFUSED);
    }
    const onCall = await login({});
    assert.deepEqual([onCall.status, onCall.body], [200, { returnCode: '1', description: `Agent ${desk.workNo} is on a call; try again when it has ended.` }]);
    assert.equal(await stateOf(desk), 'talking', 'whom the customer still has');
    assert.equal((await login({ workNo: 59_998 })).body['description'], 'There is no agent 59998.');
    const stranger = await floor.server.tenant();
    const { phone } = await openDesk(floor.server, stranger);
    const idle = await newDesk();
    assert.equal((await login({ workNo: idle.workNo, phone })).body['returnCode'], '1', 'a phone of somebody else\'s');
    assert.equal(await stateOf(idle), undefined);
  },
  effect: async () => {
    const { desk, phone } = await mobile();
    assert.equal(await isMobile(desk), true);
    const { party } = await floor.customer();
    await floor.server.parley.gateway.engine.idle();
    assert.equal(floor.voice.phone(phone).timesRung(), 1);
    assert.equal(await stateOf(desk), 'talking');
    assert.deepEqual(party.hears(), [floor.voice.phone(phone).leg()]);
    floor.voice.phone(phone).hangUp();
    await floor.server.parley.gateway.engine.idle();
    assert.equal(await stateOf(desk), 'idle', 'ready for the next one');
  },
});

describeOperation(offlineAgentLogout, {
  example: async () => {
    const { desk } = await mobile();
    const { status, body } = await comeBack(desk);
    assert.deepEqual([status, body], [200, { returnCode: '0', description: 'success' }]);
  },
  badInput: async () => {
    const desk = await floor.agent();
    const { body } = await comeBack(desk);
    assert.deepEqual(body, { returnCode: '1', description: `Agent ${desk.workNo} does not answer calls on another phone.` });
    assert.equal(await stateOf(desk), 'idle', 'a session at a workplace stays');
    assert.equal((await floor.tenant.client.call(offlineAgentLogout, { workNo: 59_998 })).body['description'], 'There is no agent 59998.');
    assert.equal((await floor.tenant.client.call(offlineAgentLogout, {} as never)).status, 400);
    await clear();
    const other = await mobile();
    await floor.customer();
    assert.equal((await comeBack(other.desk)).body['description'], `Agent ${other.desk.workNo} is on a call; try again when it has ended.`);
    assert.equal(await stateOf(other.desk), 'talking');
  },
  effect: async () => {
    const { desk } = await mobile();
    await comeBack(desk);
    assert.equal(await isMobile(desk), false);
    assert.equal(await stateOf(desk), undefined);
    await desk.signIn();
    assert.equal(codeOf(await desk.client.call(getAgentStatus, { agentid: desk.workNo })), '0');
  },
});

describeOperation(isOfflineAgent, {
  example: async () => {
    const desk = await newDesk();
    const { status, body } = await floor.tenant.client.call(isOfflineAgent, { workNo: desk.workNo });
    assert.deepEqual([status, body], [200, { returnCode: '0', data: false, description: 'success' }]);
  },
  badInput: async () => {
    assert.equal((await floor.tenant.client.call(isOfflineAgent, { workNo: 59_998 })).body['returnCode'], '1');
    assert.equal((await floor.tenant.client.call(isOfflineAgent, { workNo: 'Ann' } as never)).status, 400);
  },
  effect: async () => {
    const desk = await newDesk();
    await desk.signIn();
    assert.equal(await isMobile(desk), false);
    await goMobile(desk);
    assert.equal(await isMobile(desk), true);
    await comeBack(desk);
    assert.equal(await isMobile(desk), false);
  },
});

describe('an agent who answers on another phone', () => {
  test('takes over from the workplace, whose client is told to sign in again', async () => {
    const desk = await floor.agent();
    await goMobile(desk);
    assert.equal(await desk.code(getAgentStatus), '000-003');
    assert.equal(await desk.code(agentLogin, { password: desk.password, phonenum: desk.phone }), '100-002');
    assert.equal(await isMobile(desk), true);
    assert.equal(codeOf(await desk.client.call(agentForceLogin, { agentid: desk.workNo, password: desk.password, phonenum: desk.phone })), '0');
    assert.equal(await isMobile(desk), false);
    assert.equal((await comeBack(desk)).body.returnCode, '1');
  });

  test('is not signed out for silence', async () => {
    const { desk } = await mobile();
    for (let minutes = 0; minutes < 30; minutes += 3) {
      await floor.later(180_000);
      await floor.server.parley.gateway.events.sweep();
    }
    assert.equal(await isMobile(desk), true);
  });

  test('may take another phone', async () => {
    const { desk, phone } = await mobile();
    const other = newPhone();
    assert.equal((await goMobile(desk, other)).body.returnCode, '0');
    await floor.customer();
    assert.deepEqual([phone, other].map((number) => floor.voice.phone(number).timesRung()), [0, 1]);
  });

  test('who does not answer is left alone for a minute, and the call waits for it or the next one', async () => {
    const { desk, phone } = await mobile();
    floor.voice.phone(phone).behaves(ringsForever);
    const { party } = await floor.customer();
    assert.equal(await stateOf(desk), 'occupied');
    await floor.later(30_000);
    assert.equal(await stateOf(desk), 'busy');
    assert.equal(party.state(), 'up');
    floor.voice.phone(phone).behaves(answersAfter(0));
    // Longer than the customer waits in this queue.
    await floor.later(59_000);
    assert.equal(await stateOf(desk), 'busy');
    await floor.later(1000);
    assert.equal(await stateOf(desk), 'idle');
  });

  test('is of its own tenant alone', async () => {
    const other = await floor.server.tenant();
    const desk = await openDesk(floor.server, other);
    const { desk: ours } = await mobile();
    const asks = async (workNo: number) => (await other.client.call(isOfflineAgent, { workNo })).body;
    assert.deepEqual([(await asks(desk.workNo))['data'], (await asks(ours.workNo))['returnCode']], desk.workNo === ours.workNo ? [false, '0'] : [false, '1']);
    assert.equal((await other.client.call(offlineAgentLogout, { workNo: desk.workNo })).body.returnCode, '1');
    assert.equal(await isMobile(ours), true);
  });

  test('is signed in once, whoever asks at once', async () => {
    const desk = await newDesk();
    const replies = await Promise.all([newPhone(), newPhone(), newPhone()].map((phone) => goMobile(desk, phone)));
    assert.ok(replies.every(({ status }) => status === 200));
    // Those whom another one has replaced before they were answered are told so.
    assert.ok(replies.some(({ body }) => body.returnCode === '0'));
    assert.equal(await isMobile(desk), true);
    const ended = await Promise.all([comeBack(desk), comeBack(desk)]);
    assert.deepEqual(ended.map(({ body }) => body.returnCode === '0').filter((isDone) => isDone), [true]);
  });
});
