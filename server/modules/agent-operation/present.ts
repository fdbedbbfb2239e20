import { ABSENT, ABSENT_CALL, type cmsAgentOprInfo } from '@parley/contract/monitoring/agent-operation.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { OperationRow } from './store.ts';

/** As the reference's example has it. */
const utc = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

export function presentOperation(row: OperationRow): Result<typeof cmsAgentOprInfo>[number] {
  const { vdn_id: vdn, id, agent, type, object, cause, call, queue, service, media, feature, phone, agent_type: agentType, logon_sn: logonSn, skill_info_sn: skillInfoSn } = row;
  return {
    id: String(id), callId: call ?? ABSENT_CALL, phoneNo: phone, subCcNo: 0, currentAgentId: agent, currentSkillId: queue ?? ABSENT, mediaType: media ?? ABSENT,
    beginTime: utc(row.from_at), endTime: utc(row.to_at), vdn, callType: feature ?? ABSENT, serviceNo: service ?? ABSENT,
    operateType: type, operateObject: object ?? ABSENT, operateCause: cause ?? ABSENT, agentType,
    locationId: null, logonSn: String(logonSn), skillInfoSn: skillInfoSn === null ? null : String(skillInfoSn),
  };
}
