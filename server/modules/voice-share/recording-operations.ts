import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { ccfsDownloadIvrRecordFile, ccfsDownloadOiapRecord, ccfsDownloadRecord, ccfsDownloadRecordFile } from '@parley/contract/ccfs/recording.ts';
import { asDownload, handle, type Context, type Download, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { readIndexedName, readOriginalName, readSpokenName } from '@parley/core/export/path.ts';
import { NODE } from '@parley/core/export/rows.ts';
import { dateIn } from '@parley/core/time/zone.ts';
import type { RecordingFiles } from '../../engine/recording-files.ts';
import { DOWNLOAD_TYPE, zipOfFiles, type Flow, type Whole, type Whose } from '../export/index.ts';
import { refusePath } from './path-refusal.ts';
import { nameOf, openSound, type Recorded, type Shelf } from './shelf.ts';

export interface RecordingShareDependencies {
  /** Absent where the sound of recordings is out of reach. */
  readonly recordings: RecordingFiles | undefined;
  readonly shelf: Shelf;
  readonly whose: Whose;
  readonly flow: Flow;
  /** What happened until now is in the tables; false where that cannot be said. */
  readonly settled: (vdnId: number) => Promise<boolean>;
}

/** Recordings as files, by each of the names that they have. */
export function recordingShareHandlers({ recordings, shelf, whose, flow, settled }: RecordingShareDependencies): readonly Handler[] {
  const send = async (file: string): Promise<Download | Refusal> => {
    const bytes = await openSound(recordings, file);
    return isRefusal(bytes) ? bytes : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: nameOf({ file }) });
  };

  /** The one of these files that is there. */
  const sendOne = async (vdnId: number, files: readonly string[]): Promise<Download | Refusal> => {
    await settled(vdnId);
    const [file, ...more] = await shelf.recorded(vdnId, files);
    if (file === undefined) return refuse(errors.noFile);
    return more.length > 0 ? refuse(errors.ambiguous) : send(file);
  };

  const sendAll = async (found: readonly Recorded[], callId: string, now: number): Promise<Download | Refusal> => {
    const wholes: Whole[] = [];
    for (const { file } of found) {
      const sound = await openSound(recordings, file);
      // Of several that were recorded, one may be gone.
      if (!isRefusal(sound)) wholes.push({ name: nameOf({ file }), size: sound.size, read: () => sound.read(0, sound.size) });
      else if (recordings === undefined) return sound;
    }
    if (wholes.length === 0) return refuse(errors.noFile);
    const { size, read } = await zipOfFiles(wholes, now);
    return asDownload({ bytes: { size, read }, mediaType: DOWNLOAD_TYPE, fileName: `${callId}.zip` });
  };

  const ofCall = async (callId: string, ccId: string, context: Context): Promise<Download | Refusal> => {
    const vdnIds = await whose.ofCall(context, ccId);
    await Promise.all(vdnIds.map(settled));
    const found = await shelf.ofCall(vdnIds, canonicalCallId(callId));
    const [first, ...more] = found;
    if (first === undefined) return refuse(errors.noData);
    if (more.some(({ vdnId }) => vdnId !== first.vdnId)) return refuse(errors.ambiguous);
    return more.length === 0 ? send(first.file) : sendAll(found, callId, context.now);
  };

  /** 13.2.1.10, 13.2.1.11: the day stands in the name, by the tenant's clock. */
  const spoken = async (fileName: string, kind: 'oiap' | 'message', context: Context): Promise<Download | Refusal> => {
    if (!flow.download(context)) return refuse(errors.downloadFlow);
    const named = readSpokenName(fileName, kind);
    if (!named.ok) return refusePath(named, 'fileName', errors.wrongPath);
    const tenant = await whose.byVdn(context, named.vdnId);
    if (isRefusal(tenant)) return tenant;
    await settled(tenant.vdnId);
    const at = await shelf.saidAt(tenant.vdnId, named.file);
    const isThen = at !== undefined && dateIn(tenant.timeZone, at).replaceAll('-', '') === named.day;
    return isThen ? send(named.file) : refuse(errors.noFile);
  };

  return [
    handle(ccfsDownloadRecordFile, async ({ msgBody: { fileName } }, context) => {
      if (!flow.download(context)) return refuse(errors.downloadFlow);
      const named = readIndexedName(fileName, NODE);
      if (!named.ok) return refusePath(named, 'fileName', errors.badPath);
      const tenant = await whose.byVdn(context, named.vdnId);
      if (isRefusal(tenant)) return tenant;
      if (named.ccId !== String(tenant.ccId)) return refuse(errors.wrongFolder, { param: 'Call center ID' });
      return sendOne(tenant.vdnId, named.files);
    }),

    handle(ccfsDownloadRecord, async ({ msgBody: { fileName = '', callId = '', ccId = '' } }, context) => {
      if (!flow.download(context)) return refuse(errors.downloadFlow);
      if (fileName === '') return callId === '' ? refuse(errors.nothingNamed) : ofCall(callId, ccId, context);
      const named = readOriginalName(fileName);
      if (!named.ok) return refusePath(named, 'fileName', errors.noData);
      const tenant = await whose.byVdn(context, named.vdnId);
      return isRefusal(tenant) ? tenant : sendOne(tenant.vdnId, [named.file]);
    }),

    handle(ccfsDownloadOiapRecord, ({ msgBody: { fileName } }, context) => spoken(fileName, 'oiap', context)),
    handle(ccfsDownloadIvrRecordFile, ({ msgBody: { fileName } }, context) => spoken(fileName, 'message', context)),
  ];
}
