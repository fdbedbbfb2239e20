import { readPath } from '../recording/path.ts';

/* Paths of 13.2, as they come from outside. Whatever is not of the form that a section gives leads nowhere. */

export type PathFault = 'characters' | 'canonical' | 'length' | 'form' | 'date' | 'folder' | 'rule';

export type PathReading<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: PathFault };

const CHARACTERS = /^[A-Za-z0-9:/._-]+$/;
const fault = (why: PathFault): { readonly ok: false; readonly why: PathFault } => ({ ok: false, why });

/** The parts of a path without its drive, or what no path of ours has. */
function partsOf(text: string): readonly string[] | PathFault {
  if (!CHARACTERS.test(text)) return 'characters';
  const [, drive = '', path = ''] = /^([A-Za-z]:)?(.*)$/.exec(text) ?? [];
  const parts = path.replace(/^\//, '').split('/');
  // One way to write a path, and so one way to check it.
  if (path.includes(':') || parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.'))) return 'canonical';
  return drive !== '' && !path.startsWith('/') ? 'canonical' : parts;
}

const isParts = (parts: readonly string[] | PathFault): parts is readonly string[] => typeof parts !== 'string';

/** `20201015`, on a calendar. */
function isDay(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const VDN = /^[1-9]\d{0,8}$/;
const WAV = /\.wav$/i;

/** The `file_name` of a recording in the index (13.2.1.4): whose it is, and where it may be. */
export interface IndexedName {
  readonly vdnId: number;
  /** As it is written there. */
  readonly ccId: string;
  /** Where it may lie: talks that came in and talks that went out have folders of their own, which the index does not tell. */
  readonly files: readonly string[];
}

const DIRECTIONS = Array.from({ length: 10 }, (_, direction) => direction);

export function readIndexedName(text: string, node: number): PathReading<IndexedName> & { readonly part?: string } {
  const parts = partsOf(text);
  if (!isParts(parts)) return fault(parts);
  const [nodeId, ccId = '', record, vdn = '', day = '', agent = '', name = ''] = parts;
  if (parts.length !== 7 || !VDN.test(vdn) || !/^\d{3,5}$/.test(agent) || !WAV.test(name)) return fault('form');
  if (!isDay(day)) return fault('date');
  if (record !== 'record') return { ...fault('folder'), part: 'record' };
  if (nodeId !== String(node)) return { ...fault('folder'), part: 'Node ID' };
  return { ok: true, vdnId: Number(vdn), ccId, files: DIRECTIONS.map((direction) => [vdn, direction, day, agent, name.toLowerCase()].join('/')) };
}

/** The name of a recording in the index, from where its file lies; undefined where it lies as no recording of an agent does. */
export function indexedName(node: number, ccId: number, file: string): string | undefined {
  const [vdn, , day, agent, name, ...more] = file.split('/');
  return name === undefined || more.length > 0 ? undefined : `/${node}/${ccId}/record/${vdn}/${day}/${agent}/${name}`;
}

/** The `original_file_name` of a recording: `Y:/{VDN}/{0 or 1}/{day}/{agent}/{time}.V3` (0300012). */
export function readOriginalName(text: string): PathReading<{ readonly vdnId: number; readonly file: string }> {
  const parts = partsOf(text);
  if (!isParts(parts)) return fault(parts);
  const place = readPath(text);
  return place?.agent === undefined ? fault('form') : { ok: true, vdnId: place.vdnId, file: place.file };
}

/** What a caller said to a flow: the day it was said on, and its file. */
export interface SpokenName {
  readonly vdnId: number;
  readonly day: string;
  readonly file: string;
}

/** Folders of 13.2.1.10 and 13.2.1.11, `#` being the VDN. */
const OIAP = ['record/#/odfsrecord', '#/odfsrecord', 'record/#', '#/transferrecord'] as const;
const MESSAGES = ['#/record'] as const;
export const MAX_OIAP_NAME = 127;

/** Where all of them lie, whatever they are called. */
const fileOfSpoken = (vdn: string, name: string): string => `${vdn}/flows/${name.toLowerCase()}`;

export function readSpokenName(text: string, kind: 'oiap' | 'message'): PathReading<SpokenName> {
  if (kind === 'oiap' && (text.length === 0 || text.length > MAX_OIAP_NAME)) return fault('length');
  const parts = partsOf(text);
  if (!isParts(parts)) return fault(parts);
  const [name = '', day = '', ...folder] = parts.toReversed();
  const vdn = folder.find((part) => VDN.test(part));
  if (vdn === undefined || !WAV.test(name)) return fault('rule');
  const shape = folder.toReversed().map((part) => (part === vdn ? '#' : part)).join('/');
  if (!(kind === 'oiap' ? OIAP : MESSAGES).some((known) => known === shape)) return fault('rule');
  return isDay(day) ? { ok: true, vdnId: Number(vdn), day, file: fileOfSpoken(vdn, name) } : fault('date');
}

/** Folders of files of other programs (13.2.1.12), by what is in them. */
const THIRD: readonly (readonly [folder: RegExp, holds: 'uploaded' | 'spoken'])[] = [
  [/^3rdfile\/(\d+)\/thirdvoicebotfile$/i, 'uploaded'], [/^3rdfile\/(\d+)\/ivrrecordfile$/i, 'spoken'], [/^voice\/(\d+)\/ivrrecordfile$/i, 'spoken'],
];

export interface ThirdPartyPlace {
  readonly vdnId: number;
  readonly holds: 'uploaded' | 'spoken';
  /** The file, or undefined for the whole folder. */
  readonly name: string | undefined;
}

export function readThirdPartyPath(text: string, of: 'file' | 'folder'): PathReading<ThirdPartyPlace> {
  const parts = partsOf(of === 'folder' ? text.replace(/\/$/, '') : text);
  if (!isParts(parts)) return fault(parts);
  const folder = of === 'folder' ? parts : parts.slice(0, -1);
  const name = of === 'folder' ? undefined : parts.at(-1)?.toLowerCase();
  for (const [pattern, holds] of THIRD) {
    const vdn = pattern.exec(folder.join('/'))?.[1];
    if (vdn === undefined || !VDN.test(vdn)) continue;
    return name !== undefined && !WAV.test(name) ? fault('form') : { ok: true, vdnId: Number(vdn), holds, name };
  }
  return fault('rule');
}

export const spokenFile = (vdnId: number, name: string): string => fileOfSpoken(String(vdnId), name);
export const uploadedPath = (vdnId: number, name: string): string => `Y:/3rdfile/${vdnId}/thirdvoicebotfile/${name}`;
