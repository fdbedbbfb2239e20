import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';

export interface NameDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly agentNames: Remembered<ReadonlyMap<number, string>>;
  readonly flowsOf: Remembered<readonly { readonly id: number; readonly description: string }[]>;
}

/** What things of a tenant are called; of what there is no more, nothing. */
export interface Names {
  readonly agent: (workNo: number | null | undefined) => string;
  readonly queue: (id: number | null | undefined) => string;
  readonly device: (device: string, no: string) => string;
}

export type NamesOf = (vdnId: number) => Promise<Names>;

export const createNamesOf = ({ engine, agentNames, flowsOf }: NameDependencies): NamesOf => async (vdnId) => {
  const [agents, flows] = await Promise.all([agentNames(vdnId), flowsOf(vdnId)]);
  const queues = await engine.view(vdnId, ({ config }) => new Map([...config.queues].map(([id, { name }]) => [id, name])));
  const agent = (workNo: number | null | undefined): string => agents.get(workNo ?? 0) ?? '';
  const queue = (id: number | null | undefined): string => queues.get(id ?? 0) ?? '';
  return {
    agent, queue,
    device: (device, no) => {
      if (device === 'queue') return queue(Number(no));
      if (device === 'agent' || device === 'agentQueue') return agent(Number(no));
      return device === 'flow' ? flows.find(({ id }) => String(id) === no)?.description ?? '' : '';
    },
  };
};
