import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, type Client } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogin } from '@parley/contract/gateway/agent-session.ts';
import { getAgentStatus, queryCustomState, sayBusy, sayFree, setCustomState } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { until } from '../server/testing/until.ts';
import { makeDataFolder, readDemo, startParley, type Demo, type ParleyProcess } from './parley-process.ts';

/** The soak kills fifty times: PARLEY_KILLS=50 node --test e2e/engine-kill.test.ts */
const KILLS = Number(process.env['PARLEY_KILLS'] ?? 3);

interface Worker {
  readonly agentid: number;
  readonly guid: string;
  /** The last number that Parley acknowledged; the one after it may or may not be there. */
  acknowledged: number;
}

const deskOf = (parley: ParleyProcess, { guid }: Worker): Client => createClient({ baseUrl: parley.url, authorize: () => ({ Guid: guid }), timeoutMs: 5000 });
/** A field of a reply's result; undefined where the request was refused. */
const told = ({ body }: { readonly body: Record<string, unknown> }, field: string): unknown => (body['result'] as Record<string, unknown> | undefined)?.[field];

async function signIn(parley: ParleyProcess, { workNo, password, phone }: Demo['agents'][number]): Promise<Worker> {
  const agentid = Number(workNo);
  const reply = await createClient({ baseUrl: parley.url }).call(agentForceLogin, { agentid, password, phonenum: phone });
  assert.ok(reply.ok, JSON.stringify(reply.body));
  return { agentid, guid: reply.headers.get('guid') ?? '', acknowledged: 0 };
}

/** An agent who works without a pause until Parley is gone. */
async function work(parley: ParleyProcess, worker: Worker): Promise<void> {
  const client = deskOf(parley, worker);
  const { agentid } = worker;
  try {
    for (let next = worker.acknowledged + 1; ; next += 1) {
      if ((await client.call(setCustomState, { agentid, customstate: next })).ok) worker.acknowledged = next;
      await client.call(sayBusy, { agentid });
      await client.call(sayFree, { agentid });
      if (next % 3 === 0) await client.call(callOut, { agentid, called: '13900000001' });
      if (next % 3 === 2) await client.call(releaseCall, { agentid });
    }
  } catch {
    // The connection broke: that is the kill.
  }
}

/** Nobody is stuck: whatever the kill has cut, the agent is free again, or says so, and can call. */
async function assertFree(parley: ParleyProcess, worker: Worker): Promise<void> {
  const client = deskOf(parley, worker);
  const { agentid } = worker;
  await until(async () => {
    await client.call(sayFree, { agentid });
    return told(await client.call(getAgentStatus, { agentid }), 'agentState') === 4;
    // Queries more often than five in two seconds are refused (6.5.6).
  }, `agent ${agentid} is idle again`, 20_000, 500);
  const call = await client.call(callOut, { agentid, called: '13900000001' });
  assert.ok(call.ok, JSON.stringify(call.body));
  await until(async () => (await client.call(releaseCall, { agentid })).ok, `the call of ${agentid} can be released`);
}

test('a kill -9 in the middle of work loses nothing that was acknowledged, and leaves nobody stuck', async (context) => {
  const folder = makeDataFolder();
  context.after(folder.remove);
  let parley = await startParley(folder.path, { PARLEY_POLL_WAIT: '100', PARLEY_VOICE: 'simulated' });
  const workers = await Promise.all(readDemo(folder.path).agents.map((agent) => signIn(parley, agent)));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = workers.map(({ acknowledged }) => acknowledged);
    const working = workers.map((worker) => work(parley, worker));
    await until(() => workers.every(({ acknowledged }, index) => acknowledged >= (before[index] ?? 0) + 5), 'everybody works');
    await parley.end('SIGKILL');
    await Promise.all(working);
    parley = await startParley(folder.path, { PARLEY_POLL_WAIT: '100', PARLEY_VOICE: 'simulated' });

    for (const worker of workers) {
      const { agentid } = worker;
      const client = deskOf(parley, worker);
      const events: string[] = [];
      for (let polled = await client.call(agentEventPoll, { agentid }); polled.body.event !== undefined; polled = await client.call(agentEventPoll, { agentid })) {
        events.push(polled.body.event.eventType);
      }
      assert.ok(events.includes('Agent_Recover'), `agent ${agentid}, still signed in with the same GUID, is told of the restart: ${events.join(', ')}`);
      const state = Number(told(await client.call(queryCustomState, { agentid }), 'agentcustomstate'));
      assert.ok(state === worker.acknowledged || state === worker.acknowledged + 1, `agent ${agentid}: ${worker.acknowledged} was acknowledged, ${state} is there`);
      worker.acknowledged = state;
      await assertFree(parley, worker);
    }
  }
  assert.equal(await parley.end('SIGTERM'), 0);
});
