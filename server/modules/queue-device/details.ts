import type { QueueDetails } from './present.ts';

export interface DetailSources {
  readonly listQueues: (vdnId: number) => Promise<readonly { readonly id: number; readonly description: string }[]>;
  readonly accessCodesOfQueues: (vdnId: number) => Promise<ReadonlyMap<number, string>>;
}

/** What 5.2.9 tells of queues and decisions need not know. */
export async function readQueueDetails({ listQueues, accessCodesOfQueues }: DetailSources, vdnId: number): Promise<ReadonlyMap<number, QueueDetails>> {
  const [queues, codes] = await Promise.all([listQueues(vdnId), accessCodesOfQueues(vdnId)]);
  return new Map(queues.map(({ id, description }) => [id, { description, accessCode: codes.get(id) }]));
}
