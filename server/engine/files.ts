/** Where recordings, voice files and exports are kept: a folder, later S3. Keys are `/`-separated lower-case names of our own making. */
export interface Files {
  /** The file is whole and durable when this resolves, or not there at all. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  readonly remove: (key: string) => Promise<void>;
}
