import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { ctiSysIndex, uapPerfIndex, uapTerminalIndex } from '@parley/contract/monitoring/system.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Tenants } from '../tenant/index.ts';
import type { Sampling, TenantFigures } from './sampling.ts';
import { readSamples, type Sample } from './store.ts';
import type { OfficeFigures, SwitchPeriod } from './switch-figures.ts';
import { createWhole, type Whole } from './whole.ts';
import { windowOf, type Window } from './window.ts';

export interface HistoryDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly tenants: Pick<Tenants, 'find' | 'ofContactCentre'>;
  readonly sampling: Pick<Sampling, 'keepSwitch'>;
}

interface Asked {
  readonly ccId?: number | undefined;
  readonly beginDate: string;
  readonly endDate: string;
  readonly limit?: number;
  readonly offset?: number;
}

const PAGE = 100;
/** Of the switch, which all tenants share. */
const SHARED = { vdnIds: [INSTALLATION] } as const;

const addressOf = (node: string): string => node.slice(0, node.lastIndexOf('#'));
const percent = (part: number, of: number): number => (of === 0 ? 0 : Math.round((part / of) * 100));
const pageOf = ({ limit = PAGE, offset = 0 }: Asked) => ({ limit, offset });
const whenIn = ({ ccId }: Pick<Whole, 'ccId'>, { at }: Sample) => ({ beginTime: String(at), ccId });

/** 12.3.6.4 to 12.3.6.6. */
export function historyHandlers({ db, clock, tenants, sampling }: HistoryDependencies): readonly Handler[] {
  const whole = createWhole(tenants);

  const asking = async (context: Context, asked: Asked): Promise<(Whole & Window) | Refusal> => {
    const of = await whole(context, asked.ccId);
    if (isRefusal(of)) return of;
    const window = windowOf(asked, clock());
    if (isRefusal(window)) return window;
    await sampling.keepSwitch();
    return { ...of, ...window };
  };

  /** Tenants that are named must be there, and of that contact centre. */
  const foreignTo = async (ccId: number | undefined, vdnIds: readonly number[]): Promise<Refusal | undefined> => {
    for (const vdnId of vdnIds) {
      const tenant = await tenants.find(vdnId);
      if (tenant === undefined || (ccId !== undefined && tenant.ccId !== ccId)) return refuse(scopeErrors.foreignVdn, { what: `VDN ${vdnId}` });
    }
    return undefined;
  };

  const presentTenant = async (sample: Sample) => {
    const { online, talking, idle, busy, resting, inbound, answered, outbound } = sample.figures as TenantFigures;
    const ccId = (await tenants.find(sample.vdnId))?.ccId ?? 0;
    return {
      ...whenIn({ ccId }, sample), vdn: sample.vdnId, onlineAgentNums: online, talkingNums: talking, ideaAgentNum: idle, busyNums: busy, restNums: resting,
      incallNums: inbound, inCallNums: inbound, rateNum: answered, callRate: percent(answered, inbound), callOutNums: outbound,
    };
  };

  return [
    handle(uapPerfIndex, async (asked, context) => {
      const of = await asking(context, asked);
      if (isRefusal(of)) return of;
      const offices = [asked.ofcNo ?? []].flat();
      const { rows, count } = await readSamples(db, { ...SHARED, kind: 'office', address: asked.uapIP, objects: offices.length === 0 ? undefined : offices, from: of.from, to: of.to }, pageOf(asked));
      return {
        count,
        data: rows.map((sample) => {
          const { came, answered } = sample.figures as OfficeFigures;
          const address = addressOf(sample.node);
          return { ...whenIn(of, sample), uapIP: address, uapIp: address, ofcNo: sample.object, systemInBound: came, systemInSucc: answered, systemCallRate: percent(answered, came) };
        }),
      };
    }),

    handle(uapTerminalIndex, async (asked, context) => {
      const of = await asking(context, asked);
      if (isRefusal(of)) return of;
      const { rows, count } = await readSamples(db, { ...SHARED, kind: 'terminals', address: asked.uapIP, from: of.from, to: of.to }, pageOf(asked));
      return { count, data: rows.map((sample) => ({ ...whenIn(of, sample), uapIp: addressOf(sample.node), agentOnlineCount: (sample.figures as SwitchPeriod).terminals })) };
    }),

    handle(ctiSysIndex, async (asked, context) => {
      const of = await asking(context, asked);
      if (isRefusal(of)) return of;
      const foreign = await foreignTo(asked.ccId, asked.vdn ?? []);
      if (foreign !== undefined) return foreign;
      const { rows, count } = await readSamples(db, { kind: 'tenant', vdnIds: asked.vdn === undefined || asked.vdn.length === 0 ? of.vdnIds : asked.vdn, from: of.from, to: of.to }, pageOf(asked));
      return { count, data: await Promise.all(rows.map(presentTenant)) };
    }),
  ];
}
