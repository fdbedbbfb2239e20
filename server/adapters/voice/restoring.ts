import type { SipCall } from '../../../telephony/sip/call/call.ts';
import { Q850_OF } from './causes.ts';
import type { Attend } from './conversing.ts';
import type { KeptLeg } from './keeping.ts';
import type { Leg, Legs, Media } from './legs.ts';
import type { Tolls } from './tolls.ts';
import type { Directory } from './ways.ts';

/** A leg of the process before this one, and the call that it is again. */
export interface Restored {
  readonly leg: KeptLeg;
  readonly call: SipCall;
}

/** Sound that may have outlived the process that made it. */
export interface StandingMedia extends Media {
  /** The legs that nobody has taken over yet: to open one of them takes it over, to close it ends it. Absent where none ever stand. */
  readonly standing?: () => Promise<readonly { readonly leg: string; readonly carrier: 'rtp' | 'webrtc' }[]>;
}

export interface RestoringDependencies {
  readonly legs: Pick<Legs, 'begin' | 'wasUp' | 'end'>;
  readonly media: StandingMedia;
  readonly directory: Pick<Directory, 'claimAgain'>;
  readonly tolls: Pick<Tolls, 'legOf'>;
  readonly attend: Attend;
}

export interface Restoring {
  /** Goes on with the legs whose sound stands; all others are hung up on. Answers those that stand. Nothing is reported: whoever listens asks what stands. */
  readonly restore: (restored: readonly Restored[]) => Promise<ReadonlySet<string>>;
  /** Trunks are known by now, or are others: calls that have no place on theirs yet take one. */
  readonly claim: () => void;
}

/** Out of order, temporarily (ITU-T Q.850). */
const TEMPORARY_FAILURE = 41;

export function createRestoring({ legs, media, directory, tolls, attend }: RestoringDependencies): Restoring {
  /** Legs whose place on a trunk was not taken yet. */
  const unclaimed = new Map<Leg, (release: () => void) => void>();

  const attended = (leg: Leg, call: SipCall): void => {
    let give: (() => void) | undefined;
    unclaimed.set(leg, (release) => { give = release; });
    attend(leg, call, () => {
      unclaimed.delete(leg);
      give?.();
    });
  };

  const charge = (leg: Leg, { terms }: KeptLeg): void => {
    if (terms?.tolled === undefined) return;
    const toll = tolls.legOf(terms.tolled, (cause) => {
      leg.call?.hangUp(Q850_OF[cause] === undefined ? {} : { q850: Q850_OF[cause] });
      legs.end(leg, cause);
    });
    toll.resume();
    leg.endings.add(toll.release);
  };

  const goOn = async ({ leg: kept, call }: Restored, carrier: 'rtp' | 'webrtc'): Promise<boolean> => {
    const { id, direction, caller, called, who, terms } = kept;
    const opened = await media.perform({ kind: 'open', leg: id, carrier, ...(terms?.codecs === undefined ? {} : { codecs: terms.codecs }) });
    // The other end may have hung up meanwhile.
    if (!opened.ok || call.state() !== 'up') {
      if (opened.ok) await media.perform({ kind: 'close', leg: id });
      return false;
    }
    const leg = legs.begin({ id, direction, caller, called });
    leg.call = call;
    leg.who = who;
    if (terms !== undefined) leg.terms = terms;
    charge(leg, kept);
    attended(leg, call);
    legs.wasUp(leg);
    await media.perform({ kind: 'up', leg: id });
    return true;
  };

  return {
    restore: async (restored) => {
      const carriers = new Map((await media.standing?.())?.map(({ leg, carrier }) => [leg, carrier]));
      const stands = new Set<string>();
      await Promise.all(restored.map(async (one) => {
        const carrier = carriers.get(one.leg.id);
        const isThere = carrier !== undefined && await goOn(one, carrier);
        if (isThere) stands.add(one.leg.id);
        else one.call.hangUp({ q850: TEMPORARY_FAILURE });
      }));
      // Calls that were not up yet, or whose dialog nobody knows any more.
      await Promise.all([...carriers.keys()].filter((leg) => !stands.has(leg)).map((leg) => media.perform({ kind: 'close', leg })));
      return stands;
    },
    claim: () => {
      for (const [leg, take] of unclaimed) {
        const release = directory.claimAgain(leg.who ?? '');
        if (release === undefined) continue;
        unclaimed.delete(leg);
        take(release);
      }
    },
  };
}
