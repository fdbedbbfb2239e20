import { errors } from '@parley/contract/admin/family.ts';
import { checkIvrFlowDefinition, listIvrNodeTypes, replaceIvrFlowDefinition, showIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { schemaOf } from '@parley/core/ivr/field.ts';
import { flowFields } from '@parley/core/ivr/flow.ts';
import { describeNodeTypes } from '@parley/core/ivr/node-types.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { faultsOf, readDefinition as read, refuseFaults, type DefinitionNeighbours } from './definition.ts';
import { presentDefinition } from './present.ts';
import { findFlow, insertVersion, listVersions, readDefinition, updateFlow } from './store.ts';

export interface DefinitionDependencies extends DefinitionNeighbours {
  readonly db: Database;
  readonly writer: Writer;
}

const FLOW = 'IVR flow';

/** What designers need: a definition in its versions, what is wrong with it, and what it can be made of. */
export function definitionHandlers({ db, writer, ...neighbours }: DefinitionDependencies): readonly Handler[] {
  return [
    handle(showIvrFlowDefinition, async ({ id, version }, { vdnId }) => {
      const flow = await findFlow(db, vdnId, id);
      if (flow === undefined) return refuse(errors.notFound, { what: FLOW, id });
      const wanted = version ?? flow.version;
      const definition = await readDefinition(db, vdnId, id, wanted);
      if (definition === undefined) return refuse(errors.notFound, { what: `version of IVR flow ${id}`, id: wanted });
      return presentDefinition(id, wanted, definition, await listVersions(db, vdnId, id));
    }),

    handle(replaceIvrFlowDefinition, async (input, { vdnId, by }) => {
      const defined = read(input.definition);
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const before = await findFlow(tx, vdnId, input.id);
        if (before === undefined) return refuse(errors.notFound, { what: FLOW, id: input.id });
        if (input.version !== undefined && input.version !== before.version) {
          return refuse(errors.conflict, { message: `The definition is of version ${before.version} by now, not of ${input.version}` });
        }
        const refusal = refuseFaults(await faultsOf(tx, vdnId, defined, neighbours));
        if (refusal !== undefined) return refusal;
        const after = { ...before, version: before.version + 1 };
        await updateFlow(tx, vdnId, after);
        await insertVersion(tx, vdnId, after, defined, at);
        // The definition itself is kept by its version.
        record({ what: 'ivr-flow', id: String(after.id), before, after });
        return presentDefinition(after.id, after.version, defined.definition, await listVersions(tx, vdnId, after.id));
      });
    }),

    handle(checkIvrFlowDefinition, async ({ definition }, { vdnId }) => ({ faults: [...await faultsOf(db, vdnId, read(definition), neighbours)] })),

    handle(listIvrNodeTypes, () => Promise.resolve({ flow: schemaOf(flowFields), types: [...describeNodeTypes()] })),
  ];
}
