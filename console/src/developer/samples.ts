import type { createSampleRequest } from '@parley/contract/admin/sample-request.ts';
import { queryAccessCodeList } from '@parley/contract/configuration/access-code.ts';
import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { queryIVRFlowList } from '@parley/contract/configuration/ivr-flow.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import type { Input, Operation } from '@parley/contract/operation.ts';
import { cmsQueryCallsV1 } from '@parley/contract/monitoring/call-query.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import { cmsSkillStateInfo } from '@parley/contract/monitoring/skill-live.ts';
import { cmsTotalAgentState } from '@parley/contract/monitoring/vdn-live.ts';

export type SampleInput = Input<typeof createSampleRequest>;
export type SampleScheme = SampleInput['scheme'];
export type SampleMethod = SampleInput['method'];

/** What of a tenant stands in the requests that are offered. */
export interface Known {
  readonly vdnId: number;
  readonly skillIds: readonly number[];
}

interface Sample {
  readonly op: Pick<Operation, 'id' | 'method' | 'path' | 'section'>;
  readonly bodyOf?: (known: Known, now: number) => object;
}

export type SampleId = 'querySkills' | 'agentAccountQuery' | 'queryAccessCodeList' | 'queryIVRFlowList' | 'cmsPing' | 'cmsPingGet' | 'cmsTotalAgentState' | 'cmsSkillStateInfo' | 'cmsQueryCallsV1';

const HOUR_MS = 3_600_000;

/** A handful of requests that change nothing, so that whoever tries them breaks nothing. */
export const SAMPLES: Readonly<Record<SampleScheme, readonly SampleId[]>> = {
  C1: ['querySkills', 'agentAccountQuery', 'queryAccessCodeList', 'queryIVRFlowList'],
  C2: ['cmsPing', 'cmsPingGet', 'cmsTotalAgentState', 'cmsSkillStateInfo', 'cmsQueryCallsV1'],
};

const DETAILS: Readonly<Record<SampleId, Sample>> = {
  querySkills: { op: querySkills, bodyOf: () => ({ limit: 10, offset: 0 }) },
  agentAccountQuery: { op: agentAccountQuery, bodyOf: () => ({ pageNum: 0, pageSize: 10 }) },
  queryAccessCodeList: { op: queryAccessCodeList, bodyOf: () => ({ limit: 10, offset: 0 }) },
  queryIVRFlowList: { op: queryIVRFlowList, bodyOf: () => ({}) },
  cmsPing: { op: cmsPing, bodyOf: () => ({ say: 'Hello world!' }) },
  cmsPingGet: { op: cmsPingGet },
  cmsTotalAgentState: { op: cmsTotalAgentState, bodyOf: ({ vdnId }) => ({ ccId: 1, vdn: vdnId }) },
  cmsSkillStateInfo: { op: cmsSkillStateInfo, bodyOf: ({ vdnId, skillIds }) => ({ ccId: 1, vdn: vdnId, skillIds: skillIds.length === 0 ? [1] : skillIds }) },
  cmsQueryCallsV1: { op: cmsQueryCallsV1, bodyOf: ({ vdnId }, now) => ({ ccId: 1, vdn: vdnId, beginDate: String(now - HOUR_MS), endDate: String(now), limit: 10, offset: 0 }) },
};

export const sectionOf = (id: SampleId): string => DETAILS[id].op.section ?? '';

/** A request as it is being written. */
export interface RequestDraft {
  readonly method: SampleMethod;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'] satisfies SampleMethod[];
const isMethod = (method: string): method is SampleMethod => METHODS.includes(method);

export function draftOf(id: SampleId, known: Known, now: number): RequestDraft {
  const { op: { method, path }, bodyOf } = DETAILS[id];
  return { method: isMethod(method) ? method : 'POST', path, query: '', body: bodyOf === undefined ? '' : JSON.stringify(bodyOf(known, now), undefined, 2) };
}

/** Browsers send no body with GET, so none is signed for one. */
export const hasBody = ({ method, body }: Pick<RequestDraft, 'method' | 'body'>): boolean => method !== 'GET' && body.trim() !== '';

export const inputOf = (scheme: SampleScheme, keyId: string, draft: RequestDraft): SampleInput => ({
  scheme, keyId, method: draft.method, path: draft.path.trim(), ...(draft.query.trim() === '' ? {} : { query: draft.query.trim() }), ...(hasBody(draft) ? { body: draft.body } : {}),
});

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
