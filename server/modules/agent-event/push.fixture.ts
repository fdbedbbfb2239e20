import type { Outgoing, OutgoingReply, OutgoingRequest } from '../../engine/outgoing.ts';

interface PushedEvent {
  readonly eventType: string;
  readonly workNo: string;
  readonly content: unknown;
}

interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly workNo?: string; readonly eventList?: readonly PushedEvent[]; readonly event?: PushedEvent; readonly message?: string; readonly retcode?: string };
}

/** A client's server that takes pushes, or does not. */
export interface Receiver {
  readonly outgoing: Outgoing;
  /** What was answered with a 2xx. */
  readonly received: readonly Received[];
  /** How many requests came, and the most of them at the same time. */
  readonly tries: () => number;
  readonly mostAtOnce: () => number;
  /** What it answers from now on. */
  readonly answers: (reply: OutgoingReply | (() => OutgoingReply | Promise<OutgoingReply>)) => void;
  /** The events that arrived, in the order of their requests. */
  readonly events: (workNo?: number) => readonly PushedEvent[];
}

export const OK: OutgoingReply = { ok: true, status: 200, body: '{"message":"success","retcode":"0"}' };
export const DOWN: OutgoingReply = { ok: false, why: 'unreachable', message: 'down' };

export function createReceiver(): Receiver {
  const received: Received[] = [];
  let [inFlight, mostAtOnce, tries] = [0, 0, 0];
  let reply: OutgoingReply | (() => OutgoingReply | Promise<OutgoingReply>) = OK;

  const send = async ({ url, headers = {}, body = '' }: OutgoingRequest): Promise<OutgoingReply> => {
    inFlight += 1;
    tries += 1;
    mostAtOnce = Math.max(mostAtOnce, inFlight);
    await new Promise((resolve) => { setImmediate(resolve); });
    const answer = typeof reply === 'function' ? await reply() : reply;
    inFlight -= 1;
    if (answer.ok && answer.status >= 200 && answer.status < 300) received.push({ url, headers, body: JSON.parse(body) as Received['body'] });
    return answer;
  };

  return {
    outgoing: { send }, received,
    tries: () => tries,
    mostAtOnce: () => mostAtOnce,
    answers: (next) => { reply = next; },
    events: (workNo) => received.flatMap(({ body }) => body.eventList ?? (body.event === undefined ? [] : [body.event]))
      .filter((event) => workNo === undefined || event.workNo === String(workNo)),
  };
}
