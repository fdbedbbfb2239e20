import type { Push } from '@parley/core/agent/agent.ts';
import type { Outgoing } from '../../engine/outgoing.ts';
import type { Notice } from './notice.ts';
import type { Outbox } from './outbox.ts';

/** What a push needs of a session at the moment it is made. */
export interface PushTarget {
  readonly push: Push;
  readonly guid: string;
  readonly token: string;
}

export interface PusherDependencies {
  readonly outbox: Pick<Outbox, 'takeAll' | 'putBack'>;
  readonly outgoing: Outgoing;
  /** Undefined when the session has ended, or its address is trusted no longer. */
  readonly targetOf: (vdnId: number, agent: number, session: string) => Promise<PushTarget | undefined>;
  readonly onFault: (message: string, details: object) => void;
  readonly retryMs?: readonly number[];
}

/** Pushes the events of agents (6.1.4.2): in order, one request of an agent at a time, each again until it was received. */
export interface Pusher {
  readonly wake: (vdnId: number, agent: number, session: string) => void;
  readonly stop: () => void;
}

const MOST_AT_ONCE = 50;
const DEADLINE_MS = 5000;
/** The last wait goes on until the session ends, which two minutes without a handshake see to. */
const RETRY_MS = [500, 1000, 2000, 5000];

const wireOf = ({ agent, eventType, content }: Notice) => ({ eventType, workNo: String(agent), content });

function bodyOf(form: Push['form'], notices: readonly Notice[]): string {
  const [first] = notices;
  if (form === 'single' && first !== undefined) return JSON.stringify({ message: '', retcode: '0', event: wireOf(first) });
  return JSON.stringify({ workNo: String(first?.agent ?? ''), eventList: notices.map(wireOf) });
}

const keyOf = (vdnId: number, agent: number, session: string): string => `${vdnId}:${agent}:${session}`;

export function createPusher({ outbox, outgoing, targetOf, onFault, retryMs = RETRY_MS }: PusherDependencies): Pusher {
  const running = new Set<string>();
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

  const run = async (vdnId: number, agent: number, session: string): Promise<void> => {
    let failures = 0;
    while (!stopped) {
      const target = await targetOf(vdnId, agent, session);
      if (target === undefined) return;
      const { push, guid, token } = target;
      const notices = outbox.takeAll(vdnId, agent, push.form === 'single' ? 1 : MOST_AT_ONCE);
      if (notices.length === 0) {
        // At once, and not when the promise settles: what is put in between must wake it again.
        running.delete(keyOf(vdnId, agent, session));
        return;
      }
      const reply = await outgoing.send({
        url: push.url, method: 'POST', body: bodyOf(push.form, notices), deadlineMs: DEADLINE_MS,
        headers: { 'content-type': 'application/json; charset=utf-8', Guid: guid, ...(token === '' ? {} : { service_token: token }) },
      });
      if (reply.ok && reply.status >= 200 && reply.status < 300) {
        failures = 0;
        continue;
      }
      for (const notice of notices.toReversed()) outbox.putBack(vdnId, notice);
      if (failures === 0) onFault('events could not be pushed', { vdnId, agent, why: reply.ok ? reply.status : reply.why });
      await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? 0);
      failures += 1;
    }
  };

  return {
    wake: (vdnId, agent, session) => {
      const key = keyOf(vdnId, agent, session);
      if (running.has(key) || stopped) return;
      running.add(key);
      run(vdnId, agent, session)
        .catch((error: unknown) => { onFault('pushing failed', { vdnId, agent, error }); })
        .finally(() => { running.delete(key); });
    },
    stop: () => {
      stopped = true;
      for (const end of [...waits]) end();
    },
  };
}
