import { readPath } from '@parley/core/recording/path.ts';
import type { Sound } from '../engine/flow-runner.ts';

export interface Playable {
  /** Where a recording lies on this machine. */
  readonly recording: (file: string) => Promise<string | undefined>;
  /** What another program has brought for a tenant (13.2.1.13). */
  readonly broughtFile: (vdnId: number, path: string) => Promise<Sound | undefined>;
  /** Where a file of the file store lies on this machine. */
  readonly stored: (key: string) => Promise<string | undefined>;
}

/** What agents have played to them (13.1.1.1): recordings, and what other programs brought. Answers where it lies on this machine. */
export function createPlayable({ recording, broughtFile, stored }: Playable): (file: string) => Promise<string | undefined> {
  return async (file) => {
    const path = await recording(file);
    if (path !== undefined) return path;
    const place = readPath(file);
    // Clients write paths with either slash.
    const sound = place === undefined ? undefined : await broughtFile(place.vdnId, file.replaceAll('\\', '/'));
    return sound === undefined ? undefined : 'key' in sound ? stored(sound.key) : sound.path;
  };
}
