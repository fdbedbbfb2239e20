import type { Channel, Target } from '../transport/channel.ts';
import { patience, type Agent } from './agent.ts';
import { nextHop } from './next-hop.ts';

/** The ways to the other end of a call. */
export interface Path {
  /** By which it was heard last, or is tried first. */
  readonly channel: () => Channel | undefined;
  /** The other end was heard by this one. */
  readonly heardBy: (channel: Channel) => void;
  /** Hands over the channel to a URI, or without one that by which the call begins: at once where it stands, and always in the order in which it is asked for. */
  readonly use: (uri: string | undefined, work: (channel: Channel) => void, failed: () => void) => void;
  /** What such a path begins with, to go on by the way that there is now; undefined as long as there is none. */
  readonly standing: () => (PathStart & { readonly channel: Channel }) | undefined;
}

export type PathStart =
  | { readonly channel: Channel; readonly target?: undefined; readonly isBehindNat: boolean }
  /** With the channel by which it was reached already, where it was. */
  | { readonly target: Target; readonly channel?: Channel };

export function createPath({ transports, timers, t1 }: Pick<Agent, 'transports' | 'timers' | 't1'>, start: PathStart): Path {
  const isBehindNat = start.target === undefined && start.isBehindNat;
  let heard = start.target === undefined ? start.channel : undefined;
  let first = start.target === undefined ? undefined : start.channel;
  /** The way to where the other end is not heard from, such as a proxy that has put itself into the route. */
  let beside: { readonly name: string; readonly channel: Channel } | undefined;
  let turn: Promise<void> | undefined;

  const nameOf = ({ kind, host, port }: Target): string => `${kind} ${host} ${port ?? ''}`;

  /** The channel if it stands, or else what is to be reached. */
  const find = (uri: string | undefined): Channel | Target | undefined => {
    const channel = heard ?? first;
    if (channel === undefined) return start.target;
    const target = uri === undefined ? undefined : nextHop({ uri, channel, reached: channel === first ? start.target : undefined, isBehindNat });
    if (target === undefined) return channel.isOpen() || start.target === undefined ? channel : start.target;
    return beside?.name === nameOf(target) && beside.channel.isOpen() ? beside.channel : target;
  };

  const reach = async (target: Target): Promise<Channel> => {
    const late = Promise.withResolvers<never>();
    const callOff = timers.after(patience({ t1 }), () => { late.reject(new Error(`${target.host} was not reached in time`)); });
    try {
      const channel = await Promise.race([transports.reach(target), late.promise]);
      if (target === start.target) first = channel;
      else beside = { name: nameOf(target), channel };
      return channel;
    } finally {
      callOff();
    }
  };

  const useLater = async (before: Promise<void> | undefined, uri: string | undefined, work: (channel: Channel) => void, failed: () => void): Promise<void> => {
    await before;
    let channel: Channel;
    try {
      const found = find(uri);
      if (found === undefined) throw new Error('there is no way to the other end');
      channel = 'host' in found ? await reach(found) : found;
    } catch {
      // Whatever it was, the request is as good as answered by 503 (RFC 3261 8.1.3.1).
      failed();
      return;
    }
    work(channel);
  };

  return {
    channel: () => heard ?? first,
    heardBy: (channel) => { heard = channel; },
    standing: () => {
      if (heard !== undefined) return { channel: heard, isBehindNat };
      return first === undefined || start.target === undefined ? undefined : { channel: first, target: start.target };
    },
    use: (uri, work, failed) => {
      const found = turn === undefined ? find(uri) : undefined;
      if (found !== undefined && !('host' in found)) {
        work(found);
        return;
      }
      const own = useLater(turn, uri, work, failed).finally(() => { if (turn === own) turn = undefined; });
      turn = own;
    },
  };
}
