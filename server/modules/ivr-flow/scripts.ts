import { readFlow } from '@parley/core/ivr/flow.ts';
import type { Database } from '../../database/connect.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Script } from '../../engine/flow-runner.ts';
import { rememberByTenant } from '../../engine/tenant-memory.ts';
import type { Writer } from '../../engine/writer.ts';
import { findFlow, readDefinition } from './store.ts';

export interface ScriptDependencies {
  readonly db: Database;
  readonly writer: Pick<Writer, 'subscribe'>;
  readonly zoneOf: (vdnId: number) => Promise<string>;
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly { readonly id: number }[]>;
  readonly onFault: OnFault;
}

/** The flows of tenants, ready to be run: read once, and again after a change. */
export function createScripts({ db, writer, zoneOf, listQueues, onFault }: ScriptDependencies): (vdnId: number, flow: string) => Promise<Script | undefined> {
  const load = async (vdnId: number, id: number): Promise<Pick<Script, 'flow' | 'maxCalls'> | undefined> => {
    const found = await findFlow(db, vdnId, id);
    const definition = found?.loaded === true ? await readDefinition(db, vdnId, id, found.version) : undefined;
    if (found === undefined || definition === undefined || Object.keys(definition).length === 0) return undefined;
    const { flow, faults } = readFlow(definition);
    // One that is older than the rules for them.
    if (flow === undefined) onFault('an IVR flow cannot be run', { vdnId, flow: id, version: found.version, fault: faults[0] });
    return flow && { flow, maxCalls: found.maxCalls ?? undefined };
  };

  const flowsOf = rememberByTenant(writer, ['ivr-flow'], () => Promise.resolve(new Map<number, ReturnType<typeof load>>()));
  const queuesOf = rememberByTenant(writer, ['queue'], async (vdnId) => (await listQueues(db, vdnId)).map(({ id }) => id));

  return async (vdnId, code) => {
    const id = /^[1-9]\d{0,9}$/.test(code) && Number(code) < 2 ** 31 ? Number(code) : undefined;
    if (id === undefined) return undefined;
    const flows = await flowsOf(vdnId);
    let loading = flows.get(id);
    if (loading === undefined) {
      loading = load(vdnId, id);
      flows.set(id, loading);
      loading.catch(() => { flows.delete(id); });
    }
    const found = await loading;
    return found && { ...found, zone: await zoneOf(vdnId), queues: await queuesOf(vdnId) };
  };
}
