import type { CallLine } from './lines.ts';

/** Device types of Table 12-701. */
export const DEVICE = { queue: 1, agent: 2, flow: 3 } as const;

/** How a call goes, by its call type (Table 12-697). */
export type Way = 'in' | 'out' | 'neither';
const IN = new Set([0, 5, 13, 21, 46]);
const OUT = new Set([7, 8, 9, 10, 11, 12, 14, 22, 23, 40, 41, 42, 43, 44, 45, 50, 60, 61, 62, 63, 64]);

/** A line with what follows from the other lines of its call. */
export interface Stay extends CallLine {
  readonly way: Way;
  readonly came: number;
  readonly left: number;
  readonly waited: number;
  readonly rang: number;
  readonly talked: number;
  /** In queues since an agent had it last, as seconds of the clock: in several at once they count once. */
  readonly queued: number;
  /** Where it went from there, at once. */
  readonly next: number | undefined;
  /** The call was at no device of this type before. */
  readonly isFirst: boolean;
  /** It is the first queue of the call, where the call had come to none before; in an agent's own line it has not. */
  readonly isQueuesFirst: boolean;
  /** Of the last line: what came of the call. */
  readonly whole: Whole | undefined;
}

export interface Whole {
  readonly lasted: number;
  readonly answered: boolean;
  readonly sought: boolean;
  readonly inFlow: boolean;
  /** At all of its devices together. */
  readonly talked: number;
}

const cameAt = ({ waitFrom, ackFrom, talkFrom }: CallLine): number => Math.min(waitFrom, ackFrom, talkFrom);
const orderOf = ({ number }: CallLine): number => (number === -1 ? Number.MAX_SAFE_INTEGER : number);

/** In the order in which the call came to them. Of several in one second the next one is that which says that it follows upon the last. */
function inOrder(lines: readonly CallLine[]): readonly CallLine[] {
  const left = lines.toSorted((one, other) => cameAt(one) - cameAt(other) || orderOf(one) - orderOf(other));
  const ordered: CallLine[] = [];
  while (left.length > 0) {
    const last = ordered.at(-1);
    const first = left[0];
    const together = left.filter((line) => first !== undefined && cameAt(line) === cameAt(first));
    const follows = together.find(({ before }) => (last === undefined ? before === undefined : before?.device === last.device && before.no === last.deviceNo));
    const next = follows ?? first;
    if (next === undefined) break;
    ordered.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
}

/** Seconds in queues from behind the last agent up to this one. */
function queuedBefore(lines: readonly CallLine[], index: number): number {
  const until = lines[index]?.talkTo ?? 0;
  const from = lines.findLastIndex(({ device }, at) => at < index && device === DEVICE.agent) + 1;
  const seconds = new Set<number>();
  for (const { device, waitFrom, waitTo } of lines.slice(from, index + 1)) {
    if (device === DEVICE.queue) for (let second = waitFrom; second < Math.min(waitTo, until); second += 1) seconds.add(second);
  }
  return seconds.size;
}

/** What it came to in the second in which it left. From a queue, no agent and no flow has it while it waits in others, which it leaves later. */
function nextOf(lines: readonly CallLine[], index: number): number | undefined {
  const line = lines[index];
  const at = lines.findIndex((later, place) => place > index && cameAt(later) === line?.talkTo);
  const next = lines[at]?.device;
  if (line === undefined || line.device !== DEVICE.queue || next === DEVICE.queue) return next;
  const waitsOn = lines.slice(0, Math.max(0, at)).some((other) => other.device === DEVICE.queue && cameAt(other) <= line.talkTo && orderOf(other) > orderOf(line));
  return waitsOn ? undefined : next;
}

const isFirstQueue = ({ device, deviceNo, firstQueue }: CallLine): boolean => device === DEVICE.queue && firstQueue !== undefined && Number(deviceNo) === firstQueue;

function staysOf(all: readonly CallLine[]): readonly Stay[] {
  const lines = inOrder(all);
  return lines.map((line, index): Stay => {
    const left = line.talkTo;
    return {
      ...line, left, came: cameAt(line), way: IN.has(line.callType) ? 'in' : OUT.has(line.callType) ? 'out' : 'neither',
      waited: line.waitTo - line.waitFrom, rang: line.ackTo - line.ackFrom, talked: line.talkTo - line.talkFrom,
      queued: queuedBefore(lines, index),
      next: nextOf(lines, index),
      isFirst: !lines.slice(0, index).some(({ device }) => device === line.device),
      isQueuesFirst: isFirstQueue(line) && !lines.slice(0, index).some(isFirstQueue),
      whole: line.number !== -1 ? undefined : {
        lasted: left - Math.min(...lines.map(cameAt)),
        answered: lines.some(({ device, talkFrom, talkTo }) => device === DEVICE.agent && talkTo > talkFrom),
        sought: lines.some(({ device }) => device === DEVICE.agent || device === DEVICE.queue),
        inFlow: lines.some(({ device }) => device === DEVICE.flow),
        talked: lines.reduce((sum, { talkFrom, talkTo }) => sum + talkTo - talkFrom, 0),
      },
    };
  });
}

export const readStays = (lines: readonly CallLine[]): readonly Stay[] => [...Map.groupBy(lines, ({ call }) => call).values()].flatMap(staysOf);
