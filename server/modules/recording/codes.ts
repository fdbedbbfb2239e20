import { recordingErrors as errors } from '@parley/contract/gateway/recording.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readPath, type FilePlace } from '@parley/core/recording/path.ts';

/** 13.1.2 and 13.1.3: a stream of bytes to every client, whatever is in it. */
export const DOWNLOAD_TYPE = 'application/octet-stream;charset=utf-8';

/** The place that a path names, if it is one of this VDN's (100-018); `bad` is what a path is refused with that names none. */
export function placeIn(vdnId: number, path: string, bad: Refusal['refused']): FilePlace | Refusal {
  const place = readPath(path);
  if (place === undefined) return refuse(bad, { path, message: `${path} is no path of a recording` });
  return place.vdnId === vdnId ? place : refuse(errors.playForeign, { path });
}
