import { errors } from '@parley/contract/admin/family.ts';
import { noteOutcome } from '@parley/contract/admin/outcome.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { hasTalkedIn } from '@parley/core/call/call.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { Writer } from '../../engine/writer.ts';
import type { ViewerOf } from '../console/index.ts';
import { findCallRecord, segmentsOfCall } from '../records/index.ts';
import { findNote, saveNote } from './note-store.ts';
import { readOutcomes } from './store.ts';

export interface NoteDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly engine: Pick<Engine, 'view'>;
  readonly viewerOf: ViewerOf;
  readonly agentNames: Remembered<ReadonlyMap<number, string>>;
  readonly records: Pick<Projector, 'settled'>;
}

/** For so long after the end of a call what came of it can be noted. */
const AFTERWARDS_MS = 24 * 3_600_000;

/** What came of a call, from whoever talked in it. */
export function noteHandlers({ db, writer, engine, viewerOf, agentNames, records }: NoteDependencies): readonly Handler[] {
  /** When a call ended in which the agent has talked, Infinity while it goes on; undefined of any other call. */
  const endOfTalk = async (vdnId: number, id: string, agent: number): Promise<number | undefined> => {
    const isLive = await engine.view(vdnId, ({ calls }) => {
      const call = calls.get(id);
      return call && hasTalkedIn(call, agent);
    });
    if (isLive !== undefined) return isLive ? Number.POSITIVE_INFINITY : undefined;
    await records.settled(vdnId);
    const [record, segments] = await Promise.all([findCallRecord(db, vdnId, id), segmentsOfCall(db, vdnId, id)]);
    const hasTalked = segments.some((segment) => segment.device === 'agent' && segment.agent === agent && segment.talk_from < segment.talk_to);
    return hasTalked ? record?.ended_at ?? undefined : undefined;
  };

  return [
    handle(noteOutcome, async ({ callId, code, remark: written = '' }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const { vdnId, agent } = viewer;
      if (agent === undefined) return refuse(errors.forbidden, { message: 'what came of a call is noted by its agents, and this account belongs to none' });
      const call = canonicalCallId(callId);
      const endedAt = await endOfTalk(vdnId, call, agent);
      if (endedAt === undefined) return refuse(errors.notFound, { what: 'call', id: callId });
      if (context.now - endedAt > AFTERWARDS_MS) return refuse(errors.conflict, { message: 'The call has been over for more than 24 hours' });
      const remark = written.trim();
      const agentName = (await agentNames(vdnId)).get(agent) ?? '';
      return writer.write(vdnId, context.by, async ({ tx, at, record }) => {
        const before = await findNote(tx, vdnId, call, agent);
        const outcome = (await readOutcomes(tx, vdnId)).find((one) => one.code === code);
        if (outcome === undefined) return refuse(errors.invalid, { field: 'code', message: `code: there is no outcome ${code}` });
        if (!outcome.enabled && before?.code !== code) return refuse(errors.conflict, { field: 'code', message: `The outcome ${outcome.name} is switched off` });
        await saveNote(tx, vdnId, { call, agent, code, remark, at });
        // What is written of a customer must not stand in the trail: erasures would not find it there.
        if (before?.code !== code) record({ what: 'call-outcome', id: call, before: before === undefined ? null : { workNo: agent, code: before.code }, after: { workNo: agent, code } });
        return { code, name: outcome.name, remark, workNo: agent, agentName, at };
      });
    }),
  ];
}
