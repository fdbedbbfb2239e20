import { createHash, randomInt } from 'node:crypto';
import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { ccfsIvrDeleteFile, ccfsIvrDownloadFile, ccfsIvrGetFileHash, ccfsIvrUploadFile, MAX_FILE_BYTES } from '@parley/contract/ccfs/third-party.ts';
import { asDownload, handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import { readThirdPartyPath, spokenFile, uploadedPath } from '@parley/core/export/path.ts';
import { readBase64 } from '@parley/core/voice/base64.ts';
import { checkWavForm, type WavFault } from '@parley/core/voice/wav-form.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import type { Writer } from '../../engine/writer.ts';
import { DOWNLOAD_TYPE } from '../export/index.ts';
import { refusePath } from './path-refusal.ts';
import type { RecordingShareDependencies } from './recording-operations.ts';
import { nameOf, openSound } from './shelf.ts';
import { deleteThirdPartyFile, findThirdPartyFile, insertThirdPartyFile, listThirdPartyNames, type ThirdPartyFile } from './store.ts';

export interface ThirdPartyDependencies extends RecordingShareDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly files: Files;
}

const WAV_FAULTS: Readonly<Record<WavFault, RefusalKind>> = {
  notWav: errors.notWav, unreadable: errors.unreadable, channels: errors.notMono, sampleRate: errors.wrongRate, bits: errors.notEightBits,
};

/** Lower case alone: paths are compared without regard to it. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomName = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
const WHOLE_FOLDER = 1;

export const thirdPartyKey = (vdnId: number, name: string): string => `third-party/${vdnId}/${name}`;

const shownInTrail = ({ bytes, sha256 }: ThirdPartyFile): object => ({ bytes, sha256 });

/** Voice files that other programs bring, and what callers said to flows, for those programs. */
export function thirdPartyHandlers({ db, writer, files, recordings, shelf, whose, flow, settled }: ThirdPartyDependencies): readonly Handler[] {
  /** A file that was uploaded, by its path. */
  const uploaded = async (fileName: string, context: Context): Promise<ThirdPartyFile | Refusal> => {
    if (!flow.query(context)) return refuse(errors.queryFlow);
    const place = readThirdPartyPath(fileName, 'file');
    if (!place.ok) return refusePath(place, 'fileName', errors.badPath);
    // 13.2.1.14: of what was uploaded, and of nothing else.
    if (place.holds !== 'uploaded') return refuse(errors.wrongPath);
    const tenant = await whose.byVdn(context, place.vdnId);
    if (isRefusal(tenant)) return tenant;
    return await findThirdPartyFile(db, tenant.vdnId, place.name ?? '') ?? refuse(errors.noFile);
  };

  return [
    handle(ccfsIvrUploadFile, async ({ vdnId, msgBody: { data } }, context) => {
      if (!flow.query(context)) return refuse(errors.queryFlow);
      const tenant = await whose.byVdn(context, vdnId);
      if (isRefusal(tenant)) return refuse(errors.notAllowed, { message: 'the key in use is not for that VDN' });
      const read = readBase64(data);
      if (!read.ok) return refuse(errors.wrongForm, { param: 'data', message: read.message });
      const { bytes } = read;
      if (bytes.length > MAX_FILE_BYTES) return refuse(errors.largeFile);
      const form = checkWavForm(bytes);
      if (!form.ok) return refuse(WAV_FAULTS[form.why], { message: form.message });
      const file: ThirdPartyFile = {
        vdnId, name: `${randomName()}_${context.now}.wav`, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), createdAt: context.now,
      };
      const key = thirdPartyKey(vdnId, file.name);
      await files.put(key, bytes);
      try {
        return await writer.write(vdnId, context.by, async ({ tx, record }) => {
          await insertThirdPartyFile(tx, file);
          record({ what: 'third-party-file', id: file.name, before: null, after: shownInTrail(file) });
          return { fileName: uploadedPath(vdnId, file.name), locationId: [] };
        });
      } catch (error) {
        await files.remove(key);
        throw error;
      }
    }),

    handle(ccfsIvrGetFileHash, async ({ msgBody: { fileName } }, context) => {
      const file = await uploaded(fileName, context);
      return isRefusal(file) ? file : { hashValue: file.sha256 };
    }),

    handle(ccfsIvrDeleteFile, async ({ msgBody: { fileName } }, context) => {
      const file = await uploaded(fileName, context);
      if (isRefusal(file)) return file;
      const { vdnId, name } = file;
      const gone = await writer.write(vdnId, context.by, async ({ tx, record }) => {
        if (!await deleteThirdPartyFile(tx, vdnId, name)) return refuse(errors.noFile);
        record({ what: 'third-party-file', id: name, before: shownInTrail(file), after: null });
        return undefined;
      });
      if (isRefusal(gone)) return gone;
      await files.remove(thirdPartyKey(vdnId, name));
      return null;
    }),

    handle(ccfsIvrDownloadFile, async ({ msgBody: { filePath, mode } }, context) => {
      if (!flow.download(context)) return refuse(errors.downloadFlow);
      const place = readThirdPartyPath(filePath, mode === WHOLE_FOLDER ? 'folder' : 'file');
      if (!place.ok) return refusePath(place, 'filePath', errors.badPath);
      const tenant = await whose.byVdn(context, place.vdnId);
      if (isRefusal(tenant)) return tenant;
      const { vdnId } = tenant;
      const { holds } = place;
      await settled(vdnId);
      const several = holds === 'uploaded' ? () => listThirdPartyNames(db, vdnId, 2) : () => shelf.said(vdnId, 2);
      const one = holds === 'uploaded' ? place.name : place.name && spokenFile(vdnId, place.name);
      const [name, ...more] = one === undefined ? await several() : [one];
      if (more.length > 0) return refuse(errors.severalFiles);
      if (name === undefined) return refuse(errors.noFile);
      if (holds === 'spoken') {
        const bytes = await shelf.saidAt(vdnId, name) === undefined ? refuse(errors.noFile) : await openSound(recordings, name);
        return isRefusal(bytes) ? bytes : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: nameOf({ file: name }) });
      }
      const bytes = await findThirdPartyFile(db, vdnId, name) === undefined ? undefined : await files.open(thirdPartyKey(vdnId, name));
      return bytes === undefined ? refuse(errors.noFile) : asDownload({ bytes, mediaType: DOWNLOAD_TYPE, fileName: name });
    }),
  ];
}
