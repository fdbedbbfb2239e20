import type { listIvrFlows, showIvrFlow, showIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import type { queryIVRFlowList } from '@parley/contract/configuration/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Flow, Version } from './store.ts';

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
  version: flow.version,
});

export const presentWholeFlow = (flow: Flow, definition: object): Result<typeof showIvrFlow> => ({ ...presentFlow(flow), definition });

export const presentDefinition = (id: number, version: number, definition: object, versions: readonly Version[]): Result<typeof showIvrFlowDefinition> => ({
  id, version, definition, versions: [...versions],
});
