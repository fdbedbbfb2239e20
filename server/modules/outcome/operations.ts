import { errors } from '@parley/contract/admin/family.ts';
import { changeOutcome, createOutcome, deleteOutcome, listOutcomes, MOST_OUTCOMES } from '@parley/contract/admin/outcome.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { isNoted } from './note-store.ts';
import { insertOutcome, placeOutcomes, readOutcomes, removeOutcome, updateOutcome, type Outcome } from './store.ts';

export interface OutcomeDependencies {
  readonly db: Database;
  readonly writer: Writer;
}

const notFound = (code: string): Refusal => refuse(errors.notFound, { what: 'call outcome', id: code });
const taken = (field: 'code' | 'name', value: string): Refusal => refuse(errors.exists, { field, what: field === 'code' ? 'call outcome' : 'call outcome named', id: value });

/** The list of what can come of a tenant's calls. */
export function outcomeHandlers({ db, writer }: OutcomeDependencies): readonly Handler[] {
  return [
    handle(listOutcomes, async (_input, { vdnId }) => ({ outcomes: [...await readOutcomes(db, vdnId)] })),

    handle(createOutcome, async (input, { vdnId, by }) => {
      const outcome: Outcome = { code: input.code, name: input.name.trim(), description: input.description?.trim() ?? '', enabled: input.enabled ?? true };
      return writer.write(vdnId, by, async ({ tx, at, record }) => {
        const others = await readOutcomes(tx, vdnId);
        if (others.some(({ code }) => code === outcome.code)) return taken('code', outcome.code);
        if (others.some(({ name }) => name === outcome.name)) return taken('name', outcome.name);
        if (others.length >= MOST_OUTCOMES) return refuse(errors.conflict, { message: `No more outcomes: the limit of ${MOST_OUTCOMES} is reached` });
        await insertOutcome(tx, vdnId, outcome, at);
        record({ what: 'outcome', id: outcome.code, before: null, after: outcome });
        return outcome;
      });
    }),

    handle(changeOutcome, async ({ code, place, ...input }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const all = await readOutcomes(tx, vdnId);
      const at = all.findIndex((one) => one.code === code);
      const before = all[at];
      if (before === undefined) return notFound(code);
      const after: Outcome = {
        code, name: input.name?.trim() ?? before.name, description: input.description?.trim() ?? before.description, enabled: input.enabled ?? before.enabled,
      };
      const others = all.toSpliced(at, 1);
      if (others.some(({ name }) => name === after.name)) return taken('name', after.name);
      const order = others.toSpliced((place ?? at + 1) - 1, 0, after);
      await updateOutcome(tx, vdnId, after);
      if (place !== undefined) await placeOutcomes(tx, vdnId, order.map((one) => one.code));
      record({ what: 'outcome', id: code, before: { ...before, place: at + 1 }, after: { ...after, place: order.indexOf(after) + 1 } });
      return after;
    })),

    handle(deleteOutcome, async ({ code }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = (await readOutcomes(tx, vdnId)).find((one) => one.code === code);
      if (before === undefined) return notFound(code);
      if (await isNoted(tx, vdnId, code)) return refuse(errors.inUse, { what: 'Call outcome', id: code, by: 'calls have it, so it can only be switched off' });
      await removeOutcome(tx, vdnId, code);
      record({ what: 'outcome', id: code, before, after: null });
      return {};
    })),
  ];
}
