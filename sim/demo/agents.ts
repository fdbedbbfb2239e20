import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@parley/contract/client.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogin, agentForceLogout } from '@parley/contract/gateway/agent-session.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { PACE, type PlannedAgent } from './plan.ts';

export interface AgentOptions {
  readonly url: string;
  readonly agent: PlannedAgent;
  readonly random: () => number;
  /** Told whom the agent talks with from now on. */
  readonly onTalking: (caller: string) => void;
  readonly signal: AbortSignal;
}

const RETRY_MS = 3000;

/** At the desk until the end: signs in, follows what happens, takes a break now and then, comes back where the line was down. */
export async function workAtDesk({ url, agent: { workNo, password, phone }, random, onTalking, signal }: AgentOptions): Promise<void> {
  let guid: string | undefined;
  const client = createClient({ baseUrl: url, authorize: (): Record<string, string> => (guid === undefined ? {} : { Guid: guid }) });
  const agentid = workNo;
  let calls = 0;

  const takeBreak = async (): Promise<void> => {
    await client.call(sayBusy, { agentid });
    await pause(PACE.breakMs * (0.5 + random()), undefined, { signal });
    await client.call(cancelBusy, { agentid });
  };

  const signIn = async (): Promise<boolean> => {
    guid = undefined;
    const { ok, headers } = await client.call(agentForceLogin, { agentid, password, phonenum: phone, releasephone: true, autoanswer: true, autoenteridle: false, status: 4 });
    guid = ok ? headers.get('guid') ?? undefined : undefined;
    return ok;
  };

  /** One event; false where the session has ended. */
  const follow = async (): Promise<boolean> => {
    const { ok, body, headers } = await client.call(agentEventPoll, { agentid });
    guid = headers.get('guid') ?? guid;
    if (!ok) return false;
    if (body.event?.eventType !== 'AgentEvent_Talking') return true;
    const { caller } = body.event.content as { readonly caller?: string };
    if (caller !== undefined) onTalking(caller);
    calls += 1;
    // Between two breaks there are more or fewer calls, so that not all agents have theirs at once.
    if ((calls + workNo) % PACE.breakAfter === 0) takeBreak().catch(() => undefined);
    return true;
  };

  // Nobody waits for the answer of a poll to go home.
  const leaving = new Promise<false>((resolve) => { signal.addEventListener('abort', () => { resolve(false); }, { once: true }); });
  while (!signal.aborted) {
    const isIn = await Promise.race([(guid === undefined ? signIn() : follow()).catch(() => false), leaving]);
    if (isIn || signal.aborted) continue;
    guid = undefined;
    await pause(RETRY_MS * (0.5 + random()), undefined, { signal }).catch(() => undefined);
  }
  await client.call(agentForceLogout, { agentid }).catch(() => undefined);
}
