import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import type { Result } from '@parley/contract/operation.ts';
import { SUITED_MEDIA } from '@parley/core/agent/skills.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keyOf, readAll } from '../../session/asking.ts';
import { api } from '../../session/client.ts';

export type Agent = Result<typeof agentAccountQuery>['data'][number];

const PAGE = 100;
/** As many as 5.1.4 answers at once. */
const MOST = 1000;

/** Whether an agent is one of those that are looked for: by account, name, work number or phone. */
export function isFound({ userAccount, userName, workNo, sipAccount, phone }: Agent, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [userAccount, userName, String(workNo), sipAccount, phone].some((one) => one.toLowerCase().includes(wanted));
}

/** 5.1.4 does not search: all agents are read, a thousand at a time. */
async function findAgents(search: string): Promise<readonly Agent[]> {
  const agents = await readAll<Agent>(async (passed) => {
    const { data, total } = await api.ask(agentAccountQuery, { pageNum: passed / MOST, pageSize: MOST });
    return { rows: data, total };
  });
  return agents.filter((agent) => isFound(agent, search));
}

export interface AgentList {
  readonly agents: readonly Agent[] | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly more: { readonly isThere: boolean; readonly isLoading: boolean; readonly show: () => void };
}

/** The agents by work number, page by page; all of them that fit what is searched. */
export function useAgents(search: string): AgentList {
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(agentAccountQuery, {}), 'pages'], enabled: search === '', initialPageParam: 0,
    queryFn: ({ pageParam }) => api.ask(agentAccountQuery, { pageNum: pageParam, pageSize: PAGE }),
    getNextPageParam: ({ total }, _all, last) => ((last + 1) * PAGE < total ? last + 1 : undefined),
  });
  const found = useQuery({ queryKey: [...keyOf(agentAccountQuery, {}), 'search', search], enabled: search !== '', queryFn: () => findAgents(search) });
  const { error, refetch } = search === '' ? pages : found;
  return {
    agents: search === '' ? pages.data?.pages.flatMap(({ data }) => data) : found.data, error,
    refetch: () => { void refetch(); },
    more: { isThere: search === '' && pages.hasNextPage, isLoading: pages.isFetchingNextPage, show: () => { void pages.fetchNextPage(); } },
  };
}

export const AGENT_TYPES = [99, 4, 11, 5] as const;
export type AgentType = (typeof AGENT_TYPES)[number];
export const ROLES = [2, 3, 4] as const;
export type Role = (typeof ROLES)[number];

/** Whether a queue of a medium suits an agent of a type (5.1.1). */
export const suits = (type: number, medium: number): boolean => SUITED_MEDIA[type]?.includes(medium) ?? false;

export interface SkillDraft {
  readonly skillId: string;
  readonly agentWeight: number | string;
  readonly skillWeight: number | string;
}

export interface AgentDraft {
  readonly userAccount: string;
  readonly userName: string;
  readonly email: string;
  readonly phone: string;
  readonly agentType: string;
  readonly ccRoleId: string;
  readonly password: string;
  readonly transparentDisplayFlag: boolean;
  readonly skills: readonly SkillDraft[];
}

export const NEW_AGENT: AgentDraft = {
  userAccount: '', userName: '', email: '', phone: '', agentType: '99', ccRoleId: '2', password: '', transparentDisplayFlag: false, skills: [],
};

export function draftOf({ userAccount, userName, email, phone, agentType, ccRoleId, transparentDisplayFlag, skills }: Agent): AgentDraft {
  return {
    userAccount, userName, email, phone, agentType: String(agentType), ccRoleId: String(ccRoleId), password: '', transparentDisplayFlag,
    skills: skills.map(({ skillId, agentWeight, skillWeight }) => ({ skillId: String(skillId), agentWeight, skillWeight })),
  };
}

/** What both making and changing an agent send. */
export function settingsOf({ userAccount, userName, email, phone, agentType, ccRoleId, transparentDisplayFlag, skills }: AgentDraft) {
  return {
    userAccount: userAccount.trim(), userName: userName.trim(), email: email.trim(), phone: phone.trim(), agentType: Number(agentType) as AgentType, ccRoleId: Number(ccRoleId) as Role,
    transparentDisplayFlag,
    skills: skills.map(({ skillId, agentWeight, skillWeight }) => ({ skillId: Number(skillId), agentWeight: Number(agentWeight), skillWeight: Number(skillWeight) })),
  };
}
