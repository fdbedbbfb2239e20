import { CAUSE } from '@parley/core/call/call.ts';
import type { CallEnd } from '../../../telephony/sip/call/call.ts';

/** Why a number was not reached, by the final response to our INVITE. */
const BY_STATUS: Readonly<Record<number, number>> = {
  404: CAUSE.unknownNumber, 410: CAUSE.unknownNumber, 484: CAUSE.unknownNumber, 485: CAUSE.unknownNumber, 604: CAUSE.unknownNumber,
  408: CAUSE.unanswered, 480: CAUSE.unanswered, 487: CAUSE.unanswered,
  486: CAUSE.busy, 600: CAUSE.busy,
  403: CAUSE.rejected, 433: CAUSE.rejected, 603: CAUSE.rejected, 607: CAUSE.rejected, 608: CAUSE.rejected,
};

/** The network's own reason (Q.850 in a Reason header, RFC 3326) says more than the response that it was put into. */
const BY_Q850: Readonly<Record<number, number>> = {
  1: CAUSE.unknownNumber, 17: CAUSE.busy, 18: CAUSE.unanswered, 19: CAUSE.unanswered, 20: CAUSE.unanswered, 21: CAUSE.rejected, 22: CAUSE.unknownNumber,
  28: CAUSE.unknownNumber, 34: CAUSE.noResource, 38: CAUSE.noResource, 41: CAUSE.noResource, 42: CAUSE.noResource, 44: CAUSE.noResource, 47: CAUSE.noResource,
};

/** 12.3.8.10: the cause of a leg that we dialled and that nobody answered. */
export function failureCause(status: number, q850?: number): number {
  return (q850 === undefined ? undefined : BY_Q850[q850]) ?? BY_STATUS[status] ?? (status < 500 ? CAUSE.rejected : CAUSE.noResource);
}

/** The cause of a leg that ended otherwise than by our hand. */
export function endCause(why: CallEnd, direction: 'in' | 'out', wasUp: boolean): number {
  switch (why.kind) {
    case 'failed':
      return failureCause(why.status, why.q850);
    case 'cancelled':
      return CAUSE.gaveUp;
    case 'hungUp':
      return wasUp ? CAUSE.normal : direction === 'in' ? CAUSE.gaveUp : CAUSE.rejected;
    case 'ours':
      return CAUSE.released;
    case 'lost':
      return wasUp ? CAUSE.internalError : CAUSE.noResource;
    default:
      return why satisfies never;
  }
}

/** What the other end is told of why we hang up (ITU-T Q.850), where it is more than that the call is over. */
export const Q850_OF: Readonly<Record<number, number>> = {
  [CAUSE.normal]: 16, [CAUSE.released]: 16, [CAUSE.unanswered]: 19, [CAUSE.rejected]: 21, [CAUSE.busy]: 17, [CAUSE.unknownNumber]: 1, [CAUSE.noResource]: 42, [CAUSE.internalError]: 41,
  [CAUSE.callsUsedUp]: 31,
};

/** How a call that came in is turned away. */
export const STATUS_OF: Readonly<Record<number, number>> = {
  [CAUSE.unknownNumber]: 404, [CAUSE.busy]: 486, [CAUSE.rejected]: 603, [CAUSE.noResource]: 503, [CAUSE.queueFull]: 486, [CAUSE.noAgent]: 480,
  [CAUSE.unanswered]: 480, [CAUSE.timeout]: 480, [CAUSE.internalError]: 500, [CAUSE.noFlow]: 404,
};
