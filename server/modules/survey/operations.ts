import { errors } from '@parley/contract/admin/family.ts';
import { importEvaluations, setSurvey, showSurvey } from '@parley/contract/admin/survey.ts';
import { querySatisfactionConfig, satisfactionErrors, satisfactionQuery } from '@parley/contract/configuration/satisfaction.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Flow } from '../ivr-flow/index.ts';
import { recordEvaluations } from './evaluations.ts';
import { evaluationsOf, findSurvey, latestEvaluation, saveSurvey, type Evaluation, type Survey } from './store.ts';

export interface SurveyDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly findFlow: (db: Database, vdnId: number, id: number) => Promise<Flow | undefined>;
}

const present = ({ enabled, flowId }: Survey) => ({ enabled, ...(flowId === null ? {} : { flowId }) });

/** An evaluation that is the same in all of this is the same one. */
const keyOf = ({ callId, value, channel, evaluatedAt }: Evaluation): string => JSON.stringify([callId, value, channel, evaluatedAt]);

export function surveyHandlers({ db, writer, ids, findFlow }: SurveyDependencies): readonly Handler[] {
  return [
    handle(querySatisfactionConfig, async (_input, { vdnId }) => {
      const { enabled, flowId } = await findSurvey(db, vdnId);
      const flow = enabled && flowId !== null ? await findFlow(db, vdnId, flowId) : undefined;
      if (flow === undefined) return { enabled: false, data: [] };
      return { enabled: true, data: [{ ivrId: flow.longId, feedbackType: 'IVR' as const, channelType: 'audio' as const, accessCode: flow.accessCode }] };
    }),

    handle(satisfactionQuery, async ({ callId, beginTime, endTime }, { vdnId }) => {
      if (beginTime > endTime) return refuse(satisfactionErrors.satisfactionWindow);
      const found = await latestEvaluation(db, vdnId, callId, beginTime, endTime);
      // 5.4.3 makes the object mandatory and each of its fields optional: that is how it says "no evaluation".
      if (found === undefined) return { satisfactionEvaluations: {} };
      return { satisfactionEvaluations: { evaluationValue: found.value, channel: found.channel, evaluationTime: found.evaluatedAt } };
    }),

    handle(showSurvey, async (_input, { vdnId }) => present(await findSurvey(db, vdnId))),

    handle(setSurvey, async (input, { vdnId, by }) => {
      const after: Survey = { enabled: input.enabled, flowId: input.flowId ?? null };
      if (after.enabled && after.flowId === null) return refuse(errors.invalid, { field: 'flowId', message: 'flowId is missing: a survey that is switched on needs a flow' });
      return writer.write(vdnId, by, async ({ tx, record }) => {
        if (after.flowId !== null && await findFlow(tx, vdnId, after.flowId) === undefined) {
          return refuse(errors.invalid, { field: 'flowId', message: `flowId: there is no IVR flow ${after.flowId}` });
        }
        const before = await findSurvey(tx, vdnId);
        await saveSurvey(tx, vdnId, after);
        record({ what: 'survey', id: 'survey', before, after });
        return present(after);
      });
    }),

    handle(importEvaluations, (input, { vdnId, by }) =>
      writer.write(vdnId, by, async (writing) => {
        const known = new Set((await evaluationsOf(writing.tx, vdnId, input.evaluations.map(({ callId }) => callId))).map(keyOf));
        const fresh = new Map<string, Evaluation>();
        for (const { customer = '', ...answer } of input.evaluations) {
          const evaluation = { ...answer, customer: customer === '' ? null : customer };
          if (!known.has(keyOf(evaluation))) fresh.set(keyOf(evaluation), evaluation);
        }
        await recordEvaluations(writing, ids, vdnId, [...fresh.values()]);
        return { imported: fresh.size, known: input.evaluations.length - fresh.size };
      })),
  ];
}
