import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Files } from '../../engine/files.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Jobs } from '../../engine/jobs.ts';
import type { Outgoing } from '../../engine/outgoing.ts';
import type { Trustlist } from '../callback/index.ts';

/** Turns an uploaded file into 8 kHz A-law (5.4.4). */
export type Transcode = (file: Uint8Array, type: 'wav' | 'mp3') => Promise<
  | { readonly ok: true; readonly wav: Uint8Array; readonly durationMs: number }
  | { readonly ok: false; readonly reason: string }
>;

export interface VoiceDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly files: Files;
  readonly transcode: Transcode;
  readonly jobs: Jobs;
  readonly outgoing: Outgoing;
  readonly trustlist: Trustlist;
}

export function voiceHandlers(_deps: VoiceDependencies): readonly Handler[] {
  return [];
}
