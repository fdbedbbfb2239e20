import { showVoiceTemplate, VOICE_FILE_SOUND } from '@parley/contract/admin/voice.ts';
import { readJson } from '@parley/contract/wire/json.ts';
import type { Database } from '../../database/connect.ts';
import type { JobKind, JobPolicy, Jobs } from '../../engine/jobs.ts';
import type { Outgoing, OutgoingReply } from '../../engine/outgoing.ts';
import type { Trustlist } from '../callback/index.ts';
import { countAttempt, endCallback, findReview, statusNumber, type Reviewed } from './store.ts';

export interface ReviewCallbackDependencies {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly outgoing: Outgoing;
  readonly trustlist: Trustlist;
  /** Where those who are told find what was reviewed. */
  readonly service: { readonly host: string; readonly port: number };
}

export interface Errand {
  readonly vdnId: number;
  readonly table: Reviewed;
  readonly id: string;
}

/** 5.4.4: after six times the outcome is no longer told. */
const MOST_CALLS = 6;

/**
 * Waits of half a minute, then one, two, four and eight, so that a receiver may be away for a quarter of an hour. The calls
 * themselves are counted with the upload; a few tries more are for a database that is away or a process that ends.
 */
const POLICY: JobPolicy = { attempts: MOST_CALLS + 3, retryDelayMs: 30_000, deadlineMs: 60_000 };

const CALL_DEADLINE_MS = 15_000;
const MAX_DEPTH = 16;

/** The errand of telling the outcome of a review (5.4.4, 5.4.5). */
export function defineReviewCallback({ db, jobs, outgoing, trustlist, service }: ReviewCallbackDependencies): JobKind<Errand> {
  const origin = `https://${service.host.includes(':') ? `[${service.host}]` : service.host}:${service.port}`;
  const addressOf = ({ table, id }: Errand): string => origin + (table === 'voice_file' ? VOICE_FILE_SOUND : showVoiceTemplate.path).replace('{id}', id);

  return jobs.define<Errand>('voice-review-callback', POLICY, async (errand) => {
    const { vdnId, table, id } = errand;
    const review = await findReview(db, table, vdnId, id);
    const url = review?.callbackUrl ?? undefined;
    // Told already: the job came twice, as jobs may.
    if (review === undefined || url === undefined || review.callbackState !== 'pending') return;
    // Trust may have been withdrawn since the upload.
    const attempt = await trustlist.trusts(db, vdnId, url) ? await countAttempt(db, table, vdnId, id, MOST_CALLS) : undefined;
    if (attempt === undefined) {
      await endCallback(db, table, vdnId, id, 'given-up');
      return;
    }
    const reply = await outgoing.send({
      url, method: 'POST', headers: { 'content-type': 'application/json; charset=UTF-8' }, deadlineMs: CALL_DEADLINE_MS,
      body: JSON.stringify({
        fileUrl: addressOf(errand), fileId: id, status: String(statusNumber(review.status)), ...(review.comment === null ? {} : { comment: review.comment }),
      }),
    });
    if (isReceived(reply)) await endCallback(db, table, vdnId, id, 'delivered');
    else if (attempt >= MOST_CALLS) await endCallback(db, table, vdnId, id, 'given-up');
    else throw new Error(`attempt ${attempt} to tell the outcome of ${id}: ${reply.ok ? `HTTP ${reply.status} without returnCode 0` : reply.message}`);
  });
}

/** A returnCode of 0, as text or as a number, is what says that the outcome was received. */
function isReceived(reply: OutgoingReply): boolean {
  if (!reply.ok || reply.status < 200 || reply.status > 299) return false;
  const read = readJson(reply.body, { maxDepth: MAX_DEPTH });
  if (!read.ok || typeof read.value !== 'object' || read.value === null) return false;
  const code: unknown = Object.entries(read.value).find(([name]) => name.toLowerCase() === 'returncode')?.[1];
  return code === 0 || code === '0';
}
