import type { Carrier } from '../media/order.ts';
import { readStanding, type Standing } from './anchor.ts';
import type { CallNames } from './call-names.ts';
import type { Commands } from './commands.ts';
import type { Watched } from './watch.ts';

/** A leg that stands at rtpengine from before. */
export interface StandingLeg {
  readonly leg: string;
  readonly carrier: Carrier;
  /** The other leg that it talks with, without anybody's doing. */
  readonly talksWith?: string;
}

/** One that nobody has taken over. */
export interface Orphan extends Watched {
  readonly name: string;
  readonly turn: number;
  readonly standing: Standing;
}

export interface Standings {
  /** Looks for them, until that has worked once. Answers whether it has. */
  readonly look: () => Promise<boolean>;
  readonly take: (leg: string) => Orphan | undefined;
  readonly orphans: () => readonly Orphan[];
  readonly legs: () => readonly StandingLeg[];
}

export interface StandingsOptions {
  readonly commands: Pick<Commands, 'list' | 'query' | 'remove'>;
  readonly names: CallNames;
  /** Whether a leg was opened since: it is none of those from before. */
  readonly isNew: (leg: string) => boolean;
}

/** As many as fit into one datagram, which is what rtpengine answers with. */
const MOST_CALLS = 1_500;
const MOST_AT_ONCE = 64;

export function createStandings({ commands, names, isNew }: StandingsOptions): Standings {
  const found = new Map<string, Orphan>();
  let hasLooked = false;

  const ask = async (call: string, { leg: name, turn }: { readonly leg: string; readonly turn: number }): Promise<void> => {
    const seen = await commands.query(call);
    if (!seen.ok || isNew(name)) return;
    const standing = readStanding(seen.parties);
    const other = found.get(name);
    // Nobody had answered yet, so nobody talks there, or another far end took its place; rtpengine would keep its ports for an hour.
    if (standing === undefined || (other !== undefined && other.turn > turn)) await commands.remove(call);
    else {
      found.set(name, { name, turn, anchor: { call }, standing, progress: undefined });
      if (other !== undefined) await commands.remove(other.anchor.call);
    }
  };

  const talksWith = ({ name, standing: { ledTo, entrance } }: Orphan): string | undefined => {
    for (const other of found.values()) {
      const isTheirs = other.standing.entrance.port === ledTo.port && other.standing.ledTo.port === entrance.port;
      if (other.name !== name && isTheirs && other.standing.entrance.address === ledTo.address) return other.name;
    }
    return undefined;
  };

  return {
    look: async () => {
      if (hasLooked) return true;
      const listed = await commands.list(MOST_CALLS);
      if (!listed.ok) return false;
      hasLooked = true;
      const waiting = listed.calls.flatMap((call) => {
        const read = names.read(call);
        return read === undefined || isNew(read.leg) ? [] : [{ call, read }];
      });
      await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, waiting.length) }, async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await ask(next.call, next.read);
      }));
      return true;
    },
    take: (leg) => {
      const taken = found.get(leg);
      found.delete(leg);
      return taken;
    },
    orphans: () => [...found.values()],
    legs: () => [...found.values()].map((orphan) => {
      const partner = talksWith(orphan);
      return { leg: orphan.name, carrier: orphan.standing.remembered.carrier, ...(partner === undefined ? {} : { talksWith: partner }) };
    }),
  };
}
