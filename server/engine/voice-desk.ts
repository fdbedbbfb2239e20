import type { Destination } from '@parley/core/call/arrive.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { withDeadline } from './deadline.ts';
import type { Sent } from './engine.ts';
import type { OnFault } from './fault.ts';
import type { Standing } from './take-over.ts';
import { DEADLINE_MS, type Performed, type VoicePort, type VoiceReport } from './voice.ts';

/** Whose number somebody has dialled, and where it leads there; undefined for a number of nobody's. */
export type Dialled = (called: string) => Promise<{ readonly vdnId: number; readonly to: Destination } | undefined>;

export interface VoiceDeskDependencies {
  readonly port: VoicePort;
  readonly dialled: Dialled;
  /** A command that the port's report is. Nobody waits for it, so it is kept through an outage. */
  readonly report: (vdnId: number, command: Command) => void;
  readonly send: (vdnId: number, command: Command) => Promise<Sent>;
  readonly onFault: OnFault;
}

/** What stands between the engine and the voice port: orders with a deadline out, reports to the right contact centre in. */
export interface VoiceDesk {
  readonly perform: (vdnId: number, order: Order) => void;
  /** Whose a leg is that came in. */
  readonly bind: (vdnId: number, leg: VoiceLeg, isThere: boolean) => void;
  readonly standing: () => Promise<Standing>;
  /** Hangs up on the legs that nobody knows: not those in the answer of `isKnown`, nor those that come in just now. */
  readonly dropStrays: (standing: Standing, isKnown: (leg: VoiceLeg) => boolean) => void;
  readonly drop: (leg: VoiceLeg, cause: number) => void;
  readonly start: () => void;
  readonly stop: () => void;
  /** Resolves when no order is under way and nobody is coming in. */
  readonly idle: () => Promise<void>;
  readonly isIdle: () => boolean;
}

type Failed = Extract<Performed, { ok: false }>;

/** Why a leg ended that could not be dialled. */
const DIAL_FAILED: Readonly<Record<Failed['why'], number>> = {
  unreachable: CAUSE.noResource, noResource: CAUSE.noResource, unknownLeg: CAUSE.internalError, unknownRoom: CAUSE.internalError,
  unsupported: CAUSE.internalError, deadline: CAUSE.internalError, failed: CAUSE.internalError,
};

const DIALLED_LEG = /^(\d+)-\d+$/;
/** Plays, collections and recordings carry the number of their contact centre, some behind a word. */
const NAMED = /^(?:[a-z]+-)?(\d+)-/;

/** What the port would have reported of an order that it did not carry out: somebody waits for it. */
function reportOf(order: Order, { why }: Failed): VoiceReport | undefined {
  if (order.kind === 'dial') return { kind: 'ended', leg: order.leg, cause: DIAL_FAILED[why] };
  if (why === 'unknownLeg' && 'leg' in order) return { kind: 'ended', leg: order.leg, cause: CAUSE.internalError };
  switch (order.kind) {
    case 'askImage':
      return { kind: 'imageDenied', leg: order.leg, image: order.image, why: 'failed' };
    case 'flow':
      // Whoever waits goes on waiting, with music.
      return order.waits === true ? { kind: 'flowEnded', leg: order.leg, outcome: { kind: 'done' }, waits: true } : { kind: 'flowEnded', leg: order.leg, outcome: { kind: 'hangUp' } };
    case 'play':
      return { kind: 'playEnded', play: order.play, why: 'failed' };
    case 'collect':
      return { kind: 'collected', collect: order.collect, leg: order.leg, digits: '', why: 'stopped' };
    case 'record':
      return { kind: 'recorded', record: order.record, file: order.file, ms: 0, why: why === 'unknownRoom' ? 'end' : 'failed' };
    case 'answer':
    case 'drop':
    case 'pickUp':
    case 'arrange':
    case 'digits':
    case 'endFlow':
    case 'stopPlay':
    case 'pausePlay':
    case 'resumePlay':
    case 'seekPlay':
    case 'stopRecord':
    case 'pauseRecord':
    case 'resumeRecord':
      return undefined;
    default:
      return order satisfies never;
  }
}

function commandOf(report: Exclude<VoiceReport, { kind: 'incoming' }>): Command | undefined {
  switch (report.kind) {
    case 'rang':
    case 'answered':
    case 'ended':
      return { kind: 'legReported', report };
    case 'picture':
    case 'playEnded':
    case 'flowEnded':
    case 'digits':
      return report;
    case 'recorded':
      return { kind: 'recorded', record: report.record, why: report.why, ms: report.ms };
    case 'flowRecording':
      return { kind: 'flowRecording', call: report.call, file: report.file };
    case 'flowRecorded':
      return { kind: 'flowRecorded', file: report.file, why: report.why, ms: report.ms };
    case 'imageDenied':
      return { kind: 'imageAnswered', leg: report.leg, image: report.image, outcome: report.why };
    // No decision waits for these yet.
    case 'collected':
      return undefined;
    default:
      return report satisfies never;
  }
}

export function createVoiceDesk({ port, dialled, report, send, onFault }: VoiceDeskDependencies): VoiceDesk {
  const owners = new Map<VoiceLeg, number>();
  /** Legs of which it is just being found out whose they are. */
  const arriving = new Map<VoiceLeg, Promise<number | undefined>>();
  const underWay = new Set<Promise<unknown>>();
  let unsubscribe: (() => void) | undefined;

  const track = (work: Promise<unknown>): void => {
    underWay.add(work);
    void work.finally(() => { underWay.delete(work); });
  };

  const vdnOf = (about: Exclude<VoiceReport, { kind: 'incoming' }>): number | undefined => {
    if ('vdnId' in about) return about.vdnId;
    const known = 'leg' in about ? owners.get(about.leg) : undefined;
    if (known !== undefined) return known;
    const [, vdnId] = 'leg' in about ? DIALLED_LEG.exec(about.leg) ?? [] : NAMED.exec(about.kind === 'playEnded' ? about.play : about.record) ?? [];
    return vdnId === undefined ? undefined : Number(vdnId);
  };

  const enter = (vdnId: number | undefined, told: Exclude<VoiceReport, { kind: 'incoming' }>): void => {
    const command = commandOf(told);
    if (vdnId !== undefined && command !== undefined) report(vdnId, command);
  };

  const enterLater = async (placing: Promise<number | undefined>, told: Exclude<VoiceReport, { kind: 'incoming' }>): Promise<void> => { enter(await placing, told); };

  /** Legs that are gone without a report; a room tells only that there are some. */
  const reportGone = async (vdnId: number, legs: readonly VoiceLeg[]): Promise<void> => {
    const there = await standing();
    for (const leg of legs) if (!there.has(leg)) enter(vdnId, { kind: 'ended', leg, cause: CAUSE.internalError });
  };

  const carryOut = async (vdnId: number | undefined, order: Order): Promise<void> => {
    const performed = await withDeadline(port.perform(order), DEADLINE_MS, order.kind)
      .catch((error: unknown): Failed => ({ ok: false, why: 'failed', message: String(error) }));
    if (vdnId === undefined) return;
    if (performed.ok) {
      if (order.kind === 'play') report(vdnId, { kind: 'playBegan', play: order.play });
      else if (order.kind === 'record') report(vdnId, { kind: 'recordBegan', record: order.record });
      return;
    }
    if (performed.why !== 'unknownLeg') onFault('the voice port did not carry out an order', { vdnId, order: order.kind, ...performed });
    // Should it be dialled all the same, nobody would know of it.
    if (order.kind === 'dial') drop(order.leg, CAUSE.internalError);
    const instead = reportOf(order, performed);
    if (instead !== undefined && instead.kind !== 'incoming') enter(vdnId, instead);
    else if (order.kind === 'arrange' && performed.why === 'unknownLeg') await reportGone(vdnId, order.members.map(({ leg }) => leg));
  };

  const attempt = (vdnId: number | undefined, order: Order): void => {
    track(carryOut(vdnId, order).catch((error: unknown) => { onFault('what an order led to could not be told', { vdnId, order: order.kind, error }); }));
  };

  const drop = (leg: VoiceLeg, cause: number): void => { attempt(undefined, { kind: 'drop', leg, cause }); };

  const arrive = ({ leg, caller, called, unverified = false }: Extract<VoiceReport, { kind: 'incoming' }>): void => {
    const { promise: placed, resolve: place } = Promise.withResolvers<number | undefined>();
    arriving.set(leg, placed);
    const coming = async (): Promise<void> => {
      try {
        const found = await withDeadline(dialled(called), DEADLINE_MS, 'finding out whose number was dialled');
        if (found === undefined) {
          drop(leg, CAUSE.unknownNumber);
          return;
        }
        owners.set(leg, found.vdnId);
        const arrived = send(found.vdnId, { kind: 'arrive', leg, caller, called, to: found.to, ...(unverified ? { unverified } : {}) });
        // From here on its reports come behind it.
        place(found.vdnId);
        const { refused } = await arrived;
        if (refused !== undefined) drop(leg, CAUSE.noResource);
      } catch (error) {
        owners.delete(leg);
        drop(leg, CAUSE.noResource);
        onFault('a call that came in was turned away', { leg, error });
      } finally {
        place(undefined);
        // Reports that came in the meantime are on their way; a later one must not overtake them.
        setImmediate(() => { arriving.delete(leg); });
      }
    };
    track(coming());
  };

  const standing = async (): Promise<Standing> =>
    new Map((await withDeadline(port.legs(), DEADLINE_MS, 'asking for the legs that stand')).map(({ leg, state }) => [leg, state]));

  return {
    perform: attempt,
    standing,
    drop,
    bind: (vdnId, leg, isThere) => {
      if (isThere) owners.set(leg, vdnId);
      else owners.delete(leg);
    },
    dropStrays: (there, isKnown) => {
      for (const leg of there.keys()) if (!isKnown(leg) && !arriving.has(leg)) drop(leg, CAUSE.internalError);
    },
    start: () => {
      unsubscribe = port.subscribe((told) => {
        if (told.kind === 'incoming') arrive(told);
        else {
          const placing = 'leg' in told ? arriving.get(told.leg) : undefined;
          if (placing === undefined) enter(vdnOf(told), told);
          else track(enterLater(placing, told));
        }
      });
    },
    stop: () => { unsubscribe?.(); },
    isIdle: () => underWay.size === 0,
    idle: async () => { while (underWay.size > 0) await Promise.all(underWay); },
  };
}
