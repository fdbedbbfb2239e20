import { errors } from '@parley/contract/admin/family.ts';
import { hearRecording, listRecordings, watchRecording } from '@parley/contract/admin/recording.ts';
import { asDownload, handle, type Context, type Download, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { pageOf } from '../../database/page.ts';
import type { Database } from '../../database/connect.ts';
import type { Projector } from '../../engine/projector.ts';
import type { RecordingFiles, SoundBytes } from '../../engine/recording-files.ts';
import type { ViewerOf } from '../console/index.ts';
import { findRecording, searchRecordings, type RecordingRow } from '../recording/index.ts';
import type { HeardBy } from './hearing.ts';
import type { NamesOf } from './names.ts';
import { readNumberedPlace, spanFault, writePlace } from './place.ts';
import { presentRecording } from './present.ts';

export interface RecordingViewDependencies {
  readonly db: Database;
  readonly viewerOf: ViewerOf;
  readonly namesOf: NamesOf;
  readonly heardBy: HeardBy;
  readonly recordings: Pick<Projector, 'settled'>;
  /** Absent where the sound of recordings is out of reach. */
  readonly files: RecordingFiles | undefined;
}

const LIMIT = 50;

const videoTypeOf = (file: string): string => (file.endsWith('.mp4') ? 'video/mp4' : 'video/webm');

/** Recordings of agents, to those who may hear them. */
export function recordingViewHandlers({ db, viewerOf, namesOf, heardBy, recordings, files }: RecordingViewDependencies): readonly Handler[] {
  /** A recording that the caller may hear; of others it is not told that there are any. */
  const find = async (context: Context, id: number, media: string): Promise<RecordingRow | Refusal> => {
    const viewer = await viewerOf(context);
    if (isRefusal(viewer)) return viewer;
    await recordings.settled(viewer.vdnId);
    const row = await findRecording(db, viewer.vdnId, id);
    const agents = await heardBy(viewer, row?.agent);
    if (isRefusal(agents)) return agents;
    return row?.media === media && agents?.includes(row.agent) !== false ? row : refuse(errors.notFound, { what: `recording of ${media}`, id });
  };

  const send = async (context: Context, id: number, media: 'voice' | 'video', open: (from: RecordingFiles, file: string) => Promise<SoundBytes | undefined>): Promise<Download | Refusal> => {
    const row = await find(context, id, media);
    if (isRefusal(row)) return row;
    if (files === undefined) return refuse(errors.conflict, { message: 'Recordings are out of reach of this installation' });
    const bytes = await open(files, row.file);
    if (bytes === undefined) return refuse(errors.notFound, { what: 'file of the recording', id });
    context.header('Cache-Control', 'no-store');
    return asDownload({ bytes, mediaType: media === 'voice' ? 'audio/wav' : videoTypeOf(row.file), fileName: row.file.replaceAll('/', '-') });
  };

  return [
    handle(listRecordings, async ({ callId: call, number, workNo, from, to, before, limit = LIMIT }, context) => {
      const viewer = await viewerOf(context);
      if (isRefusal(viewer)) return viewer;
      const behind = readNumberedPlace(before);
      if (isRefusal(behind)) return behind;
      const fault = spanFault(from, to);
      if (fault !== undefined) return fault;
      const heard = await heardBy(viewer, workNo);
      if (isRefusal(heard)) return heard;
      const agents = workNo === undefined ? heard : heard?.includes(workNo) === false ? [] : [workNo];
      await recordings.settled(viewer.vdnId);
      const names = await namesOf(viewer.vdnId);
      const { items, next } = await pageOf(limit, (most) => searchRecordings(db, viewer.vdnId, { call, number, agents, from, to }, behind, most), (row) => ({ at: row.began_at, id: String(row.number) }));
      return { recordings: items.map((row) => presentRecording(row, names)), ...(next === undefined ? {} : { next: writePlace(next) }) };
    }),
    handle(hearRecording, ({ id, sides = 'mixed' }, context) => send(context, id, 'voice', (from, file) => from.open([file], sides))),
    handle(watchRecording, ({ id }, context) => send(context, id, 'video', (from, file) => from.openVideo(file))),
  ];
}
