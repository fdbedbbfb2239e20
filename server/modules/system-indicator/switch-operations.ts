import { handle, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { MAX_AT_ONCE, systemErrors, TOO_MANY_TERMINALS, uapDspPidKey, uapQueryPerfInfo, uapQueryTerminalStatus } from '@parley/contract/monitoring/system.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Tenants } from '../tenant/index.ts';
import { atMost } from './at-most.ts';
import { presentBlocks, presentOffice, presentTerminal, type OfficeShown } from './present.ts';
import { FIVE_MS, type Sampling } from './sampling.ts';
import { numbersOfOffices, readSamples } from './store.ts';
import type { OfficeFigures, SwitchFigures, SwitchPeriod } from './switch-figures.ts';
import { createWhole } from './whole.ts';

/** A phone of an agent's. */
export interface Phone {
  readonly vdnId: number;
  readonly number: string;
}

export interface SwitchDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly engine: Pick<Engine, 'glance'>;
  readonly tenants: Pick<Tenants, 'ofContactCentre'>;
  /** Absent while calls are simulated. */
  readonly figures?: SwitchFigures | undefined;
  readonly node: string;
  readonly sampling: Pick<Sampling, 'keepSwitch'>;
  /** The trunks that are configured. */
  readonly trunkNames: () => Promise<readonly string[]>;
  /** Phones whose numbers fit, by number, of these tenants or of all: so many at most. Patterns are those of EID. */
  readonly findPhones: (pattern: string, vdnIds: readonly number[] | undefined, limit: number) => Promise<readonly Phone[]>;
}

const MANY = { limit: 10_000, offset: 0 } as const;
const PAGE = 100;
const WILD = /[*%?]/;

/** 12.3.6.1 to 12.3.6.3. */
export function switchHandlers({ db, clock, engine, tenants, figures, node, sampling, trunkNames, findPhones }: SwitchDependencies): readonly Handler[] {
  const whole = createWhole(tenants);
  const blocksAtOnce = atMost(MAX_AT_ONCE);
  const terminalsAtOnce = atMost(MAX_AT_ONCE);

  /** All offices in the latest five minutes that are over; those of which nothing was measured, too. */
  const latest = async (): Promise<readonly OfficeShown[]> => {
    await sampling.keepSwitch();
    const to = Math.floor(clock() / FIVE_MS) * FIVE_MS;
    const from = to - FIVE_MS;
    const { rows } = figures === undefined ? { rows: [] } : await readSamples(db, { kind: 'office', vdnIds: [INSTALLATION], from, to }, MANY);
    const sampled = new Map(rows.filter((row) => row.node === node).map(({ object, figures: measured }) => [object, measured as OfficeFigures & Pick<SwitchPeriod, 'isWhole'>]));
    const names = ['', ...await trunkNames()];
    const numbers = await numbersOfOffices(db, names);
    for (const [no, { name }] of sampled) if (numbers.get(name) === no && !names.includes(name)) names.push(name);
    return names.map((name) => {
      const no = numbers.get(name) ?? 0;
      const measured = sampled.get(no);
      return { no, name, from, isWhole: measured?.isWhole ?? false, ...(measured === undefined ? {} : { figures: measured }) };
    }).toSorted((one, other) => one.no - other.no);
  };

  /** Phones with which agents are signed in, of these tenants. */
  const inUse = async (vdnIds: Iterable<number>): Promise<ReadonlySet<string>> => {
    const used = await Promise.all([...new Set(vdnIds)].map((vdnId) => engine.glance(vdnId, ({ agents }) => [...agents.values()].map(({ profile }) => profile.phone))));
    return new Set(used.flat());
  };

  return [
    handle(uapQueryPerfInfo, async ({ ofcNo = [], ccId }, context) => {
      const of = await whole(context, ccId);
      if (isRefusal(of)) return of;
      const wanted = [ofcNo].flat();
      return { [node]: (await latest()).filter(({ no }) => wanted.length === 0 || wanted.includes(no)).map(presentOffice) };
    }),

    handle(uapDspPidKey, async ({ MODTYP, PID, PIDMSU, ccId }, context) => {
      const of = await whole(context, ccId);
      if (isRefusal(of)) return of;
      const kind = MODTYP === 'CCU' ? PID : PIDMSU ?? PID;
      if (kind === undefined || (kind === 'BSI') !== (MODTYP === 'MSU')) {
        return refuse(scopeErrors.wrongParameter, { message: MODTYP === 'CCU' ? 'PID is CCB or INTESS with MODTYP CCU' : 'PIDMSU is BSI with MODTYP MSU' });
      }
      return blocksAtOnce(async () => ({ [node]: presentBlocks(kind, await figures?.blocks()) }), refuse(systemErrors.atOnce));
    }),

    handle(uapQueryTerminalStatus, async ({ EID, limit = PAGE, offset = 0, ccId }, context) => {
      const of = await whole(context, ccId);
      if (isRefusal(of)) return of;
      return terminalsAtOnce(async () => {
        const phones = await findPhones(EID, of.vdnIds, TOO_MANY_TERMINALS);
        if (phones.length >= TOO_MANY_TERMINALS) return refuse(systemErrors.tooManyTerminals, { count: TOO_MANY_TERMINALS });
        if (phones.length === 0 && !WILD.test(EID)) return refuse(systemErrors.noSuchTerminal, { number: EID });
        const page = phones.slice(offset, offset + limit);
        const used = await inUse(page.map(({ vdnId }) => vdnId));
        return { data: { [node]: page.map(({ number }) => presentTerminal(number, figures?.terminal(number), used.has(number))) }, count: phones.length };
      }, refuse(systemErrors.atOnce));
    }),
  ];
}
