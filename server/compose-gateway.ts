import type { Authenticator } from '@parley/contract/authentication.ts';
import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import { centreConfigOf } from './centre-config.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Writer } from './engine/writer.ts';
import { agentsByWorkNo } from './modules/agent/index.ts';
import { createAgentEvents, type AgentEvents } from './modules/agent-event/index.ts';
import { createTrustlist } from './modules/callback/index.ts';
import { c4Authenticator, createGuidNow, createGuids, createPushOf, onlineAgentHandlers, tokenOwner } from './modules/online-agent/index.ts';
import { voiceCallHandlers } from './modules/voice-call/index.ts';
import { createFailureLock } from './security/failure-lock.ts';

/** The agent gateway and the engine behind it. */
export interface Gateway {
  readonly engine: Engine;
  readonly handlers: readonly Handler[];
  readonly authenticator: Authenticator;
  readonly events: AgentEvents;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface GatewayNeighbours {
  readonly writer: Writer;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
}

/** 6.1.1.1 code 110-016: CTI passwords guessed in a row. */
const FAILURES_BEFORE_LOCK = 10;
const LOCK_MS = 5 * 60_000;
const SWEEP_MS = 5000;

export function composeGateway(world: World, { writer, tenantEnabled }: GatewayNeighbours): Gateway {
  const { db, vault, clock, voice, outgoing } = world;
  const engine = createEngine({ clock, voice, configOf: (vdnId) => centreConfigOf(db, vdnId) });
  writer.subscribe(({ vdnId }) => { engine.configure(vdnId); });

  const guids = createGuids(vault);
  const rotates = (): Promise<boolean> => Promise.resolve(world.guidMode === 'rotating');
  const guidNow = createGuidNow({ engine, guids, rotates });
  const trustlist = createTrustlist();
  const trusts = (vdnId: number, url: string): Promise<boolean> => trustlist.trusts(db, vdnId, url);

  const events = createAgentEvents({
    engine, clock, outgoing, pollWaitMs: world.pollWaitMs,
    renewGuid: async (vdnId, agent, now) => {
      const guid = await guidNow(vdnId, agent, now);
      return guid === undefined ? {} : { Guid: guid, 'Set-GUID': `JSESSIONID=${guid}` };
    },
    targetOf: async (vdnId, agent, session) => {
      const push = await engine.view(vdnId, ({ agents }) => {
        const found = agents.get(agent);
        return found?.profile.session === session ? found.profile.push : undefined;
      });
      const guid = push === undefined ? undefined : await guidNow(vdnId, agent, clock());
      if (push === undefined || guid === undefined || !(await trusts(vdnId, push.url))) return undefined;
      return { push, guid, token: push.sealedToken === '' ? '' : vault.open(Buffer.from(push.sealedToken, 'base64'), tokenOwner(vdnId)) };
    },
    onFault: world.onFault,
  });

  let sweeping: NodeJS.Timeout | undefined;
  return {
    engine, events,
    authenticator: c4Authenticator({ engine, guids, rotates, tenantEnabled }),
    handlers: [
      ...events.handlers,
      ...voiceCallHandlers({ engine }),
      ...onlineAgentHandlers({
        engine, guids, guidNow, rotates, tenantEnabled, outbox: events.outbox,
        lock: createFailureLock({ failures: FAILURES_BEFORE_LOCK, lockMs: LOCK_MS }),
        agentsByWorkNo: (workNo, password) => agentsByWorkNo(db, vault, workNo, password),
        pushOf: createPushOf({ vault, trusts }),
      }),
    ],
    start: async () => {
      await engine.start();
      sweeping = setInterval(() => { events.sweep().catch((error: unknown) => { world.onFault('the sweep of silent agents failed', { error }); }); }, SWEEP_MS);
      sweeping.unref();
    },
    stop: async () => {
      clearInterval(sweeping);
      events.stop();
      await engine.stop();
    },
  };
}
