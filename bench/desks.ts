import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** How an agent signs in. */
export interface Worker {
  readonly workNo: number;
  readonly password: string;
  readonly phone: string;
  /** Whether the phone is hung up after each call; else it stays off the hook. */
  readonly releasePhone?: boolean;
  /** Whether it takes the next call right after one; else there is wrap-up. */
  readonly autoEnterIdle?: boolean;
}

/** An agent was told that it talks. */
export interface Told {
  readonly call: string;
  readonly agent: number;
  readonly at: number;
}

/** Agents at their desks, each with a poll that waits: what they were told, and when. */
export interface Desks {
  readonly told: readonly Told[];
  readonly faults: readonly string[];
  readonly polls: () => number;
  readonly guidOf: (agent: number) => string;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly retcode: string; readonly event?: { readonly eventType: string; readonly content: { readonly callid?: string } | null } };
}

const SIGN_INS_AT_ONCE = 20;
const DEADLINE_MS = 30_000;
const TOO_MANY = '999-002';
const PAUSE_MS = 200;
/** What an empty poll waits. */
const POLL_MS = 9400;

/** Milliseconds since 1970 with their fractions: comparable between processes of one machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

function ask(agent: Agent, url: string, method: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent, method, headers, timeout: DEADLINE_MS }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
        resolve({ headers: reply.headers, body: JSON.parse(text) as Answer['body'] });
      }).on('error', reject);
    });
    sending.on('error', reject).on('timeout', () => { sending.destroy(new Error('no answer')); });
    sending.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * Signs the workers in and, unless told otherwise, lets them poll as desktops of the field do: the next poll as soon as the
 * last one was answered. People do not sit down all at the same moment: their first polls are spread over the time that an empty one waits.
 */
export async function openDesks(url: string, workers: readonly Worker[], isPolling = true): Promise<Desks> {
  const agent = new Agent({ keepAlive: true });
  const told: Told[] = [];
  const faults: string[] = [];
  const guids = new Map<number, string>();
  let polls = 0;
  const stopping = new AbortController();

  const signIn = async (worker: Worker): Promise<void> => {
    const { workNo, password, phone, releasePhone = false, autoEnterIdle = false } = worker;
    const { headers, body } = await ask(agent, `${url}/agentgateway/resource/onlineagent/${workNo}/forcelogin`, 'PUT', { 'content-type': 'application/json' }, {
      password, phonenum: phone, releasephone: releasePhone, autoenteridle: autoEnterIdle,
    });
    // More sign-ins a second than are taken of one address: as a desktop would, it tries again.
    if (body.retcode === TOO_MANY) {
      await pause(PAUSE_MS);
      return signIn(worker);
    }
    if (body.retcode !== '0') throw new Error(`agent ${workNo} could not sign in: ${body.retcode}`);
    guids.set(workNo, String(headers['guid']));
  };

  const poll = async (workNo: number, afterMs: number): Promise<void> => {
    await pause(afterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    while (!stopping.signal.aborted) {
      try {
        const { headers, body } = await ask(agent, `${url}/agentgateway/resource/agentevent/${workNo}`, 'GET', { Guid: guids.get(workNo) ?? '' });
        const at = preciseNow();
        polls += 1;
        if (headers['guid'] !== undefined) guids.set(workNo, String(headers['guid']));
        if (body.retcode !== '0') faults.push(`agent ${workNo}: ${body.retcode}`);
        if (body.event?.eventType === 'AgentEvent_Talking') told.push({ call: body.event.content?.callid ?? '', agent: workNo, at });
      } catch (error) {
        if (!stopping.signal.aborted) faults.push(`agent ${workNo}: ${String(error)}`);
      }
    }
  };

  let next = 0;
  await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, async () => {
    for (let worker = workers[next++]; worker !== undefined; worker = workers[next++]) await signIn(worker);
  }));
  const polling = isPolling ? workers.map(({ workNo }, index) => poll(workNo, (index / workers.length) * POLL_MS)) : [];
  if (isPolling) await pause(POLL_MS);
  return {
    told, faults, polls: () => polls, guidOf: (workNo) => guids.get(workNo) ?? '',
    stop: async () => {
      stopping.abort();
      agent.destroy();
      await Promise.allSettled(polling);
    },
  };
}
