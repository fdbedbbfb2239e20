import { recordingErrors as errors, videoFileDownload, videoFileDownloadEx } from '@parley/contract/gateway/recording.ts';
import { asDownload, handle, type Download, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import { readPath, readRecordingId } from '@parley/core/recording/path.ts';
import { mayHear, whoseRecording } from '@parley/core/recording/rights.ts';
import type { RecordingFiles } from '../../engine/recording-files.ts';
import { refusalOf } from '../online-agent/index.ts';
import { DOWNLOAD_TYPE } from './codes.ts';
import type { DownloadDependencies } from './download-operations.ts';
import { findByFile, listVideosOfCall } from './store.ts';

export type VideoDependencies = Pick<DownloadDependencies, 'db' | 'engine' | 'projector' | 'files'>;

/** 13.1.3.1 fileType: what is shared beside the cameras. */
const SHARED = 2;
const VIDEO_FILE = /\.(?:webm|mp4)$/;

/** The file as it was recorded, of whatever kind it is. */
async function send(files: RecordingFiles, file: string): Promise<Download | undefined> {
  const bytes = await files.openVideo(file);
  return bytes === undefined ? undefined : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: file.replaceAll('/', '-') });
}

/** 13.1.2.2 hwFileName: the path says whose it is, which must be of that call. */
export async function videoOfCall(
  { db, engine, projector }: VideoDependencies, files: RecordingFiles, vdnId: number, asker: number, callId: string, path: string,
): Promise<Download | Refusal> {
  const place = readPath(path);
  const missing = refuse(errors.downloadExMissing, { agent: place?.agent ?? path, call: callId });
  const agent = await engine.view(vdnId, (centre) => whoseRecording(centre, asker, place?.agent ?? asker));
  if (isRefused(agent)) return agent.refused === 'unknownAgent' ? missing : refusalOf(agent, asker, { noPermission: errors.mayNotHear });
  if (place?.vdnId !== vdnId) return missing;
  await projector.settled(vdnId);
  const recording = await findByFile(db, vdnId, place.file, 'video');
  if (recording?.call !== canonicalCallId(callId)) return missing;
  return await send(files, recording.file) ?? missing;
}

/** 13.1.3. */
export function videoHandlers({ db, engine, projector, files }: VideoDependencies): readonly Handler[] {
  const isAllowed = (vdnId: number, agent: number): Promise<boolean> => engine.view(vdnId, (centre) => mayHear(centre, agent));

  return [
    handle(videoFileDownload, async ({ agentid, conferenceId, recordId = '', fileType }, { vdnId }) => {
      if (files === undefined) return refuse(errors.videoOff);
      if (!await isAllowed(vdnId, agentid)) return refuse(errors.mayNotHear);
      const named = readRecordingId(recordId);
      if (named !== undefined && named.vdnId !== vdnId) return refuse(errors.videoForeign, { recording: recordId });
      if (fileType === SHARED) return refuse(errors.videoNoType, { why: 'nothing is shared beside the cameras' });
      if (!await projector.settled(vdnId)) return refuse(errors.videoLate);
      const recordings = await listVideosOfCall(db, vdnId, canonicalCallId(conferenceId));
      if (recordings.length === 0) return refuse(errors.videoNone, { call: conferenceId });
      const recording = recordId === '' ? recordings[0] : recordings.find(({ record_id: id }) => id.toLowerCase() === recordId.toLowerCase());
      if (recording === undefined) return refuse(errors.videoUnknown, { recording: recordId, call: conferenceId });
      return await send(files, recording.file) ?? refuse(errors.videoMissing, { recording: recording.record_id });
    }),

    handle(videoFileDownloadEx, async ({ agentid, recordId: path }, { vdnId }) => {
      if (files === undefined) return refuse(errors.videoOff);
      if (!await isAllowed(vdnId, agentid)) return refuse(errors.mayNotHear);
      const place = readPath(path);
      if (place === undefined) return refuse(errors.downloadBadName, { path });
      if (place.vdnId !== vdnId) return refuse(errors.videoForeign, { recording: path });
      if (!VIDEO_FILE.test(place.file)) return refuse(errors.videoNoType, { why: 'video is in files that are called .webm or .mp4' });
      if (!await projector.settled(vdnId)) return refuse(errors.videoLate);
      const recording = await findByFile(db, vdnId, place.file, 'video');
      const found = recording === undefined ? undefined : await send(files, recording.file);
      return found ?? refuse(errors.videoFileMissing, { path });
    }),
  ];
}
