import { succeed } from '../../sdp/succession.ts';
import { buildRequest } from '../message/build.ts';
import type { DigestUser } from '../message/digest.ts';
import type { Channel } from '../transport/channel.ts';
import type { Agent } from './agent.ts';
import type { CallEnd, SipCall } from './call.ts';
import { readCaller } from './caller.ts';
import { nameOf, type Dialog } from './dialog.ts';
import { createEvents } from './events.ts';
import { keepCall, type KeptCall } from './kept.ts';
import type { LiveCall } from './live-call.ts';
import { createPath } from './path.ts';
import { LOST_CAUSE, type HangUpCause } from './reason.ts';
import { createSession } from './session.ts';

export interface RestoredWays {
  /** In place of the one that was kept; one that is closed where the connection went with the process that had it. */
  readonly channel: Channel;
  readonly credentials?: () => DigestUser | undefined;
}

/**
 * The numbers that are passed over: some may have been used after it was kept, and a request with one of those would be taken
 * for an old one. Gaps are allowed (RFC 3261 12.2.2).
 */
const SKIPPED = 1_000;
const HIGHEST = 2 ** 31 - 1;
/** The other end is asked whether it is still there, those of one process not all at once. */
const ASKED_AFTER = 1_000;
const ASKED_WITHIN = 4_000;
/** So long a session goes on at least: the other end is asked in time. */
const LEFT_MS = 15_000;

function dialogOf({ allows, remoteSequence, localSequence, routes, ...kept }: KeptCall): Dialog {
  const { callId, localTag, remoteTag, local, remote, target } = kept;
  return {
    callId, localTag, remoteTag, local, remote, target, routes, remoteSequence,
    localSequence: Math.min(localSequence + SKIPPED, HIGHEST), allows: allows === undefined ? undefined : new Set(allows),
  };
}

/** A call that is up already, and was in another process until that died. What happened to it meanwhile is found out by asking. */
export function createRestored(agent: Agent, kept: KeptCall, { channel, credentials }: RestoredWays, gone: () => void): LiveCall {
  const { direction, way, session: timed, interval, local, remote, callId } = kept;
  const events = createEvents();
  const path = createPath(agent, way.target === undefined ? { channel, isBehindNat: way.isBehindNat ?? false } : { channel, target: way.target });
  const dialog = dialogOf(kept);
  let state: 'up' | 'ended' = 'up';
  let goodbye: HangUpCause | undefined;
  /** Descriptions are made by somebody who does not know those before. */
  let said = kept.sdp;
  const follow = (sdp: string): string => {
    said = said === undefined ? sdp : succeed(said, sdp);
    return said;
  };

  const end = (why: CallEnd): void => {
    if (state === 'ended') return;
    state = 'ended';
    talk.end();
    events.tell({ kind: 'ended', why });
    if (why.kind === 'hungUp' || (why.kind === 'lost' && why.why === 'unknown')) gone();
    else void session.bye(why.kind === 'ours' ? goodbye : { q850: LOST_CAUSE }).then(gone);
  };

  const keep = (): KeptCall | undefined => keepCall(talk, direction);
  const session = createSession({
    agent, path, dialog, credentials, isCaller: direction === 'out', over: end,
    tell: (event) => { events.tell(event.kind === 'offered' ? { ...event, accept: (sdp) => { event.accept(follow(sdp)); } } : event); },
    changed: agent.stands === undefined ? undefined : () => { if (state === 'up') agent.stands?.(sip, keep); },
  });
  const { talk } = session;
  talk.isUp = true;
  talk.media.local = kept.sdp;
  talk.interval = interval ?? agent.sessionTimer;
  if (timed !== undefined) talk.timer.set(timed, Math.max(0, Math.min(timed.agoMs, (timed.seconds * 1000) / 2 - LEFT_MS)));
  talk.later(ASKED_AFTER + agent.randomBelow(ASKED_WITHIN), session.offering.refresh);

  const [from, to] = direction === 'in' ? [remote, local] : [local, remote];
  const sip: SipCall = {
    callId, direction, from: readCaller(from), to: readCaller(to),
    invite: buildRequest({ method: 'INVITE', uri: direction === 'in' ? readCaller(to).uri : kept.target, from, to, callId, cseq: kept.localSequence }),
    channel: path.channel, state: () => state, listen: events.listen, dialog: () => nameOf(dialog), moveTo: path.heardBy,
    ring: () => undefined,
    answer: () => undefined,
    reject: () => undefined,
    hangUp: (cause) => {
      goodbye ??= cause;
      end({ kind: 'ours' });
    },
    offer: (sdp) => session.offering.offer(follow(sdp)),
    info: session.info,
    notify: session.notify,
  };
  talk.changed?.();
  return { sip, localTag: kept.localTag, take: session.take, takeAck: session.takeAck, isWith: (remoteTag) => remoteTag === dialog.remoteTag };
}
