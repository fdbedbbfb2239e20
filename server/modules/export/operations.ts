import { randomBytes } from 'node:crypto';
import { ccfsDownloadAgentOprInfoFile, ccfsDownloadBillFile, ccfsQueryAgentOprInfoData, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { asDownload, handle, type Context, type Download, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { withoutQuery } from '@parley/core/callback/trusted-url.ts';
import { billFileName, readBillFileName } from '@parley/core/export/file-name.ts';
import { isWindow, MAX_DAYS, readWindow, type Window, type WindowFault } from '@parley/core/export/window.ts';
import { clockIn } from '@parley/core/time/zone.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import type { JobKind } from '../../engine/jobs.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Trustlist } from '../callback/index.ts';
import type { Flow } from './flow.ts';
import { fileKeyOf, type Errand } from './jobs.ts';
import { countWaiting, findExport, insertExport, MADE, type Asked, type ExportJob, type ExportKind } from './store.ts';
import type { Whose } from './whose.ts';

export interface ExportDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly files: Files;
  readonly trustlist: Trustlist;
  readonly flow: Flow;
  readonly whose: Whose;
  readonly building: JobKind<Errand>;
}

/** 13.2: to every client, whatever is in it. */
export const DOWNLOAD_TYPE = 'application/octet-stream;charset=utf-8';
const KEPT_MS = 7 * 86_400_000;
/** Files of one tenant that are yet to be made. */
const MOST_WAITING = 10;
const NAME = /^[A-Za-z0-9._-]+$/;

export function refuseWindow(fault: WindowFault): Refusal {
  if (fault.why === 'form') return refuse(errors.wrongForm, { param: fault.field, message: 'it is no time of the form yyyy-MM-dd HH:mm:ss' });
  if (fault.why === 'future') return refuse(errors.future, { param: fault.field });
  return fault.why === 'reversed' ? refuse(errors.reversed) : refuse(errors.tooWide, { param: MAX_DAYS });
}

const given = (value = ''): string | undefined => (value === '' ? undefined : value);
/** What is no work number is nobody's. */
const agentOf = (agentId: string): number => (/^\d{1,5}$/.test(agentId) ? Number(agentId) : 0);

interface Wanted {
  readonly beginTime: string;
  readonly endTime: string;
  readonly accountId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly callBackURL: string;
}

/** Files of bills are asked for, and fetched when they are there. */
export function exportHandlers({ db, writer, files, trustlist, flow, whose, building }: ExportDependencies): readonly Handler[] {
  const start = async (kind: ExportKind, wanted: Wanted, narrow: (window: Window) => Asked, context: Context): Promise<{ responseId: string } | Refusal> => {
    if (!flow.query(context)) return refuse(errors.queryFlow);
    const tenant = await whose.bySpace(context, wanted.accountId ?? '');
    if (isRefusal(tenant)) return tenant;
    const window = readWindow(tenant.timeZone, wanted.beginTime, wanted.endTime, context.now);
    if (!isWindow(window)) return refuseWindow(window);
    const { vdnId } = tenant;
    const { callBackURL } = wanted;
    if (!await trustlist.trusts(db, vdnId, callBackURL)) return refuse(errors.wrongParameter, { param: 'callBackURL', message: 'the tenant does not trust it' });
    if (await countWaiting(db, vdnId) >= MOST_WAITING) return refuse(errors.queryFlow);
    const id = randomBytes(16).toString('hex');
    const { caller, now, by } = context;
    const agent = given(wanted.agentId);
    const job: ExportJob = {
      vdnId, id, kind, fileName: billFileName(clockIn(tenant.timeZone, now), id), key: { scheme: caller.scheme === 'C1' ? 'C1' : 'C2', id: caller.keyId ?? '' },
      asked: { ...narrow(window), ...(agent === undefined ? {} : { agent: agentOf(agent) }) }, accountId: given(wanted.accountId), callbackUrl: callBackURL, state: 'waiting',
      createdAt: now, expiresAt: now + KEPT_MS,
    };
    return writer.write(vdnId, by, async ({ tx, record }) => {
      await insertExport(tx, job);
      await building.send({ vdnId, id }, { tx });
      record({ what: 'export', id, before: null, after: { kind, from: window.from, to: window.to, entries: job.asked.entries, callBackURL: withoutQuery(callBackURL) } });
      return { responseId: id };
    });
  };

  const fetch = async (kind: ExportKind, name: string, param: string, context: Context): Promise<Download | Refusal> => {
    if (!flow.download(context)) return refuse(errors.downloadFlow);
    if (!NAME.test(name)) return refuse(errors.illegalCharacters, { param });
    if (name.includes('..')) return refuse(errors.notCanonical);
    const id = readBillFileName(name);
    const job = id === undefined ? undefined : await findExport(db, context.caller.global === true ? undefined : context.vdnId, id);
    if (job === undefined || job.kind !== kind || job.fileName !== name || !MADE.includes(job.state)) return refuse(errors.noFile);
    const bytes = await files.open(fileKeyOf(job));
    return bytes === undefined ? refuse(errors.noFile) : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: name });
  };

  return [
    handle(ccfsQueryBillData, ({ msgBody }, context) => start('bill', msgBody, ({ from, to }) => {
      const { callId, callerNo, calleeNo, calleeNo2, dataType } = msgBody;
      const call = given(callId);
      // 13.2.1.2: beside calleeNo2, calleeNo is the number of whoever called.
      const callers = [given(callerNo), given(calleeNo2) === undefined ? undefined : given(calleeNo)].filter((number) => number !== undefined);
      const called = given(calleeNo2) ?? given(calleeNo);
      const [caller = callers[1]] = callers;
      // Nobody has called from two numbers.
      const isNobody = callers.length === 2 && callers[0] !== callers[1];
      return {
        from, to: isNobody ? from - 1 : to, entries: dataType === 'call_record' ? ['call', 'record'] : [dataType], ...(call === undefined ? {} : { call: canonicalCallId(call) }),
        ...(caller === undefined ? {} : { caller }), ...(called === undefined ? {} : { called }),
      };
    }, context)),
    handle(ccfsQueryAgentOprInfoData, ({ msgBody }, context) => start('operations', msgBody, ({ from, to }) => ({ from, to, entries: ['agentOprInfo'] }), context)),
    handle(ccfsDownloadBillFile, ({ msgBody: { billFileName: name } }, context) => fetch('bill', name, 'billFileName', context)),
    handle(ccfsDownloadAgentOprInfoFile, ({ msgBody: { agentOprInfoFileName: name } }, context) => fetch('operations', name, 'agentOprInfoFileName', context)),
  ];
}

