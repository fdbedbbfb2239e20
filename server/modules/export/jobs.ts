import { sign } from '@parley/contract/wire/auth-v2.ts';
import { VERSION } from '@parley/contract/ccfs/family.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import type { JobKind, JobPolicy, Jobs } from '../../engine/jobs.ts';
import type { Outgoing } from '../../engine/outgoing.ts';
import type { Keys } from '../access/index.ts';
import type { Trustlist } from '../callback/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { buildExport, type Sources } from './building.ts';
import { findExport, finishExport, listExpired, moveExport, removeExport, type ExportJob } from './store.ts';

export interface ExportJobsDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly outgoing: Outgoing;
  readonly trustlist: Trustlist;
  readonly keys: Pick<Keys, 'find'>;
  readonly tenants: Pick<Tenants, 'find'>;
  /** What happened until now is in the tables; false where that cannot be said. */
  readonly settled: (vdnId: number) => Promise<boolean>;
  readonly sources: Sources;
  readonly mostLines?: number;
}

export type Errand = Pick<ExportJob, 'vdnId' | 'id'>;

const BUILDING: JobPolicy = { attempts: 6, retryDelayMs: 10_000, deadlineMs: 10 * 60_000 };
/** The last try is nearly six hours after the first. */
const TELLING: JobPolicy = { attempts: 12, retryDelayMs: 10_000, deadlineMs: 60_000 };
const CALL_DEADLINE_MS = 15_000;
const SWEEP = '23 * * * *';

export const fileKeyOf = ({ vdnId, id }: Errand): string => `exports/${vdnId}/${id}.zip`;

/** What is told (13.2.1.2, 13.2.1.6); the table of the latter has another name for the file than its example. */
function noticeOf({ id, kind, fileName, accountId }: ExportJob): object {
  const file = kind === 'bill' ? { billFileName: fileName } : { agentOprInfoFileName: fileName, fileName };
  return { request: { version: VERSION }, msgBody: { responseId: id, ...file, ...(accountId === undefined ? {} : { accountId }) } };
}

/** Makes files, tells of them when they can be had, and removes them when they are old. */
export function defineExportJobs({ db, clock, jobs, files, outgoing, trustlist, keys, tenants, settled, sources, mostLines }: ExportJobsDependencies): JobKind<Errand> {
  const telling = jobs.define<Errand>('export-told', TELLING, async ({ vdnId, id }, { number, last }) => {
    const job = await findExport(db, vdnId, id);
    // Told already: the job came twice, as jobs may.
    if (job?.state !== 'ready') return;
    const key = await keys.find(job.key.scheme, job.key.id);
    // The key that asked is gone, or trust was withdrawn since.
    if (key?.enabled !== true || !await trustlist.trusts(db, vdnId, job.callbackUrl)) {
      await moveExport(db, job, 'ready', 'untold');
      return;
    }
    const body = JSON.stringify(noticeOf(job));
    const url = new URL(job.callbackUrl);
    const headers = { 'content-type': 'application/json;charset=UTF-8', 'content-length': String(Buffer.byteLength(body)), host: url.host };
    const authorization = sign({ accessKey: key.keyId, secretKey: key.secret, method: 'POST', url: `${url.pathname}${url.search}`, headers, body, at: new Date(clock()) });
    const reply = await outgoing.send({ url: job.callbackUrl, method: 'POST', headers: { 'content-type': headers['content-type'], authorization }, body, deadlineMs: CALL_DEADLINE_MS });
    if (reply.ok && reply.status >= 200 && reply.status < 300) await moveExport(db, job, 'ready', 'told');
    else if (last) await moveExport(db, job, 'ready', 'untold');
    else throw new Error(`attempt ${number} to tell of the file ${id}: ${reply.ok ? `HTTP ${reply.status}` : reply.message}`);
  });

  const building = jobs.define<Errand>('export-build', BUILDING, async ({ vdnId, id }, { last }) => {
    const job = await findExport(db, vdnId, id);
    if (job?.state !== 'waiting') return;
    try {
      const tenant = await tenants.find(vdnId);
      if (tenant === undefined) throw new Error('the tenant is gone');
      if (!await settled(vdnId)) throw new Error('what happened is not known yet');
      await files.putStream(fileKeyOf(job), buildExport(sources, tenant, job, job.createdAt, mostLines));
      // Whoever is told finds the file.
      const outcome = await db.transaction().execute(async (tx) => {
        const finished = await finishExport(tx, job);
        if (finished === 'ready') await telling.send({ vdnId, id }, { tx });
        return finished;
      });
      if (outcome !== 'ready') await files.remove(fileKeyOf(job));
      if (outcome === 'stale') throw new Error('somebody was erased meanwhile: it is made anew');
    } catch (error) {
      if (last) await moveExport(db, job, 'waiting', 'failed');
      throw error;
    }
  });

  jobs.schedule('export-sweep', SWEEP, async () => {
    for (let old = await listExpired(db, clock()); old.length > 0; old = await listExpired(db, clock())) {
      for (const job of old) {
        await files.remove(fileKeyOf(job));
        await removeExport(db, job);
      }
    }
  });
  return building;
}
