import { mkdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readPath } from '@parley/core/recording/path.ts';
import type { RecordingFiles } from '../../engine/recording-files.ts';
import { joinSounds } from './sound.ts';
import { openWhole } from './whole.ts';

/** Recordings as WAV files, and those of pictures as WebM and MP4, below a folder, which the media threads of the same machine write. */
export interface RecordingFolder extends RecordingFiles {
  /** Where the recording that the engine calls so is to be written; its folder is there then. */
  readonly pathToRecord: (file: string) => Promise<string>;
  /** Where it is, to be played; undefined where there is none. */
  readonly pathToPlay: (file: string) => Promise<string | undefined>;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));

/** `root` is the folder of all tenants; below it each VDN has one of its own. */
export function createRecordingFolder(root: string): RecordingFolder {
  const folder = resolve(root);
  // Parts of a file name lead nowhere else: `readPath` has seen to that.
  const pathOf = (file: string): string => join(folder, ...file.split('/'));
  return {
    pathToRecord: async (name) => {
      const place = readPath(name);
      if (place === undefined) throw new Error(`${name.slice(0, 100)} is no path of a recording`);
      const path = pathOf(place.file);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return path;
    },
    pathToPlay: async (name) => {
      const place = readPath(name);
      if (place === undefined) return undefined;
      const path = pathOf(place.file);
      const found = await stat(path).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      return found?.isFile() === true ? path : undefined;
    },
    open: (files, form) => joinSounds(files.map(pathOf), form === 'mixed' ? 1 : 2),
    openVideo: (file) => openWhole(pathOf(file)),
    remove: async (file) => {
      try {
        await unlink(pathOf(file));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}
