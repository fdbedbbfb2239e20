import type { queryCallManualDetailInfo } from '@parley/contract/dataprocess/call-result.ts';
import type { Result } from '@parley/contract/operation.ts';
import { resultTypeOf } from '@parley/core/records/call-type.ts';
import type { Segment } from '../records/index.ts';
import type { Evaluation } from '../survey/index.ts';

/** 16.1 has all its figures as text. */
export function presentResult(row: Segment, evaluation: Evaluation | undefined): Result<typeof queryCallManualDetailInfo>['results'][number] {
  return {
    logDate: String(row.logged_at), callerNo: row.caller, calleeNo: row.called, callId: row.call, callType: String(resultTypeOf(row.feature)),
    mediatype: String(row.media_type), waitBegin: String(row.wait_from), ackBegin: String(row.ack_from), callBegin: String(row.talk_from), callEnd: String(row.talk_to),
    vdn: String(row.vdn_id), leaveReason: String(row.leave_reason), ...(evaluation === undefined ? {} : { evaluationValue: evaluation.value }),
  };
}
