import { conferenceErrors as errors } from '@parley/contract/gateway/agent-conference.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { Refused } from '@parley/core/centre/refused.ts';
import { refusalOf, type Codes } from '../online-agent/index.ts';

/** 6.1.6: the gateway's own codes; what the bridge refuses comes as 100-007 with its reason. */
const KINDS: Codes = {
  noConference: errors.conferenceNone, notChair: errors.conferenceNotChair, notInspector: errors.conferenceNotInspector,
  chairAlready: errors.conferenceChairAlready, chairRemoved: errors.conferenceChairRemoved, chairLeaves: errors.conferenceChairLeaves,
  wrongState: sessionErrors.failed, noPermission: sessionErrors.failed,
};

const BY_REASON: ReadonlyMap<number, RefusalKind> = new Map(Object.values(errors).flatMap((kind) => (kind.reason === undefined ? [] : [[kind.reason, kind]])));

/** What the catalogue calls the detail that the core tells: whom, or how many. */
const detailsOf = (message: string) => ({ participant: message, limit: message, free: message, taken: message });

export function conferenceRefusal(refused: Refused, agent: number): Refusal {
  const kind = refused.code === undefined ? undefined : BY_REASON.get(refused.code);
  return kind === undefined ? refusalOf(refused, agent, KINDS) : refuse(kind, { agent, ...detailsOf(refused.message) });
}
