import { listSharedKeys } from '@parley/contract/admin/callback.ts';
import { listVoiceFiles } from '@parley/contract/admin/voice.ts';
import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { useCallback, useMemo } from 'react';
import { useFlows } from '../../administration/flows.ts';
import { useQueues } from '../../administration/queues/queues.ts';
import { useAsked } from '../../session/asking.ts';
import type { ReferenceKind } from '../graph/control.ts';
import type { NameOf } from '../graph/summary.ts';

export interface Thing {
  readonly value: string;
  readonly label: string;
}

/** What of the tenant's a flow can name, for pickers and for people to read. */
export interface Things {
  readonly listOf: (kind: ReferenceKind) => readonly Thing[];
  readonly nameOf: NameOf;
}

const MOST_AGENTS = 1000;
const MOST_FILES = 500;

export function useThings(): Things {
  const queues = useQueues().data?.data;
  const flows = useFlows().data?.flows;
  const agents = useAsked(agentAccountQuery, { pageNum: 0, pageSize: MOST_AGENTS }).data?.data;
  const files = useAsked(listVoiceFiles, { status: 'approved', limit: MOST_FILES }).data?.files;
  const keys = useAsked(listSharedKeys, {}).data?.sharedKeys;
  const lists = useMemo((): Readonly<Record<ReferenceKind, readonly Thing[]>> => ({
    queue: (queues ?? []).map(({ skillId, name }) => ({ value: String(skillId), label: name })),
    flow: (flows ?? []).map(({ id, description, accessCode }) => ({ value: String(id), label: description === '' ? accessCode : description })),
    agent: (agents ?? []).map(({ workNo, userName, userAccount }) => ({ value: String(workNo), label: `${workNo} ${userName || userAccount}` })),
    voiceFile: (files ?? []).map(({ id, name }) => ({ value: id, label: name })),
    key: (keys ?? []).map(({ name }) => ({ value: name, label: name })),
  }), [queues, flows, agents, files, keys]);
  const listOf = useCallback((kind: ReferenceKind) => lists[kind], [lists]);
  const nameOf = useCallback<NameOf>((kind, id) => lists[kind].find(({ value }) => value === id)?.label ?? id, [lists]);
  return useMemo(() => ({ listOf, nameOf }), [listOf, nameOf]);
}
