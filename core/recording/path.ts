import { clockIn } from '../time/zone.ts';

/** What paths of recordings begin with (13.1.1.9, MAPPINGDISK). All drives are one: which one a client names does not matter. */
export const DRIVE = 'Y';
/** 13.1.1.1 and 13.1.1.9. */
export const MAX_PATH = 100;

/** A file that a path names, wherever the files of recordings are: whose it is, and where it lies among all of them. */
export interface FilePlace {
  readonly vdnId: number;
  /** Parts in lower case, as not every file system tells letter cases apart, joined by `/`; the first one is the VDN. */
  readonly file: string;
  /** The agent whose recording it is; undefined for what callers said to a flow and what other programs brought. */
  readonly agent: number | undefined;
}

const PART = /^[a-z0-9_-][a-z0-9._-]*$/;
const NUMBER = /^[1-9]\d{0,8}$/;
const OF_AGENT = /^\d+\/\d\/\d{8}\/(\d{3,5})\/[^/]+$/;
/** 13.1.2.1: files of other programs have the VDN second. */
const FOREIGN = '3rdfile';

/**
 * Reads the path of a recording as clients send it: with any drive or none, with either slash, or several of them. `.V3` is
 * what the platform calls its recordings, which are WAV files. Undefined where it could lead anywhere else.
 */
export function readPath(text: string): FilePlace | undefined {
  if (text.length > MAX_PATH) return undefined;
  const parts = text.replaceAll('\\', '/').replace(/^[a-z]:/i, '').toLowerCase().split('/').filter((part) => part !== '');
  const [first, second, ...others] = parts;
  const [vdn, rest] = first === FOREIGN ? [second, [FOREIGN, ...others]] : [first, parts.slice(1)];
  const name = rest.at(-1);
  if (vdn === undefined || name === undefined || rest.length < 2 || !NUMBER.test(vdn)) return undefined;
  if (!rest.every((part) => PART.test(part) && !part.endsWith('.'))) return undefined;
  const file = [vdn, ...rest.slice(0, -1), name.replace(/\.v3$/, '.wav')].join('/');
  const agent = OF_AGENT.exec(file)?.[1];
  return { vdnId: Number(vdn), file, agent: agent === undefined ? undefined : Number(agent) };
}

/** 13.1.1.9: a file that an agent may say for itself is one of its own recordings. */
export function isOwnRecording({ vdnId, file, agent }: FilePlace, ownVdn: number, own: number): boolean {
  return vdnId === ownVdn && agent === own && file.endsWith('.wav');
}

export interface Naming {
  readonly ccId: number;
  readonly vdnId: number;
  readonly agent: number;
  readonly isOutbound: boolean;
  readonly at: number;
  readonly timeZone: string;
  /** `.V3` is what the platform calls WAV files. */
  readonly ending?: 'V3' | 'webm' | 'mp4';
}

/** Day and time as the VDN's clocks show them: `20201119` and `1427025`, the last digit being tenths of a second. */
export function clockOf(timeZone: string, at: number): { readonly day: string; readonly time: string } {
  const digits = clockIn(timeZone, at).replaceAll(/\D/g, '');
  return { day: digits.slice(0, 8), time: `${digits.slice(8)}${Math.floor((at % 1000) / 100)}` };
}

/**
 * What a recording is called by 13.1.1.9 and 6.5.1.4.1. Day and time are those of the VDN's zone, and stand in the event from then
 * on: whoever replays it does not ask the zone again.
 */
export function nameRecording({ ccId, vdnId, agent, isOutbound, at, timeZone, ending = 'V3' }: Naming): { readonly path: string; readonly id: string } {
  const { day, time } = clockOf(timeZone, at);
  return {
    path: `${DRIVE}:/${vdnId}/${isOutbound ? 1 : 0}/${day}/${agent}/${time}.${ending}`,
    id: `${DRIVE}c${ccId}v${vdnId}a${agent}d${day}t${time}`,
  };
}

const ID = /^[a-z]c\d+v(\d+)a(\d+)d\d{8}t\d{6,9}$/i;

/** The VDN and the agent of a recording by its id (6.5.1.4.1). */
export function readRecordingId(text: string): { readonly vdnId: number; readonly agent: number } | undefined {
  const [, vdn, agent] = ID.exec(text) ?? [];
  return vdn === undefined ? undefined : { vdnId: Number(vdn), agent: Number(agent) };
}
