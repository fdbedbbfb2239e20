import { recordFileDownload, recordFileDownloadEx, recordingErrors as errors } from '@parley/contract/gateway/recording.ts';
import { asDownload, handle, type Download, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import { readRecordingId } from '@parley/core/recording/path.ts';
import { mayHear, whoseRecording } from '@parley/core/recording/rights.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import type { RecordingFiles } from '../../engine/recording-files.ts';
import { refusalOf } from '../online-agent/index.ts';
import { DOWNLOAD_TYPE, placeIn } from './codes.ts';
import { findByFile, findById, listOfCall } from './store.ts';
import { videoOfCall } from './video-operations.ts';

export interface DownloadDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'view'>;
  readonly projector: Pick<Projector, 'settled'>;
  /** Absent where the sound of recordings is out of reach. */
  readonly files: RecordingFiles | undefined;
  /** The picture of a customer in that file (6.1.5.5). */
  readonly imageAt: (vdnId: number, file: string) => Promise<Uint8Array | undefined>;
}

/** 13.1.2.1 filetype: what callers said to flows, and what other programs brought, is no agent's talk. */
const MESSAGES = 2;

/** 6.5.1.9.3: what path a picture of a customer has. */
const IMAGE = /\.jpg$/i;

/** 13.1.2.1 and 13.1.2.2. */
export function downloadHandlers({ db, engine, projector, files, imageAt }: DownloadDependencies): readonly Handler[] {
  const download = async (from: RecordingFiles, names: readonly string[], form: 'mixed' | 'apart', fileName: string): Promise<Download | undefined> => {
    const bytes = await from.open([...new Set(names)], form);
    return bytes === undefined ? undefined : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName });
  };

  /** The file of a recording that is over, by its path or its id. */
  const fileOf = async (vdnId: number, named: string, filetype: number): Promise<string | undefined | Refusal> => {
    // A client that was told right now that the recording has ended finds it.
    await projector.settled(vdnId);
    const id = readRecordingId(named);
    if (id !== undefined) return id.vdnId === vdnId ? (await findById(db, vdnId, named))?.file : refuse(errors.playForeign, { path: named });
    const place = placeIn(vdnId, named, errors.downloadBadName);
    if (isRefusal(place)) return place;
    if (filetype === MESSAGES) return place.agent === undefined ? place.file : undefined;
    return (await findByFile(db, vdnId, place.file))?.file;
  };

  /** 6.5.1.9.3 calls the picture of a customer a recording file, so it is had as one. */
  const imageOf = async (vdnId: number, path: string): Promise<Download | Refusal> => {
    const place = placeIn(vdnId, path, errors.downloadBadName);
    if (isRefusal(place)) return place;
    const bytes = await imageAt(vdnId, place.file);
    return bytes === undefined ? refuse(errors.downloadMissing, { path }) : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: place.file.replaceAll('/', '-') });
  };

  return [
    handle(recordFileDownload, async ({ agentid: agent, recordId, filetype = 1 }, { vdnId }) => {
      const isImage = IMAGE.test(recordId);
      if (files === undefined && !isImage) return refuse(errors.downloadOff);
      if (!await engine.view(vdnId, (centre) => mayHear(centre, agent))) return refuse(errors.mayNotHear);
      if (files === undefined || isImage) return imageOf(vdnId, recordId);
      const file = await fileOf(vdnId, recordId, filetype);
      if (isRefusal(file)) return file;
      const found = file === undefined ? undefined : await download(files, [file], 'mixed', file.replaceAll('/', '-'));
      return found ?? refuse(errors.downloadMissing, { path: recordId });
    }),

    handle(recordFileDownloadEx, async ({ agentid, callId, hwFileName = '', workNo = '' }, { vdnId }) => {
      if (files === undefined) return refuse(hwFileName === '' ? errors.downloadExOff : errors.videoOff);
      if (hwFileName !== '') return videoOfCall({ db, engine, projector, files }, files, vdnId, agentid, callId, hwFileName);
      const agent = await engine.view(vdnId, (centre) => whoseRecording(centre, agentid, workNo === '' ? undefined : Number(workNo)));
      const missing = refuse(errors.downloadExMissing, { agent: workNo === '' ? agentid : workNo, call: callId });
      if (isRefused(agent)) {
        return agent.refused === 'unknownAgent' ? missing : refusalOf(agent, agentid, { noPermission: errors.mayNotHear, nothing: errors.downloadExUnclear });
      }
      await projector.settled(vdnId);
      const recordings = await listOfCall(db, vdnId, canonicalCallId(callId), agent);
      return await download(files, recordings.map(({ file }) => file), 'apart', `${callId}-${agent}.wav`) ?? missing;
    }),
  ];
}

