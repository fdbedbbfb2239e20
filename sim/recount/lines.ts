import { instantIn } from '@parley/core/time/zone.ts';
import { readCsv } from './csv.ts';

/* Lines of the files of bills, as 13.2.2.1 and 13.2.2.2 have them. Times are whole seconds since 1970. */

/** A device that a call has left. */
export interface CallLine {
  readonly call: string;
  readonly agent: number | undefined;
  readonly caller: string;
  readonly called: string;
  readonly waitFrom: number;
  readonly waitTo: number;
  readonly ackFrom: number;
  readonly ackTo: number;
  readonly talkFrom: number;
  readonly talkTo: number;
  readonly device: number;
  readonly deviceNo: string;
  readonly callType: number;
  /** -1 for the last of a call. */
  readonly number: number;
  readonly before: { readonly device: number; readonly no: string } | undefined;
  readonly firstQueue: number | undefined;
  readonly leave: number;
  readonly media: number;
  readonly subMedia: number;
}

/** What an agent did. */
export interface OperationLine {
  readonly agent: number;
  readonly call: string;
  readonly from: number;
  readonly to: number;
  readonly type: number;
  readonly media: number | undefined;
  readonly way: string;
  readonly session: string;
}

const number = (text: string | undefined): number | undefined => (text === undefined || text === '' ? undefined : Number(text));

/** Seconds at which a zone's clock stands so. An hour that comes twice cannot be told apart, so files in UTC are the better ones. */
function createReader(zone: string): (text: string | undefined) => number {
  return (text = '') => (zone === 'UTC' ? Date.parse(`${text.replace(' ', 'T')}Z`) : instantIn(zone, text)) / 1000;
}

export function readCallLines(text: string, zone = 'UTC'): readonly CallLine[] {
  const second = createReader(zone);
  return readCsv(text).map((field) => ({
    call: field[4] ?? '', agent: number(field[3]), caller: field[5] ?? '', called: field[6] ?? '',
    waitFrom: second(field[7]), waitTo: second(field[8]), ackFrom: second(field[9]), ackTo: second(field[10]), talkFrom: second(field[11]), talkTo: second(field[12]),
    device: Number(field[13]), deviceNo: field[14] ?? '', callType: Number(field[15]), number: Number(field[17]),
    before: field[19] === undefined || field[19] === '' ? undefined : { device: Number(field[19]), no: field[20] ?? '' },
    firstQueue: number(field[21]), leave: Number(field[26]), media: Number(field[27]), subMedia: Number(field[28]),
  }));
}

export function readOperationLines(text: string, zone = 'UTC'): readonly OperationLine[] {
  const second = createReader(zone);
  return readCsv(text).map((field) => ({
    agent: Number(field[3]), call: field[6] ?? '', from: second(field[7]), to: second(field[8]), type: Number(field[9]), media: number(field[12]), way: field[17] ?? '', session: field[19] ?? '',
  }));
}
