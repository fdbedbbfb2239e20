import { listIvrFlows } from '@parley/contract/admin/ivr-flow.ts';
import { listOutcomes } from '@parley/contract/admin/outcome.ts';
import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { useQueues } from '../administration/queues/queues.ts';
import { useAsked } from '../session/asking.ts';

/* Whose calls and figures can be asked for, by name. */

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** As many as 5.1.4 tells at once; others are found by a link with their number. */
const MOST_AGENTS = 1000;

export const useQueueChoices = (enabled: boolean): readonly Choice[] =>
  (useQueues({ enabled }).data?.data ?? []).map(({ skillId, name }) => ({ value: String(skillId), label: name }));

export const useAgentChoices = (enabled: boolean): readonly Choice[] =>
  (useAsked(agentAccountQuery, { pageNum: 0, pageSize: MOST_AGENTS }, { enabled }).data?.data ?? []).map(({ workNo, userName }) => ({ value: String(workNo), label: `${workNo} ${userName}` }));

export const useFlowChoices = (enabled: boolean): readonly Choice[] =>
  (useAsked(listIvrFlows, {}, { enabled }).data?.flows ?? []).map(({ id, description, accessCode }) => ({ value: String(id), label: description || accessCode }));

export const useOutcomeChoices = (): readonly Choice[] => (useAsked(listOutcomes, {}).data?.outcomes ?? []).map(({ code, name }) => ({ value: code, label: name }));
