import type { Push } from '@parley/core/agent/agent.ts';
import type { Outgoing } from '../../engine/outgoing.ts';
import { wireOf, type Notice } from './notice.ts';
import type { Source } from './outbox.ts';

/** Whose events are pushed, and where to. */
export interface Pushed {
  readonly vdnId: number;
  readonly agent: number;
  readonly session: string;
  readonly push: Push;
  /** What the last handshake brought in place of the token of the sign-in (6.1.1.3). */
  token?: string;
}

export interface PusherDependencies {
  readonly outgoing: Outgoing;
  /** The GUID of the session; undefined when it has ended. */
  readonly guidOf: (vdnId: number, agent: number, session: string) => Promise<string | undefined>;
  /** An address may be trusted no longer. */
  readonly trusts: (vdnId: number, url: string) => Promise<boolean>;
  readonly openToken: (vdnId: number, sealed: string) => string;
  readonly onFault: (message: string, details: object) => void;
  readonly retryMs?: readonly number[];
}

/** Pushes the events of agents (6.1.4.2): in order, one request of an agent at a time, each again until it was received. */
export interface Pusher {
  /** There is something to push. */
  readonly wake: (of: Pushed, source: Source) => void;
  readonly stop: () => void;
}

const MOST_AT_ONCE = 50;
const DEADLINE_MS = 5000;
/** The last wait goes on until the session ends, which two minutes without a handshake see to. */
const RETRY_MS = [500, 1000, 2000, 5000];

function bodyOf(form: Push['form'], notices: readonly Notice[]): string {
  const [first] = notices;
  if (form === 'single' && first !== undefined) return JSON.stringify({ message: '', retcode: '0', event: wireOf(first) });
  return JSON.stringify({ workNo: String(first?.agent ?? ''), eventList: notices.map(wireOf) });
}

export function createPusher({ outgoing, guidOf, trusts, openToken, onFault, retryMs = RETRY_MS }: PusherDependencies): Pusher {
  /** The sessions whose events are being pushed, in the order in which they began: a later one of the same agent waits. */
  const running = new Map<Source, Promise<void>>();
  const lastOf = new Map<string, Promise<void>>();
  /** The GUID that was sent last: the end of a session is told with it. */
  const guids = new WeakMap<Source, string>();
  const waits = new Set<() => void>();
  let stopped = false;

  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timeout);
      waits.delete(end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    waits.add(end);
  });

  /** Tries once. `again` is for those that are tried not for the first time: their failure is known. */
  const pushSome = async (of: Pushed, source: Source, again: boolean): Promise<'pushed' | 'failed' | 'over'> => {
    const { vdnId, agent, session, push } = of;
    const present = await guidOf(vdnId, agent, session);
    const guid = present ?? guids.get(source);
    if (guid === undefined || !(await trusts(vdnId, push.url))) return 'over';
    guids.set(source, guid);
    const token = of.token ?? (push.sealedToken === '' ? '' : openToken(vdnId, push.sealedToken));
    const notices = source.take(push.form === 'single' ? 1 : MOST_AT_ONCE);
    if (notices.length === 0) {
      // In the same breath: what is put from now on must wake it again.
      running.delete(source);
      return 'over';
    }
    const reply = await outgoing.send({
      url: push.url, method: 'POST', body: bodyOf(push.form, notices), deadlineMs: DEADLINE_MS,
      headers: { 'content-type': 'application/json; charset=utf-8', Guid: guid, ...(token === '' ? {} : { service_token: token }) },
    });
    if (reply.ok && reply.status >= 200 && reply.status < 300) return 'pushed';
    if (!again) onFault('events could not be pushed', { vdnId, agent, why: reply.ok ? reply.status : reply.why });
    // Nobody will ask for the end of a session that is over, so it is told once.
    if (present === undefined) return 'over';
    source.putBack(notices);
    return 'failed';
  };

  const run = async (of: Pushed, source: Source): Promise<void> => {
    let failures = 0;
    for (;;) {
      if (stopped) return;
      const outcome = await pushSome(of, source, failures > 0);
      if (outcome === 'over') return;
      if (outcome === 'pushed') failures = 0;
      else {
        await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? 0);
        failures += 1;
      }
    }
  };

  return {
    wake: (of, source) => {
      if (running.has(source) || stopped) return;
      const { vdnId, agent } = of;
      const key = `${vdnId}:${agent}`;
      const mine: Promise<void> = (lastOf.get(key) ?? Promise.resolve())
        .then(() => run(of, source))
        .catch((error: unknown) => { onFault('pushing failed', { vdnId, agent, error }); })
        .finally(() => {
          if (running.get(source) === mine) running.delete(source);
          if (lastOf.get(key) === mine) lastOf.delete(key);
        });
      running.set(source, mine);
      lastOf.set(key, mine);
    },
    stop: () => {
      stopped = true;
      for (const end of waits) end();
    },
  };
}
