import { returnCode } from '@parley/contract/configuration/family.ts';
import { createSkill, deleteSkill, modifySkill, querySkills, queueErrors as errors } from '@parley/contract/configuration/queue.ts';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkTreatment, DIVERSIONS, findCircle, targetsOf, type Treatment } from '@parley/core/queue/treatment.ts';
import type { Database } from '../../database/connect.ts';
import { createReplyCache } from '../../engine/reply-cache.ts';
import type { Writer } from '../../engine/writer.ts';
import { presentQueue, readTreatment } from './present.ts';
import { deleteQueues, findQueue, insertQueue, listQueues, searchQueues, updateQueue, type Queue } from './store.ts';

/** What queues need to know of their neighbours. */
export interface QueueNeighbours {
  /** Access codes of the tenant's IVR flows, by flow id. */
  readonly flowCodes: (db: Database, vdnId: number) => Promise<ReadonlyMap<number, string>>;
  /** Who else leads to one of these queues, in words; undefined when nobody does. */
  readonly leadsTo: (db: Database, vdnId: number, queueIds: readonly number[]) => Promise<{ id: number; by: string } | undefined>;
  /** Those of the queues in which calls wait or are being served now. */
  readonly holdingCalls: (vdnId: number, queueIds: readonly number[]) => Promise<readonly number[]>;
  /** The tenant's cap on queues, if it has one. */
  readonly queueLimit: (db: Database, vdnId: number) => Promise<number | undefined>;
}

export interface QueueDependencies extends QueueNeighbours {
  readonly db: Database;
  readonly writer: Writer;
}

/** 5.2.1: ids run from 1 to 2000. */
const MAX_QUEUES = 2000;

export function queueHandlers(deps: QueueDependencies): readonly Handler[] {
  const { db, writer } = deps;
  const replies = createReplyCache(writer, ['queue', 'ivr-flow']);

  /** Checks a treatment against its media, the queues and flows there are, and the circles it might close. */
  const accept = async (tx: Database, vdnId: number, id: number, media: number, treatment: Treatment, queues: readonly Queue[]): Promise<Refusal | undefined> => {
    const wrong = checkTreatment(media, treatment);
    if (wrong !== undefined) return refuse(errors.queueTreatment, { message: wrong });
    const byId = new Map(queues.map((queue) => [queue.id, queue.treatment]));
    const flows = await deps.flowCodes(tx, vdnId);
    for (const field of DIVERSIONS) {
      const diversion = treatment[field];
      if (diversion.kind === 'queue' && diversion.queueId !== id && !byId.has(diversion.queueId)) {
        return refuse(errors.queueTargetUnknown, { field, target: 'skill queue', id: diversion.queueId });
      }
      if (diversion.kind === 'flow' && !flows.has(diversion.flowId)) return refuse(errors.queueTargetUnknown, { field, target: 'IVR flow', id: diversion.flowId });
    }
    if (treatment.waiting?.kind === 'flow' && !flows.has(treatment.waiting.flowId)) {
      return refuse(errors.queueTargetUnknown, { field: 'waitVoice', target: 'IVR flow', id: treatment.waiting.flowId });
    }
    const circle = findCircle(id, treatment, byId);
    return circle === undefined ? undefined : refuse(errors.queueLoop, { path: circle.join(' -> ') });
  };

  return [
    handle(createSkill, async (input, { vdnId, by }) => {
      const reading = readTreatment(input.skillParam);
      if (!reading.ok) return refuse(errors.queueTreatment, { message: reading.message });
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const queues = await listQueues(tx, vdnId);
        if (queues.some((queue) => queue.name === input.name)) return refuse(errors.queueNameTaken, { name: input.name });
        const limit = Math.min(await deps.queueLimit(tx, vdnId) ?? MAX_QUEUES, MAX_QUEUES);
        const id = firstFreeId(queues);
        if (queues.length >= limit) return refuse(errors.queueLimit, { limit });
        const refusal = await accept(tx, vdnId, id, input.mediaTypeId, reading.treatment, queues);
        if (refusal !== undefined) return refusal;
        const queue: Queue = {
          id, name: input.name, description: input.description, media: input.mediaTypeId,
          maxWaitSeconds: input.maxWaitTime, maxWaiting: input.maxWaitNum, maxWrapupSeconds: input.maxAgentWrapupTime,
          treatment: reading.treatment,
        };
        await insertQueue(tx, vdnId, queue, at);
        record({ what: 'queue', id: String(id), before: null, after: queue });
        return { skillId: String(id) };
      });
    }),

    handle(modifySkill, async (input, { vdnId, by }) => {
      const reading = input.skillParam === undefined ? undefined : readTreatment(input.skillParam);
      if (reading?.ok === false) return refuse(errors.queueTreatment, { message: reading.message });
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findQueue(tx, vdnId, input.skillId);
        if (before === undefined) return refuse(errors.queueUnknown, { id: input.skillId });
        const after: Queue = {
          ...before,
          description: input.description ?? before.description,
          maxWaitSeconds: input.maxWaitTime ?? before.maxWaitSeconds,
          maxWaiting: input.maxWaitNum ?? before.maxWaiting,
          maxWrapupSeconds: input.maxAgentWrapupTime ?? before.maxWrapupSeconds,
          treatment: reading?.treatment ?? before.treatment,
        };
        const refusal = await accept(tx, vdnId, after.id, after.media, after.treatment, await listQueues(tx, vdnId));
        if (refusal !== undefined) return refusal;
        await updateQueue(tx, vdnId, after);
        record({ what: 'queue', id: String(after.id), before, after });
        return {};
      });
    }),

    handle(deleteSkill, async (input, { vdnId, by }) => {
      const ids = [...new Set(input.skillIds.split(/[,;-]/).map(Number))];
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const queues = await listQueues(tx, vdnId);
        const leaving = queues.filter((queue) => ids.includes(queue.id));
        const unknown = ids.find((id) => !leaving.some((queue) => queue.id === id));
        if (unknown !== undefined) return refuse(errors.queueUnknown, { id: unknown });
        for (const queue of queues.filter(({ id }) => !ids.includes(id))) {
          const target = targetsOf(queue.treatment).find((id) => ids.includes(id));
          if (target !== undefined) return refuse(errors.queueInUse, { id: target, by: `skill queue ${queue.id} transfers to it` });
        }
        const needed = await deps.leadsTo(tx, vdnId, ids);
        if (needed !== undefined) return refuse(errors.queueInUse, { id: needed.id, by: needed.by });
        const [busy] = await deps.holdingCalls(vdnId, ids);
        if (busy !== undefined) return refuse(errors.queueHoldsCalls, { id: busy });
        await deleteQueues(tx, vdnId, ids);
        for (const queue of leaving) record({ what: 'queue', id: String(queue.id), before: queue, after: null });
        return {};
      });
    }),

    handle(querySkills, async (input, { vdnId }) => {
      const json = await replies.get(vdnId, JSON.stringify(input), async () => {
        const page = { limit: input.limit ?? 100, offset: input.offset ?? 0 };
        const { total, queues } = await searchQueues(db, vdnId, { name: input.name, media: input.mediaTypeId, ids: input.skillIds }, page);
        const flows = await deps.flowCodes(db, vdnId);
        const result = { total, data: queues.map((queue) => presentQueue(queue, (flowId) => flows.get(flowId))) };
        return JSON.stringify(returnCode.success(result, 'success'));
      });
      return asSerialised(json);
    }),
  ];
}

function firstFreeId(queues: readonly Queue[]): number {
  const taken = new Set(queues.map((queue) => queue.id));
  let id = 1;
  while (taken.has(id)) id += 1;
  return id;
}
