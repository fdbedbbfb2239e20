import type { listVoiceFiles, listVoiceTemplates, reviewStatuses } from '@parley/contract/admin/voice.ts';
import { MAX_VOICE_FILE_BYTES, type importVoiceFileUpload } from '@parley/contract/configuration/voice.ts';
import type { Input, Result } from '@parley/contract/operation.ts';

export type VoiceFile = Result<typeof listVoiceFiles>['files'][number];
export type VoiceTemplate = Result<typeof listVoiceTemplates>['templates'][number];
export type ReviewStatus = (typeof reviewStatuses)[number];
export type Upload = Input<typeof importVoiceFileUpload>;

/** What every list of what is to be reviewed can be narrowed to. */
export type StatusFilter = 'all' | ReviewStatus;
export const STATUS_FILTERS: readonly StatusFilter[] = ['all', 'waiting', 'approved', 'rejected'];
export const statusOf = (filter: StatusFilter): { status?: ReviewStatus } => (filter === 'all' ? {} : { status: filter });

export type FileFlaw = 'missing' | 'kind' | 'size';

/** The kind of a file by its name: 5.4.4 takes these two. */
export const kindOf = (fileName: string): 'WAV' | 'MP3' | undefined => {
  const ending = fileName.toLowerCase().split('.').at(-1);
  return ending === 'wav' ? 'WAV' : ending === 'mp3' ? 'MP3' : undefined;
};

export function fileFlawOf(file: { readonly name: string; readonly size: number } | null): FileFlaw | undefined {
  if (file === null || file.size === 0) return 'missing';
  if (kindOf(file.name) === undefined) return 'kind';
  return file.size > MAX_VOICE_FILE_BYTES ? 'size' : undefined;
}

/** A name that 5.4.4 takes, made of that of the file: letters, digits and Chinese characters. */
export const nameFrom = (fileName: string): string => fileName.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g, '').slice(0, 50);

const CHUNK = 0x8000;

/** Base64 of bytes; piece by piece, as a call takes no more arguments than fit its stack. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK) text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
}
