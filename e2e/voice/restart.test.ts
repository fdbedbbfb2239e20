import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { queryCallInfo } from '@parley/contract/gateway/call-info.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { until } from '../../server/testing/until.ts';
import { createCommands } from '../../telephony/rtpengine/commands.ts';
import { createNg } from '../../telephony/rtpengine/ng.ts';
import { startDaemon, withoutRtpengine, type Daemon } from '../../telephony/rtpengine/testing/daemon.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../../telephony/testing/phones.ts';
import { createCast, hearEachOther, hears, type Cast } from './cast.ts';
import { openParleyCentre, type ParleyCentre } from './parley-centre.ts';
import { without } from './without.ts';

/** Longer than anything that waits in a jitter buffer, and than baresip needs to notice anything. */
const AWAY_MS = 1_500;
const PATIENCE_MS = 20_000;
/** What is kept is written so soon, and more. */
const KEPT_MS = 300;
/** Ports that the system gives to nobody who asks for any: they must be free again when Parley comes back. */
const PORT = 10_000 + (process.pid % 600) * 3;

describe('Parley is killed while people talk by rtpengine', { skip: without('baresip') || withoutRtpengine(), timeout: 240_000 }, () => {
  let daemon: Daemon;
  let centre: ParleyCentre;
  let cast: Cast;
  let phones: TestPhones;
  before(async () => {
    daemon = await startDaemon();
    centre = await openParleyCentre({
      PARLEY_RTPENGINE: `${daemon.host}:${daemon.port}`, PARLEY_RTPENGINE_KEYS: `${daemon.keysTo.address}:${daemon.keysTo.port}`,
      PARLEY_SIP_PORT: String(PORT), PARLEY_SIPS_PORT: String(PORT + 1), PARLEY_HTTP_PORT: String(PORT + 2),
    });
    cast = createCast(centre);
    const from = 58_000 + (process.pid % 20) * 40;
    phones = await createTestPhones(centre.sip, { from, to: from + 39 });
  });
  after(async () => {
    await phones?.stop();
    await cast?.leave();
    await centre?.close();
    await daemon?.stop();
  });

  const standing = async (): Promise<readonly string[]> => {
    const ng = createNg(daemon);
    try {
      const listed = await createCommands(ng).list(100);
      assert.ok(listed.ok);
      return listed.calls;
    } finally {
      ng.close();
    }
  };

  /** A phone of ours, which knows what comes to it packet by packet. */
  const customer = async (): Promise<TestPhone> => {
    const { number, sipPassword } = await centre.account();
    const phone = phones.phone(number, cast.tone());
    assert.equal(await phone.register(sipPassword), 200);
    return phone;
  };

  it('they go on talking, the agent has the call as before, and it ends as any other', async () => {
    const queue = await centre.queue();
    const { desk, phone: agent } = await cast.baresip(queue);
    const caller = await customer();
    await caller.call(queue.number);
    const { callid } = await desk.next('AgentEvent_Talking');
    await hearEachOther(agent, caller);
    await pause(KEPT_MS);
    let flowed = 0;
    await centre.restart(async () => {
      await pause(AWAY_MS);
      const had = caller.packets();
      await pause(AWAY_MS);
      flowed = caller.packets() - had;
      await hearEachOther(agent, caller);
    });
    assert.ok(flowed > (AWAY_MS / 20) * 0.8, `${flowed} packets came in ${AWAY_MS} ms`);

    await desk.next('Agent_Recover');
    assert.equal((await desk.asks(queryCallInfo, {}))?.callid, callid);
    await hearEachOther(agent, caller);
    // Long enough for those at the other ends to have been asked whether they are there.
    await pause(6_000);
    assert.deepEqual([caller.state(), (await standing()).length], ['up', 2]);
    await hearEachOther(agent, caller);

    await desk.does(holdCall);
    await hears(caller, [], [agent]);
    await desk.does(getHold, { callid });
    await hearEachOther(agent, caller);
    await desk.does(releaseCall);
    await until(() => caller.state() === 'gone', 'the caller is hung up on', PATIENCE_MS);
    await until(async () => (await standing()).length === 0, 'nothing of it stands at rtpengine', PATIENCE_MS);
    await desk.upTo('AgentState_Ready');
    assert.ok(agent.events().includes('CALL_CLOSED'), agent.events().join());

    // Nobody has registered again.
    const next = await customer();
    await next.call(queue.number);
    await desk.next('AgentEvent_Talking');
    await hearEachOther(agent, next);
    next.hangUp();
    await until(async () => (await standing()).length === 0, 'nothing of it stands at rtpengine', PATIENCE_MS);
  });

  it('whoever hangs up while it is away has hung up', async () => {
    const queue = await centre.queue();
    const { desk, phone: agent } = await cast.baresip(queue);
    const caller = await customer();
    await caller.call(queue.number);
    await desk.next('AgentEvent_Talking');
    await hearEachOther(agent, caller);
    await pause(KEPT_MS);
    await centre.restart(async () => {
      caller.hangUp();
      await pause(AWAY_MS);
    });
    await desk.next('Agent_Recover');
    await desk.upTo('AgentState_Ready');
    await until(() => agent.events().includes('CALL_CLOSED'), 'the agent is hung up on', PATIENCE_MS);
    await until(async () => (await standing()).length === 0, 'nothing of it stands at rtpengine', PATIENCE_MS);
  });
});
