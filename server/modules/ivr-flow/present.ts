import type { showIvrFlow, listIvrFlows } from '@parley/contract/admin/ivr-flow.ts';
import type { queryIVRFlowList } from '@parley/contract/configuration/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Flow, WholeFlow } from './store.ts';

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Object.values(value).reduce((deepest: number, inner) => Math.max(deepest, depthOf(inner)), 0) : 0;

/** What is wrong with a definition: it is kept as data, in journal and trail too, so its size and depth are bounded. */
export function checkDefinition(definition: object): string | undefined {
  if (depthOf(definition) > MAX_DEPTH) return `definition must not nest deeper than ${MAX_DEPTH} levels`;
  return Buffer.byteLength(JSON.stringify(definition)) > MAX_BYTES ? `definition must not be larger than ${MAX_BYTES} bytes` : undefined;
}

export const presentRow = (flow: Flow): Result<typeof queryIVRFlowList>['result'][number] => ({
  id: flow.id,
  accessCode: flow.accessCode,
  description: flow.description,
  flowFileName: flow.fileName,
  flowType: flow.type,
  isLoad: flow.loaded ? 1 : 0,
  maxCallNum: flow.maxCalls,
});

export const presentFlow = (flow: Flow): Result<typeof listIvrFlows>['flows'][number] => ({
  id: flow.id,
  longId: flow.longId,
  accessCode: flow.accessCode,
  description: flow.description,
  fileName: flow.fileName,
  flowType: flow.type,
  loaded: flow.loaded,
  maxCalls: flow.maxCalls ?? 0,
});

export const presentWholeFlow = (flow: WholeFlow): Result<typeof showIvrFlow> => ({ ...presentFlow(flow), definition: flow.definition });
