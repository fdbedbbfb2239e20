import type { Fields } from '../message/build.ts';
import type { DigestUser } from '../message/digest.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { RequestFailure } from '../transaction/transactions.ts';
import { patience, sdpBody, type Agent } from './agent.ts';
import type { CallEnd, CallEvent } from './call.ts';
import { learn, nextUri, requestIn, sequenceOf, type Dialog, type RequestParts } from './dialog.ts';
import { exchange } from './exchange.ts';
import type { Path } from './path.ts';
import { createSessionTimer, type SessionTimer, type SessionTimerSettings } from './session-timer.ts';

/** Where offer and answer stand (RFC 3264): only one may be open. */
export interface MediaState {
  pending: 'none' | 'ours' | 'theirs';
  /** What we said last and was agreed on: the refresh of a session says it again. */
  local: string | undefined;
  /** What the other end said before its final answer. */
  remote: string | undefined;
}

export interface TalkParts {
  readonly agent: Agent;
  readonly path: Path;
  readonly dialog: Dialog;
  readonly credentials?: DigestUser | (() => DigestUser | undefined) | undefined;
  /** Whether the INVITE that began it was ours: who has the Call-ID waits longer when two offers meet (RFC 3261 14.1). */
  readonly isCaller: boolean;
  readonly tell: (event: CallEvent) => void;
  /** The other end has hung up, or is lost. */
  readonly over: (why: CallEnd) => void;
  /** Something of it is different now that has to be known to go on with it. */
  readonly changed?: (() => void) | undefined;
}

/** What all that happens within one dialog shares. */
export interface Talk extends TalkParts {
  readonly media: MediaState;
  readonly timer: SessionTimer;
  /** The interval that we ask for: a 422 raises it. Undefined where sessions are not refreshed. */
  interval: SessionTimerSettings | undefined;
  isUp: boolean;
  readonly isOver: () => boolean;
  /** Does something later unless it is over by then. */
  readonly later: (ms: number, work: () => void) => () => void;
  /** Resolves with false when it is over before. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Does something when it is over, at once if it is; answers what calls it off. */
  readonly onOver: (work: () => void) => () => void;
  /** Stops all that waits. What is sent already is still answered and acknowledged. */
  readonly end: () => void;
}

export function createTalk(parts: TalkParts, refresh: () => void): Talk {
  const { agent, over } = parts;
  const endings = new Set<() => void>();
  let isOver = false;

  const later = (ms: number, work: () => void): (() => void) => {
    if (isOver) return () => undefined;
    const stop = agent.timers.after(ms, () => {
      endings.delete(callOff);
      work();
    });
    const callOff = (): void => {
      endings.delete(callOff);
      stop();
    };
    endings.add(callOff);
    return callOff;
  };
  const onOver = (work: () => void): (() => void) => {
    const own = (): void => { work(); };
    if (isOver) work();
    else endings.add(own);
    return () => { endings.delete(own); };
  };
  return {
    ...parts,
    media: { pending: 'none', local: undefined, remote: undefined },
    timer: createSessionTimer(agent.timers, { refresh, expired: () => { over({ kind: 'lost', why: 'session' }); } }),
    interval: agent.sessionTimer,
    isUp: false,
    isOver: () => isOver,
    later,
    onOver,
    pause: (ms) => new Promise((resolve) => {
      later(ms, () => {
        forget();
        resolve(true);
      });
      const forget = onOver(() => { resolve(false); });
    }),
    end() {
      if (isOver) return;
      isOver = true;
      this.timer.stop();
      for (const ending of endings) ending();
      endings.clear();
    },
  };
}

/** Sends a request within the dialog and answers its final response. A 2xx to INVITE is acknowledged, each time it comes. */
export function ask(talk: Talk, method: string, parts: Omit<RequestParts, 'contact' | 'sequence'> & { readonly hasContact?: boolean }): Promise<SipResponse | RequestFailure> {
  const { agent, path, dialog, credentials } = talk;
  const { hasContact = false, ...fields } = parts;
  return new Promise((resolve) => {
    let unlimit = (): void => undefined;
    let isOpen = true;
    const close = (how: SipResponse | RequestFailure): void => {
      isOpen = false;
      unlimit();
      talk.changed?.();
      resolve(how);
    };
    const { cancel } = exchange(agent, {
      path, credentials,
      nextUri: () => nextUri(dialog),
      make: (contact) => {
        const request = requestIn(dialog, method, { ...fields, ...(hasContact ? { contact } : {}) });
        request.headers.append('User-Agent', agent.name);
        return request;
      },
      response: (response, request) => {
        if (response.status < 200) return;
        // The ACK goes to the new target already (RFC 3261 12.2.1.2, RFC 3311 5.1).
        if (response.status < 300 && hasContact) learn(dialog, response);
        if (method === 'INVITE' && response.status < 300) acknowledge(talk, request);
        close(response);
      },
      failed: (why) => { close(why); },
    });
    // An INVITE may ring for ever; within a dialog nobody has to be fetched.
    if (isOpen && method === 'INVITE') unlimit = agent.timers.after(2 * patience(agent), cancel);
  });
}

/** The ACK of a 2xx (RFC 3261 13.2.2.4): by the dialog's route, with the number and the credentials of its INVITE (22.1). */
export function acknowledge({ agent, path, dialog }: Pick<Talk, 'agent' | 'path' | 'dialog'>, invite: SipRequest, sdp?: string): void {
  const headers: Fields = { 'Authorization': invite.headers.all('Authorization'), 'Proxy-Authorization': invite.headers.all('Proxy-Authorization') };
  const ack = requestIn(dialog, 'ACK', { sequence: sequenceOf(invite), headers, ...sdpBody(sdp) });
  path.use(nextUri(dialog), (channel) => { agent.transactions.acknowledge(ack, channel); }, () => undefined);
}
