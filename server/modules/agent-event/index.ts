import type { Handler } from '@parley/contract/handler.ts';
import type { Profile } from '@parley/core/agent/agent.ts';
import { gatewayStateOf } from '@parley/core/agent/projection.ts';
import { SIGN_OUT } from '@parley/core/agent/session.ts';
import type { Engine, Sent } from '../../engine/engine.ts';
import { notice, type Notice } from './notice.ts';
import { noteOf, presentNote, type NoteDetails, type SentNote } from './note.ts';
import { pollHandlers, type PollDependencies } from './operations.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { noticesOf } from './project.ts';
import { createPusher, type Pushed, type PusherDependencies } from './push.ts';

export type { Outbox } from './outbox.ts';
export type { Notice } from './notice.ts';

/** What the projection of one event leads to: sessions that begin and end, in between notices. */
type Item =
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'note'; readonly note: SentNote }
  | { readonly kind: 'began'; readonly agent: number; readonly profile: Profile }
  | { readonly kind: 'ended'; readonly agent: number; readonly session: string };

export interface AgentEventDependencies extends Omit<PollDependencies, 'outbox'>, PusherDependencies {
  readonly engine: Pick<Engine, 'project' | 'send' | 'view' | 'onRecovered'>;
  readonly noteDetails: (vdnId: number, sender: number) => Promise<NoteDetails>;
}

export interface AgentEvents {
  readonly handlers: readonly Handler[];
  readonly outbox: Outbox;
  /** Signs the agent out who has been silent for two minutes (6.1.4.1); answers whether that is so. */
  readonly endIfSilent: (vdnId: number, agent: number) => Promise<boolean>;
  /** Goes with what is pushed from now on (6.1.1.3). */
  readonly setToken: (vdnId: number, agent: number, session: string, token: string) => void;
  /** The same for all agents. */
  readonly sweep: () => Promise<void>;
  readonly stop: () => void;
}

/** 6.1.4.1: without a poll, or a handshake of those who are pushed to, for so long, a session ends. */
export const SILENCE_MS = 120_000;

/** Joins the engine's events to the polls and pushes that bring them to the agents. */
export function createAgentEvents(deps: AgentEventDependencies): AgentEvents {
  const { engine, clock, noteDetails, onFault } = deps;
  const outbox = createOutbox((vdnId, agent) => { onFault('events of an agent who does not fetch them are dropped, the oldest first', { vdnId, agent }); });
  const pusher = createPusher(deps);
  /** Sessions whose events are pushed, by name. */
  const pushed = new Map<string, Pushed>();

  const begin = (vdnId: number, agent: number, { session, mode, push, mobile }: Profile): void => {
    // 6.1.2.26: there is no program that would fetch anything, so nothing is kept, and silence means nothing.
    if (mobile) return;
    if (push === undefined) {
      outbox.open(vdnId, agent, { session, mode }, clock());
      return;
    }
    const of: Pushed = { vdnId, agent, session, push };
    pushed.set(session, of);
    outbox.open(vdnId, agent, { session, mode }, clock(), (source) => { pusher.wake(of, source); });
  };

  /** Names and zones stand in the database: the note comes when they have been looked up. */
  const passOn = async (vdnId: number, note: SentNote): Promise<void> => {
    const content = presentNote(note, await noteDetails(vdnId, note.sender));
    for (const agent of note.to) outbox.put(vdnId, notice(agent, 'AgentOther_Note', content));
  };

  // 6.5.1.11: those who were signed in before a restart still are, and are told so before anything else.
  engine.onRecovered((vdnId, agents) => {
    for (const { id, profile } of agents) begin(vdnId, id, profile);
    engine.view(vdnId, (centre) => {
      for (const { id } of agents) outbox.put(vdnId, notice(id, 'Agent_Recover', { agentStatus: String(gatewayStateOf(centre, centre.agents.get(id))) }));
    }).catch((error: unknown) => { onFault('agents were not told of the restart', { vdnId, error }); });
  });

  engine.project<Item>({
    read: (event, centre, at) => {
      const items = noticesOf(event, centre, at).map((told): Item => ({ kind: 'notice', notice: told }));
      const note = noteOf(event, at);
      if (note !== undefined) return [{ kind: 'note', note }];
      if (event.type === 'AgentSignedIn') return [{ kind: 'began', agent: event.agent, profile: event.profile }, ...items];
      return event.type === 'AgentSignedOut' ? [...items, { kind: 'ended', agent: event.agent, session: event.session }] : items;
    },
    deliver: (vdnId, items) => {
      for (const item of items) {
        if (item.kind === 'notice') outbox.put(vdnId, item.notice);
        else if (item.kind === 'note') passOn(vdnId, item.note).catch((error: unknown) => { onFault('a note was not passed on', { vdnId, error }); });
        else if (item.kind === 'ended') {
          outbox.close(vdnId, item.agent);
          pushed.delete(item.session);
        } else begin(vdnId, item.agent, item.profile);
      }
    },
  });

  const endSession = (vdnId: number, agent: number, session: string): Promise<Sent> =>
    engine.send(vdnId, { kind: 'signOut', agent, session, force: true, cause: SIGN_OUT.timedOut });

  const endIfSilent = async (vdnId: number, agent: number): Promise<boolean> => {
    const session = outbox.silentSession(vdnId, agent, clock() - SILENCE_MS);
    if (session === undefined) return false;
    const { refused } = await endSession(vdnId, agent, session);
    // Somebody has just signed in anew.
    return refused === undefined;
  };

  return {
    outbox, endIfSilent,
    setToken: (vdnId, agent, session, token) => {
      const of = pushed.get(session);
      if (of?.vdnId === vdnId && of.agent === agent) of.token = token;
    },
    handlers: pollHandlers({ ...deps, outbox }),
    sweep: async () => { await Promise.all(outbox.silent(clock() - SILENCE_MS).map(({ vdnId, agent, session }) => endSession(vdnId, agent, session))); },
    stop: () => {
      pusher.stop();
      outbox.endPolls();
    },
  };
}
