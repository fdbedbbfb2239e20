import type { SoundFile, SoundFiles } from '../audio/sound-files.ts';

export type WritingFault = {
  readonly why: 'diskFull' | 'io' | 'isThere';
  readonly message: string;
};

/** Writes a new file behind the back of whoever makes it. */
export interface FileWriter {
  /** Takes bytes that are not changed any more, at any place in the file. Later ones win over earlier ones. */
  readonly write: (bytes: Uint8Array, at: number) => void;
  /** Bytes that are not on the disk. */
  readonly waiting: () => number;
  /** Has what waits written, though it be little. */
  readonly flush: () => void;
  /** Resolves when all is on the disk, or never will be. */
  readonly close: () => Promise<void>;
}

export interface FileWriterOptions {
  readonly path: string;
  readonly files: SoundFiles;
  /** Told once: nothing more gets into the file. */
  readonly onFault: (fault: WritingFault) => void;
}

/** Less is left to wait, as each write costs as much as many bytes. */
const BLOCK_BYTES = 64 * 1024;
const MAX_BLOCK_BYTES = 1024 * 1024;

interface Block {
  readonly at: number;
  readonly parts: Uint8Array[];
  bytes: number;
}

/** The file is opened with the first bytes, so nothing is left behind where there are none; one that is there already stays as it is. */
export function createFileWriter({ path, files, onFault }: FileWriterOptions): FileWriter {
  const blocks: Block[] = [];
  let waiting = 0;
  let file: SoundFile | undefined;
  let isBroken = false;
  let writing: Promise<void> | undefined;

  const giveUp = (why: WritingFault['why'], message: string): void => {
    if (isBroken) return;
    isBroken = true;
    blocks.length = 0;
    waiting = 0;
    onFault({ why, message });
  };

  const open = async (): Promise<SoundFile> => {
    const opened = await files.openToWrite(path, 'keep');
    // From here on it is closed in the end, whatever comes.
    file = opened;
    if (await opened.size() > 0) giveUp('isThere', `${path} is there already`);
    return opened;
  };

  const write = async (): Promise<void> => {
    try {
      const to = file ?? await open();
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
        await to.write(block.parts.length === 1 ? block.parts[0] ?? new Uint8Array() : Buffer.concat(block.parts), block.at);
        waiting -= block.bytes;
      }
    } catch (error) {
      const code = (error as { code?: unknown } | undefined)?.code;
      giveUp(code === 'ENOSPC' || code === 'EDQUOT' ? 'diskFull' : 'io', String(error));
    }
    writing = undefined;
  };

  const flush = (): void => { if (blocks.length > 0 && !isBroken) writing ??= write(); };

  const drain = async (): Promise<void> => {
    flush();
    if (writing === undefined) return;
    await writing;
    await drain();
  };

  return {
    flush,
    waiting: () => waiting,
    write: (bytes, at) => {
      if (isBroken || bytes.length === 0) return;
      const last = blocks.at(-1);
      if (last !== undefined && last.at + last.bytes === at && last.bytes < MAX_BLOCK_BYTES) {
        last.parts.push(bytes);
        last.bytes += bytes.length;
      } else blocks.push({ at, parts: [bytes], bytes: bytes.length });
      waiting += bytes.length;
      if (waiting >= BLOCK_BYTES) flush();
    },
    close: async () => {
      await drain();
      const opened = file;
      file = undefined;
      await opened?.close().catch((error: unknown) => { giveUp('io', String(error)); });
    },
  };
}
