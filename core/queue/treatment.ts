/** Where a call goes that a queue does not keep (5.2.1 noAgents, busy, timeOut). */
export type Diversion =
  | { readonly kind: 'release' }
  | { readonly kind: 'queue'; readonly queueId: number }
  | { readonly kind: 'flow'; readonly flowId: number };

export type Waiting = { readonly kind: 'music' } | { readonly kind: 'flow'; readonly flowId: number };

/** How a queue treats the calls that wait in it. */
export interface Treatment {
  readonly noAgents: Diversion;
  readonly busy: Diversion;
  readonly timeOut: Diversion;
  /** Whether the customer first hears the agent's number; voice and video only. */
  readonly announceAgent?: boolean;
  readonly waiting?: Waiting;
}

export const DIVERSIONS = ['noAgents', 'busy', 'timeOut'] as const;

export const MEDIA = { voice: 5, multimedia: 53, video: 19, clickToDial: 2, videoClickToDial: 18 } as const;
const REAL_TIME: readonly number[] = [MEDIA.voice, MEDIA.video];

/** 5.2.1: media 5 and 19 need all five settings, the others take three; 53 diverts to queues only. */
export function checkTreatment(media: number, treatment: Treatment): string | undefined {
  const voice = REAL_TIME.includes(media);
  if (voice && treatment.announceAgent === undefined) return 'answerFunction is missing';
  if (voice && treatment.waiting === undefined) return 'waitVoice is missing';
  if (!voice && treatment.announceAgent !== undefined) return `answerFunction is not for media type ${media}`;
  if (!voice && treatment.waiting !== undefined) return `waitVoice is not for media type ${media}`;
  if (media === MEDIA.multimedia) {
    const toFlow = DIVERSIONS.find((name) => treatment[name].kind === 'flow');
    if (toFlow !== undefined) return `${toFlow}.deviceType must be 1 for media type 53`;
  }
  return undefined;
}

/** Queues to which this treatment may send a call. */
export function targetsOf(treatment: Treatment): readonly number[] {
  return DIVERSIONS.flatMap((name) => {
    const diversion = treatment[name];
    return diversion.kind === 'queue' ? [diversion.queueId] : [];
  });
}

/**
 * A circle of diversions through `start`, as the ids a call would pass, or undefined. A call in such a circle would never
 * be answered nor released, so none may come into being.
 */
export function findCircle(start: number, treatment: Treatment, others: ReadonlyMap<number, Treatment>): readonly number[] | undefined {
  const path: number[] = [start];
  const seen = new Set<number>();
  const visit = (targets: readonly number[]): boolean =>
    targets.some((target) => {
      if (target === start) return path.push(target) > 0;
      if (seen.has(target)) return false;
      seen.add(target);
      const next = others.get(target);
      if (next === undefined) return false;
      path.push(target);
      if (visit(targetsOf(next))) return true;
      path.pop();
      return false;
    });
  return visit(targetsOf(treatment)) ? path : undefined;
}
