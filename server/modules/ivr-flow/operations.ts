import { errors } from '@parley/contract/admin/family.ts';
import { changeIvrFlow, createIvrFlow, deleteIvrFlow, listIvrFlows, showIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { queryIVRFlowList } from '@parley/contract/configuration/ivr-flow.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { DIVERSIONS, type Treatment } from '@parley/core/queue/treatment.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import { definitionHandlers } from './definition-operations.ts';
import { faultsOf, readDefinition as read, refuseFaults, type DefinitionNeighbours, type ReadDefinition } from './definition.ts';
import { presentFlow, presentRow, presentWholeFlow } from './present.ts';
import { deleteFlow, findFlow, flowLeadingTo, insertFlow, insertVersion, listFlows, readDefinition, updateFlow, type Flow } from './store.ts';

export interface IvrFlowDependencies extends DefinitionNeighbours {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly { readonly id: number; readonly treatment: Treatment }[]>;
  /** The first route that leads to one of these flows, in words. */
  readonly leadsTo: (db: Database, vdnId: number, flowIds: readonly number[]) => Promise<{ id: number; by: string } | undefined>;
  /** The flow that the satisfaction survey runs, if one is chosen. */
  readonly surveyFlow: (db: Database, vdnId: number) => Promise<number | undefined>;
}

const WHAT = 'ivr-flow';
const FLOW = 'IVR flow';

/** 5.4.1 answers all flows at once, so there is an end to them. */
const MAX_FLOWS = 1000;

const leadsToFlow = ({ waiting, ...treatment }: Treatment, id: number): boolean =>
  (waiting?.kind === 'flow' && waiting.flowId === id)
  || DIVERSIONS.some((name) => {
    const diversion = treatment[name];
    return diversion.kind === 'flow' && diversion.flowId === id;
  });

export function ivrFlowHandlers({ db, writer, ids, ...neighbours }: IvrFlowDependencies): readonly Handler[] {
  /** Who still leads to the flow, in words. */
  const userOf = async (tx: Database, vdnId: number, id: number): Promise<string | undefined> => {
    const route = await neighbours.leadsTo(tx, vdnId, [id]);
    if (route !== undefined) return route.by;
    const queue = (await neighbours.listQueues(tx, vdnId)).find(({ treatment }) => leadsToFlow(treatment, id));
    if (queue !== undefined) return `skill queue ${queue.id} leads to it`;
    const other = await flowLeadingTo(tx, vdnId, 'flow', [id]);
    if (other !== undefined && other.flow !== id) return `IVR flow ${other.flow} leads to it`;
    return (await neighbours.surveyFlow(tx, vdnId)) === id ? 'the satisfaction survey runs it' : undefined;
  };

  /** What is wrong with a definition that was given; those that were not are as they were. */
  const wrongDefinition = async (tx: Database, vdnId: number, defined: ReadDefinition | undefined): Promise<Refusal | undefined> =>
    defined && refuseFaults(await faultsOf(tx, vdnId, defined, neighbours));

  return [
    handle(queryIVRFlowList, async (_input, { vdnId }) => ({ result: (await listFlows(db, vdnId)).map(presentRow) })),

    handle(listIvrFlows, async (_input, { vdnId }) => ({ flows: (await listFlows(db, vdnId)).map(presentFlow) })),

    handle(showIvrFlow, async ({ id }, { vdnId }) => {
      const flow = await findFlow(db, vdnId, id);
      return flow === undefined ? refuse(errors.notFound, { what: FLOW, id }) : presentWholeFlow(flow, await readDefinition(db, vdnId, id, flow.version) ?? {});
    }),

    handle(createIvrFlow, async (input, { vdnId, by }) => {
      const defined = isGiven(input.definition) ? read(input.definition) : undefined;
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const wrong = await wrongDefinition(tx, vdnId, defined);
        if (wrong !== undefined) return wrong;
        const flows = await listFlows(tx, vdnId);
        if (flows.length >= MAX_FLOWS) return refuse(errors.conflict, { message: `No more IVR flows: the limit of ${MAX_FLOWS} is reached` });
        if (flows.some(({ accessCode }) => accessCode === input.accessCode)) return refuse(errors.exists, { what: 'flow with access code', id: input.accessCode });
        const flow: Flow = {
          id: (flows.at(-1)?.id ?? 0) + 1, longId: ids.next(), accessCode: input.accessCode, description: input.description ?? '', fileName: input.fileName ?? '',
          type: input.flowType ?? 0, loaded: input.loaded ?? true, maxCalls: limitOf(input.maxCalls ?? 0), version: defined === undefined ? 0 : 1,
        };
        await insertFlow(tx, vdnId, flow, at);
        if (defined !== undefined) await insertVersion(tx, vdnId, flow, defined, at);
        record({ what: WHAT, id: String(flow.id), before: null, after: flow });
        return presentWholeFlow(flow, defined?.definition ?? {});
      });
    }),

    handle(changeIvrFlow, async (input, { vdnId, by }) => {
      const defined = input.definition && read(input.definition);
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const before = await findFlow(tx, vdnId, input.id);
        if (before === undefined) return refuse(errors.notFound, { what: FLOW, id: input.id });
        const wrong = await wrongDefinition(tx, vdnId, defined);
        if (wrong !== undefined) return wrong;
        const after: Flow = {
          ...before,
          accessCode: input.accessCode ?? before.accessCode,
          description: input.description ?? before.description,
          fileName: input.fileName ?? before.fileName,
          type: input.flowType ?? before.type,
          loaded: input.loaded ?? before.loaded,
          maxCalls: input.maxCalls === undefined ? before.maxCalls : limitOf(input.maxCalls),
          version: before.version + (defined === undefined ? 0 : 1),
        };
        const namesake = (await listFlows(tx, vdnId)).find(({ id, accessCode }) => accessCode === after.accessCode && id !== after.id);
        if (namesake !== undefined) return refuse(errors.exists, { what: 'flow with access code', id: after.accessCode });
        await updateFlow(tx, vdnId, after);
        if (defined !== undefined) await insertVersion(tx, vdnId, after, defined, at);
        record({ what: WHAT, id: String(after.id), before, after });
        return presentWholeFlow(after, defined?.definition ?? await readDefinition(tx, vdnId, after.id, after.version) ?? {});
      });
    }),

    handle(deleteIvrFlow, ({ id }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = await findFlow(tx, vdnId, id);
      if (before === undefined) return refuse(errors.notFound, { what: FLOW, id });
      const user = await userOf(tx, vdnId, id);
      if (user !== undefined) return refuse(errors.inUse, { what: FLOW, id, by: user });
      await deleteFlow(tx, vdnId, id);
      record({ what: WHAT, id: String(id), before, after: null });
      return {};
    })),

    ...definitionHandlers({ db, writer, ...neighbours }),
  ];
}

/** An empty definition at the beginning is none. */
const isGiven = (definition: object | undefined): definition is object => definition !== undefined && Object.keys(definition).length > 0;

const limitOf = (maxCalls: number): number | null => (maxCalls === 0 ? null : maxCalls);
