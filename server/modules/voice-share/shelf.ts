import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { RecordingFiles, SoundBytes } from '../../engine/recording-files.ts';

/** A file of recordings. */
export interface Recorded {
  readonly vdnId: number;
  readonly file: string;
}

/** What was recorded, and is over (13.2). */
export interface Shelf {
  /** Which of these files have recordings of agents. */
  readonly recorded: (vdnId: number, files: readonly string[]) => Promise<readonly string[]>;
  /** Files of a call, those that began first in front. */
  readonly ofCall: (vdnIds: readonly number[], call: string, window?: { readonly from: number; readonly to: number }) => Promise<readonly Recorded[]>;
  /** When a caller said this to a flow; undefined where nobody did. */
  readonly saidAt: (vdnId: number, file: string) => Promise<number | undefined>;
  /** So many of the files that callers said to flows. */
  readonly said: (vdnId: number, limit: number) => Promise<readonly string[]>;
}

/** Both sides on one channel, as whoever listens wants it. */
export async function openSound(recordings: RecordingFiles | undefined, file: string, missing = errors.noFile): Promise<SoundBytes | Refusal> {
  if (recordings === undefined) return refuse(errors.noStore);
  return await recordings.open([file], 'mixed') ?? refuse(missing);
}

export const nameOf = ({ file }: Pick<Recorded, 'file'>): string => file.split('/').slice(1).join('-');
