import type { Handler } from '@parley/contract/handler.ts';
import { SIGN_OUT } from '@parley/core/agent/session.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Notice } from './notice.ts';
import { pollHandlers, type PollDependencies } from './operations.ts';
import { createOutbox, type Outbox, type SessionOf } from './outbox.ts';
import { noticesOf } from './project.ts';
import { createPusher, type PusherDependencies } from './push.ts';

export { createOutbox, type Outbox } from './outbox.ts';
export type { Notice } from './notice.ts';
export type { PushTarget } from './push.ts';

/** What the projection of one event leads to: sessions that begin and end, in between notices. */
type Item =
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'began'; readonly agent: number; readonly session: SessionOf }
  | { readonly kind: 'ended'; readonly agent: number };

export interface AgentEventDependencies extends Omit<PollDependencies, 'outbox'>, Omit<PusherDependencies, 'outbox'> {
  readonly engine: Pick<Engine, 'project' | 'send'>;
}

export interface AgentEvents {
  readonly handlers: readonly Handler[];
  readonly outbox: Outbox;
  /** Signs out whoever has been silent for two minutes (6.1.4.1). */
  readonly sweep: () => Promise<void>;
  readonly stop: () => void;
}

/** 6.1.4.1: without a poll, or a handshake of those who are pushed to, for so long, a session ends. */
export const SILENCE_MS = 120_000;

/** Joins the engine's events to the polls and pushes that bring them to the agents. */
export function createAgentEvents(deps: AgentEventDependencies): AgentEvents {
  const { engine, clock } = deps;
  const outbox = createOutbox();
  const pusher = createPusher({ ...deps, outbox });

  engine.project<Item>({
    read: (event, centre, at) => {
      const items = noticesOf(event, centre, at).map((notice): Item => ({ kind: 'notice', notice }));
      if (event.type === 'AgentSignedIn') {
        const { session, mode } = event.profile;
        return [{ kind: 'began', agent: event.agent, session: { session, mode } }, ...items];
      }
      return event.type === 'AgentSignedOut' ? [...items, { kind: 'ended', agent: event.agent }] : items;
    },
    deliver: (vdnId, items) => {
      for (const item of items) {
        if (item.kind === 'notice') outbox.put(vdnId, item.notice);
        else if (item.kind === 'ended') outbox.close(vdnId, item.agent);
        else {
          const { agent, session } = item;
          outbox.open(vdnId, agent, session, clock(), session.mode === 'push' ? () => { pusher.wake(vdnId, agent, session.session); } : undefined);
        }
      }
    },
  });

  return {
    outbox,
    handlers: pollHandlers({ ...deps, outbox }),
    sweep: async () => {
      for (const { vdnId, agent } of outbox.silentSince(clock() - SILENCE_MS)) {
        await engine.send(vdnId, { kind: 'signOut', agent, force: true, cause: SIGN_OUT.disconnected });
      }
    },
    stop: () => {
      pusher.stop();
      outbox.endPolls();
    },
  };
}
