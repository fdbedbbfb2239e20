/** Sound, or a file of pictures, that is read as it is sent, from one byte up to another, which is left out. */
export interface SoundBytes {
  readonly size: number;
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/**
 * The sound of recordings, which media threads write and others read. Files are named as `readPath`
 * (core/recording/path.ts) names them.
 */
export interface RecordingFiles {
  /**
   * These files one behind the other as one WAV file: `mixed` with both sides on one channel, `apart` with the agent on the left
   * and everybody else on the right. Files that are not there are passed over; undefined where none is left, or one is no sound.
   */
  readonly open: (files: readonly string[], form: 'mixed' | 'apart') => Promise<SoundBytes | undefined>;
  /** A file of pictures as it is; undefined where there is none. */
  readonly openVideo: (file: string) => Promise<SoundBytes | undefined>;
  readonly remove: (file: string) => Promise<void>;
}
