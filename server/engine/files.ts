/** Bytes that are read as they are sent, from one up to another, which is left out. */
export interface StoredBytes {
  readonly size: number;
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** Where recordings, voice files and exports are kept: a folder, or S3-compatible storage. Keys are `/`-separated lower-case names of our own making. */
export interface Files {
  /** The file is whole and durable when this resolves, or not there at all. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  /** The same of more than is to be held in memory at once. A source that fails leaves nothing behind. */
  readonly putStream: (key: string, source: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  /** To be read piece by piece; undefined where there is none. */
  readonly open: (key: string) => Promise<StoredBytes | undefined>;
  readonly remove: (key: string) => Promise<void>;
  /** A URL under which anybody has the file for so long; only where the store can be reached by others than us. */
  readonly share?: (key: string, lifeMs: number, fileName: string) => Promise<string>;
}
