import { MOST_RESULTS, queryCallManualDetailInfo } from '@parley/contract/dataprocess/call-result.ts';
import { dataProcessErrors as errors } from '@parley/contract/dataprocess/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { typesOfResult, type ResultType } from '@parley/core/records/call-type.ts';
import type { LastRows, Segment } from '../records/index.ts';
import type { Evaluation } from '../survey/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { presentResult } from './present.ts';

export interface CallResultDependencies {
  readonly tenants: Pick<Tenants, 'find'>;
  /** Resolves when the calls that are over by now are among those that can be listed. */
  readonly settled: (vdnId: number) => Promise<unknown>;
  readonly listLastRows: (vdnId: number, wanted: LastRows, behind: Segment | undefined, limit: number) => Promise<readonly Segment[]>;
  readonly evaluationsOf: (vdnId: number, calls: readonly string[]) => Promise<ReadonlyMap<string, Evaluation>>;
}

interface Result {
  readonly row: Segment;
  readonly evaluation: Evaluation | undefined;
}

/** Of so many calls at most it is looked up what the customer thought, where only those of one opinion are wanted. */
const MOST_LOOKED_AT = 20 * MOST_RESULTS;

const given = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value.trim());
const numberOf = (value: string | undefined): number | undefined => (given(value) === undefined ? undefined : Number(value));

export function callResultHandlers({ tenants, settled, listLastRows, evaluationsOf }: CallResultDependencies): readonly Handler[] {
  /** Evaluations come in whenever customers answer, so they are joined when asked for. */
  const collect = async (vdnId: number, wanted: LastRows, value: string | undefined): Promise<readonly Result[] | Refusal> => {
    const found: Result[] = [];
    let behind: Segment | undefined;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += MOST_RESULTS) {
      const rows = await listLastRows(vdnId, wanted, behind, MOST_RESULTS);
      const evaluations = await evaluationsOf(vdnId, rows.map(({ call }) => call));
      for (const row of rows) {
        const evaluation = evaluations.get(row.call);
        if (value === undefined || evaluation?.value === value) found.push({ row, evaluation });
      }
      behind = rows.at(-1);
      if (found.length >= MOST_RESULTS || rows.length < MOST_RESULTS) return found.slice(0, MOST_RESULTS);
    }
    return refuse(errors.tooWide);
  };

  return [
    handle(queryCallManualDetailInfo, async (input, { vdnId }) => {
      const tenant = await tenants.find(vdnId);
      if (tenant === undefined || input.vdn !== String(vdnId)) return refuse(errors.foreignTenant, { what: `VDN ${input.vdn}` });
      if (input.subCcNo !== String(tenant.ccId)) return refuse(errors.foreignTenant, { what: `contact centre ${input.subCcNo}` });
      const [call, from, to, type, media] = [given(input.callId), numberOf(input.beginDate), numberOf(input.endDate), numberOf(input.callType), numberOf(input.mediaType)];
      if (call === undefined && from === undefined && to === undefined) {
        return refuse(errors.invalid, { field: 'beginDate', message: 'without callId, beginDate or endDate is needed' });
      }
      if (from !== undefined && to !== undefined && from > to) return refuse(errors.invalid, { field: 'beginDate', message: 'beginDate is after endDate' });
      await settled(vdnId);
      const results = await collect(vdnId, {
        from, to, call: call === undefined ? undefined : canonicalCallId(call), caller: given(input.callerNo), called: given(input.calleeNo),
        types: type === undefined ? undefined : typesOfResult(type as ResultType),
        mediaType: media,
      }, given(input.evaluationValue));
      if (isRefusal(results)) return results;
      return { total: String(results.length), results: results.map(({ row, evaluation }) => presentResult(row, evaluation)) };
    }),
  ];
}
