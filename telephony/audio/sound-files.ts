import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** The little that sound asks of a file system, so that a test can fill the disk. */
export interface SoundFile {
  /** Reads as much as there is, at most the array's length; how many bytes. */
  readonly read: (into: Uint8Array, at: number) => Promise<number>;
  /** Writes all of it or rejects. */
  readonly write: (bytes: Uint8Array, at: number) => Promise<void>;
  readonly size: () => Promise<number>;
  /** Cuts off what lies behind. */
  readonly truncate: (size: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type HowToWrite = 'empty' | 'keep' | 'existing';

export interface SoundFiles {
  /** To write or to change; a file that is not there is made, unless it is to be `existing`. */
  readonly openToWrite: (path: string, how: HowToWrite) => Promise<SoundFile>;
  readonly openToRead: (path: string) => Promise<SoundFile>;
  /** Tells whether a file has changed since; rejects when there is none. */
  readonly stamp: (path: string) => Promise<string>;
}

async function openFile(path: string, flags: number): Promise<SoundFile> {
  const handle = await open(path, flags, 0o640);
  return {
    read: async (into, at) => {
      let done = 0;
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, at + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    },
    write: async (bytes, at) => {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
        // A disk that takes nothing and does not say why would keep us here for ever.
        if (bytesWritten === 0) throw new Error('the file takes no more');
        done += bytesWritten;
      }
    },
    size: async () => (await handle.stat()).size,
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}

const writeFlags: Readonly<Record<HowToWrite, number>> = {
  empty: constants.O_CREAT | constants.O_TRUNC,
  keep: constants.O_CREAT,
  existing: 0,
};

export const soundFiles: SoundFiles = {
  openToWrite: (path, how) => openFile(path, constants.O_RDWR | writeFlags[how]),
  openToRead: (path) => openFile(path, constants.O_RDONLY),
  stamp: async (path) => {
    const { mtimeMs, size, ino } = await stat(path);
    return `${ino}-${size}-${mtimeMs}`;
  },
};
