import { errors } from '@parley/contract/admin/family.ts';
import {
  downloadVoiceFile, listVoiceFiles, listVoiceTemplates, reviewVoiceFile, reviewVoiceTemplate, showVoiceFile, showVoiceTemplate,
} from '@parley/contract/admin/voice.ts';
import { asDownload, handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';
import { pageOf } from '../../database/page.ts';
import type { Files } from '../../engine/files.ts';
import type { JobKind } from '../../engine/jobs.ts';
import type { Writer } from '../../engine/writer.ts';
import { presentVoiceFile, presentVoiceTemplate, shownInTrail } from './present.ts';
import type { Errand } from './review-callback.ts';
import * as store from './store.ts';

export interface ReviewDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly files: Files;
  readonly tellOutcome: JobKind<Errand>;
}

interface Decision {
  readonly id: string;
  readonly decision: 'approve' | 'reject';
  readonly comment?: string;
}

/** The two kinds of uploads that are reviewed, and how each is found. */
interface Kind<T extends store.Review> {
  readonly table: store.Reviewed;
  readonly what: string;
  readonly find: (db: Database, vdnId: number, id: string) => Promise<T | undefined>;
}

const FILE: Kind<store.VoiceFile> = { table: 'voice_file', what: 'voice-file', find: store.findVoiceFile };
const TEMPLATE: Kind<store.VoiceTemplate> = { table: 'voice_template', what: 'voice-template', find: store.findVoiceTemplate };

const PAGE = 50;

const idOf = ({ id }: { readonly id: string }): string => id;

const unknown = ({ what }: { readonly what: string }, id: string): Refusal => refuse(errors.notFound, { what: what.replace('-', ' '), id });

/** The review queue: what was uploaded, heard, read and decided (5.4.4, 5.4.5). */
export function reviewHandlers({ db, writer, files, tellOutcome }: ReviewDependencies): readonly Handler[] {
  const decide = <T extends store.Review>(kind: Kind<T>, { id, decision, comment = '' }: Decision, { vdnId, by }: Context): Promise<T | Refusal> =>
    writer.write(vdnId, by, async ({ tx, at, record }) => {
      const before = await kind.find(tx, vdnId, id);
      if (before === undefined) return unknown(kind, id);
      if (before.status !== 'waiting') return refuse(errors.conflict, { message: `The ${kind.what.replace('-', ' ')} ${id} was ${before.status} already` });
      const after: T = {
        ...before,
        status: decision === 'approve' ? 'approved' : 'rejected',
        comment: comment === '' ? null : comment,
        decidedBy: by.actor,
        decidedAt: at,
        callbackState: before.callbackUrl === null ? 'none' : 'pending',
      };
      await store.updateReview(tx, kind.table, vdnId, id, after);
      record({ what: kind.what, id, before: shownInTrail(before), after: shownInTrail(after) });
      if (after.callbackState === 'pending') await tellOutcome.send({ vdnId, table: kind.table, id }, { tx });
      return after;
    });

  return [
    handle(listVoiceFiles, async ({ limit = PAGE, ...filter }, { vdnId }) => {
      const { items, ...rest } = await pageOf(limit, (most) => store.listVoiceFiles(db, vdnId, { ...filter, limit: most }), idOf);
      return { files: items.map(presentVoiceFile), ...rest };
    }),

    handle(showVoiceFile, async ({ id }, { vdnId }) => {
      const file = await store.findVoiceFile(db, vdnId, id);
      return file === undefined ? unknown(FILE, id) : presentVoiceFile(file);
    }),

    handle(downloadVoiceFile, async ({ id }, { vdnId }) => {
      const file = await store.findVoiceFile(db, vdnId, id);
      const bytes = file && await files.get(file.fileKey);
      return bytes === undefined ? unknown(FILE, id) : asDownload({ bytes, mediaType: 'audio/wav', fileName: `${id}.wav` });
    }),

    handle(reviewVoiceFile, async (input, context) => {
      const file = await decide(FILE, input, context);
      return isRefusal(file) ? file : presentVoiceFile(file);
    }),

    handle(listVoiceTemplates, async ({ limit = PAGE, ...filter }, { vdnId }) => {
      const { items, ...rest } = await pageOf(limit, (most) => store.listVoiceTemplates(db, vdnId, { ...filter, limit: most }), idOf);
      return { templates: items.map(presentVoiceTemplate), ...rest };
    }),

    handle(showVoiceTemplate, async ({ id }, { vdnId }) => {
      const template = await store.findVoiceTemplate(db, vdnId, id);
      return template === undefined ? unknown(TEMPLATE, id) : presentVoiceTemplate(template);
    }),

    handle(reviewVoiceTemplate, async (input, context) => {
      const template = await decide(TEMPLATE, input, context);
      return isRefusal(template) ? template : presentVoiceTemplate(template);
    }),
  ];
}
