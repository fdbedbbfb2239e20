import type { Media } from '../media/media.ts';
import { OK, refused, type Carrier, type MediaAnswer, type MediaOrder, type MediaReport } from '../media/order.ts';
import { realTimers, type Timers } from '../timers.ts';
import { createAnchor, FAR, type Anchor, type Interfaces, type Standing } from './anchor.ts';
import { createCallNames } from './call-names.ts';
import { createCommands } from './commands.ts';
import type { KeyLog } from './key-log.ts';
import { provesKeys } from './key-proof.ts';
import { hasLoggedKeys, isRelayed, newLeg, type Leg } from './leg.ts';
import { asTelephone, createNegotiating, type LegOrder } from './negotiating.ts';
import type { Ng } from './ng.ts';
import { createPairs } from './pairs.ts';
import { createStandings, type Orphan, type StandingLeg } from './standings.ts';
import { createSteering } from './steering.ts';
import { createWatch } from './watch.ts';

export interface RtpengineMediaOptions {
  /** Closed when the media are stopped, as `keyLog` is. */
  readonly ng: Ng;
  /** Mixes, plays and records, which rtpengine cannot. Its ends must be reached by rtpengine, and by nobody else. */
  readonly builtIn: Media;
  /** Where rtpengine tells of keys. Without it all sound goes through the built-in engine, which hears them itself. */
  readonly keyLog?: KeyLog;
  /** What the names of calls at rtpengine begin with: of its own for each process that shares it, and the same after a restart. */
  readonly instance?: string;
  readonly interfaces?: Interfaces;
  /** A leg from which nothing has come for so long is lost. */
  readonly silentMs: number;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
  readonly watchMs?: number;
  readonly timers?: Timers;
}

export interface RtpengineMedia extends Media {
  /** Legs that stood at rtpengine before this process began and that nobody has taken over yet: `open` does, `close` ends them. */
  readonly standing: () => Promise<readonly StandingLeg[]>;
  /** How many legs are passed on by rtpengine alone. */
  readonly relayed: () => number;
}

const WATCH_MS = 5_000;
/** rtpengine may be started anew with other settings. */
const PROVE_EVERY_MS = 60_000;
/** So long an INVITE may wait for its final response once nothing came (RFC 3261 17.1.1.2), and a little more. */
const OFFER_MS = 40_000;
/** A key takes 160 ms, and a pause of 80 follows. */
const KEY_MS = 240;
const AFTER_KEYS_MS = 500;
const NOT_LED = refused('failed', 'rtpengine does not do what it is told');

/**
 * Media by rtpengine: every leg's far end is anchored there for its whole life. Behind the anchor is the built-in engine or,
 * where two talk and nothing else is to be heard, the anchor of the other: what flows there flows on without this process.
 */
export function createRtpengineMedia(options: RtpengineMediaOptions): RtpengineMedia {
  const { ng, builtIn, keyLog, instance = 'parley', interfaces, silentMs, onFault, watchMs = WATCH_MS, timers = realTimers } = options;
  const commands = createCommands(ng);
  const names = createCallNames(instance);
  const listeners = new Set<(report: MediaReport) => void>();
  const legs = new Map<string, Leg>();
  /** Calls that are over here, and may not be there. */
  const leftovers = new Set<Anchor>();
  const pairs = createPairs();
  const standings = createStandings({ commands, names, isNew: (name) => legs.has(name) });
  let hearsKeys = false;
  let hasProven = false;
  let provenAt = Number.NEGATIVE_INFINITY;
  let hasStopped = false;
  let cancelWatch = (): void => undefined;

  const tell = (report: MediaReport): void => { for (const listener of listeners) listener(report); };

  const lost = (leg: Leg, why: Exclude<Leg['lost'], undefined>): void => {
    if (leg.isGone || leg.lost === 'died' || (leg.lost !== undefined && why !== 'died')) return;
    leg.lost = why;
    tell({ kind: 'lost', leg: leg.name, why });
  };

  const heard = (leg: Leg): void => {
    if (leg.isGone || leg.lost !== 'silent') return;
    leg.lost = undefined;
    tell({ kind: 'found', leg: leg.name });
  };

  const remove = async (anchor: Anchor): Promise<boolean> => {
    const isRemoved = await anchor.remove();
    if (isRemoved) leftovers.delete(anchor);
    return isRemoved;
  };

  const discard = (anchor: Anchor): void => {
    leftovers.add(anchor);
    void remove(anchor);
  };

  const newAnchor = (leg: string, turn: number, carrier: Carrier, before?: Standing): Anchor =>
    createAnchor({ commands, call: names.of(leg, turn), carrier, interfaces, ...(before === undefined ? {} : { before }) });

  const { inOrder, settle, release } = createSteering({ legs, pairs, timers, onFault, hearsKeys: () => hearsKeys, onUnknown: (leg) => { lost(leg, 'closed'); } });
  const negotiating = createNegotiating({ builtIn, find: (name) => legs.get(name), newAnchor, discard });

  const open = async (order: LegOrder<'open'>): Promise<MediaAnswer> => {
    const { leg: name, carrier, near } = order;
    await looked;
    if (legs.has(name)) return OK;
    const before = standings.take(name);
    const turn = before?.turn ?? 1;
    const leg = newLeg(name, newAnchor(name, turn, before?.standing.remembered.carrier ?? carrier, before?.standing), turn, near);
    legs.set(name, leg);
    return inOrder(leg, async () => {
      const opened = await builtIn.perform({ ...asTelephone(order), offers: false });
      const taken = opened.ok && before !== undefined ? await negotiating.takeOver(leg, before.standing) : opened;
      if (taken.ok) return OK;
      if (opened.ok) await builtIn.perform({ kind: 'close', leg: name });
      drop(leg);
      return taken;
    });
  };

  const drop = (leg: Leg): void => {
    leg.isGone = true;
    if (legs.get(leg.name) === leg) legs.delete(leg.name);
  };

  const close = async (leg: Leg): Promise<MediaAnswer> => {
    drop(leg);
    const concerned = pairs.forget(leg.name);
    // Behind what is under way for it, which could bring the call back to life.
    void inOrder(leg, () => Promise.resolve(discard(leg.anchor)));
    const closed = await builtIn.perform({ kind: 'close', leg: leg.name });
    await settle(concerned);
    return closed;
  };

  /** Something is to be done with a leg, after which it may be led elsewhere, unless an answer is awaited. */
  const handle = async (leg: Leg, work: () => Promise<MediaAnswer>, waitsMs?: number): Promise<MediaAnswer> => {
    const done = await inOrder(leg, async () => {
      const worked = await work();
      if (worked.ok && waitsMs !== undefined) leg.offeringUntil = timers.now() + waitsMs;
      return worked;
    });
    await settle(pairs.around(leg.name));
    return done;
  };

  const press = async (leg: Leg, order: LegOrder<'keys'>): Promise<MediaAnswer> => {
    release(new Set([leg.name]));
    leg.engineUntil = Math.max(leg.engineUntil, timers.now() + order.keys.length * KEY_MS + AFTER_KEYS_MS);
    return await settle(pairs.around(leg.name)) ? builtIn.perform(order) : NOT_LED;
  };

  /** Whoever talks by rtpengine alone comes to the engine first, so that all of it is heard. */
  const begin = async (order: Extract<MediaOrder, { kind: 'play' | 'record' }>): Promise<MediaAnswer> => {
    const done = await settle(release(pairs.note(order))) ? await builtIn.perform(order) : NOT_LED;
    if (!done.ok) await settle(pairs.over(order.kind, order.kind === 'play' ? order.play : order.record));
    return done;
  };

  /** The engine has it in force before anybody comes to it or leaves it: nobody hears for a moment what he must not. */
  const arrange = async (order: Extract<MediaOrder, { kind: 'arrange' | 'leave' }>): Promise<MediaAnswer> => {
    const concerned = release(pairs.note(order));
    const done = await builtIn.perform(order);
    const isLedThere = await settle(concerned);
    return done.ok && !isLedThere ? NOT_LED : done;
  };

  const ofLeg = async (order: Extract<MediaOrder, { readonly leg: string }>): Promise<MediaAnswer> => {
    if (order.kind === 'open') return open(order);
    const leg = legs.get(order.leg);
    if (leg === undefined) {
      const orphan = order.kind === 'close' ? standings.take(order.leg) : undefined;
      if (orphan === undefined) return refused('unknownLeg');
      return (await commands.remove(orphan.anchor.call)).ok ? OK : NOT_LED;
    }
    switch (order.kind) {
      case 'offer':
        return handle(leg, () => negotiating.offer(leg, order), OFFER_MS);
      case 'accept':
        return handle(leg, () => negotiating.accept(leg, order), 0);
      case 'answer':
        return handle(leg, () => negotiating.answer(leg, order), 0);
      case 'reopen':
        return handle(leg, () => negotiating.reopen(leg, order), order.sdp === undefined ? OFFER_MS : 0);
      case 'up':
        leg.isUp = true;
        return handle(leg, () => builtIn.perform(order));
      case 'close':
        return close(leg);
      case 'leave':
        return arrange(order);
      case 'keys':
        return press(leg, order);
      case 'rings':
        return builtIn.perform(order);
      case 'heard':
        // As of when it was looked after last.
        return isRelayed(leg) ? { ok: true, ms: leg.progress === undefined ? 0 : timers.now() - leg.progress.since } : builtIn.perform(order);
      default:
        return order satisfies never;
    }
  };

  const perform = (order: MediaOrder): Promise<MediaAnswer> => {
    if (hasStopped) return Promise.resolve(refused('failed', 'the media engine has stopped'));
    if ('leg' in order) return ofLeg(order);
    if (order.kind === 'arrange') return arrange(order);
    return order.kind === 'play' || order.kind === 'record' ? begin(order) : builtIn.perform(order);
  };

  builtIn.subscribe((report) => {
    switch (report.kind) {
      case 'key': {
        const leg = legs.get(report.leg);
        // It is told once, whichever way its sound goes.
        if (leg === undefined || !hearsKeys || !hasLoggedKeys(leg)) tell(report);
        return;
      }
      case 'lost': {
        const leg = legs.get(report.leg);
        if (leg === undefined) return;
        // Only what is led there can be heard there.
        if (report.why === 'silent' && isRelayed(leg)) leg.wasSilent = true;
        else lost(leg, report.why);
        return;
      }
      case 'found': {
        const leg = legs.get(report.leg);
        if (leg === undefined) return;
        leg.wasSilent = false;
        heard(leg);
        return;
      }
      case 'playEnded':
        tell(report);
        void settle(pairs.over('play', report.play));
        return;
      case 'recorded':
        tell(report);
        void settle(pairs.over('record', report.record));
        return;
      default:
        report satisfies never;
    }
  });

  keyLog?.onKey(({ call, from, key }) => {
    const leg = legs.get(names.read(call)?.leg ?? '');
    if (leg?.anchor.call === call && from === FAR && hearsKeys && hasLoggedKeys(leg)) tell({ kind: 'key', leg: leg.name, key });
  });

  const prove = async (): Promise<void> => {
    if (keyLog === undefined || timers.now() - provenAt < PROVE_EVERY_MS) return;
    provenAt = timers.now();
    const hears = await provesKeys({ commands, keyLog, call: names.proof, inside: interfaces?.inside, timers });
    if (hears === undefined) {
      provenAt = Number.NEGATIVE_INFINITY;
      return;
    }
    const isNews = hears !== hearsKeys || !hasProven;
    hasProven = true;
    if (!isNews) return;
    hearsKeys = hears;
    if (!hears) onFault('rtpengine does not tell of keys (its setting dtmf-log-dest): all sound goes through the built-in engine', {});
    await settle(legs.keys());
  };

  /** Those of whom the built-in engine says nothing. */
  const isWatched = (leg: Leg): boolean => isRelayed(leg) || leg.lost === 'silent' || (leg.wasSilent && leg.anchor.isBothWays());
  const isOrphan = (leg: Leg | Orphan): leg is Orphan => 'standing' in leg;
  const watch = createWatch<Leg | Orphan>({
    commands, timers, silentMs,
    legs: () => [...standings.orphans(), ...[...legs.values()].filter(isWatched)],
    lost: (leg, why) => {
      if (!isOrphan(leg)) lost(leg, why);
      // Nobody is there to be told, and whoever is still at the other end has hung up as well, or will.
      else if (standings.take(leg.name) !== undefined) void commands.remove(leg.anchor.call);
    },
    heard: (leg) => {
      if (isOrphan(leg)) return;
      if (!isRelayed(leg)) leg.wasSilent = false;
      heard(leg);
    },
    onStanding: (isThere) => {
      provenAt = Number.NEGATIVE_INFINITY;
      if (!isThere) onFault('rtpengine does not answer', {});
    },
  });

  const tidy = async (): Promise<void> => {
    for (const anchor of leftovers) if (!(await remove(anchor))) return;
  };

  const tick = async (): Promise<void> => {
    await watch();
    await standings.look();
    await tidy();
    await prove();
    await settle(legs.keys());
  };

  const again = (): void => {
    cancelWatch = timers.after(watchMs, () => {
      tick().catch((error: unknown) => { onFault('looking after rtpengine failed', { error }); }).finally(() => { if (!hasStopped) again(); });
    });
  };

  const looked = (async (): Promise<void> => {
    const isThere = await standings.look();
    if (!isThere) onFault('rtpengine does not answer', {});
    again();
    // Until it is proven the built-in engine hears the keys.
    if (isThere) void prove();
  })();

  return {
    perform,
    figures: builtIn.figures,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    standing: async () => {
      await looked;
      return standings.legs();
    },
    relayed: () => [...legs.values()].filter(isRelayed).length,
    stop: async () => {
      if (hasStopped) return;
      hasStopped = true;
      await looked;
      cancelWatch();
      await Promise.all([...[...legs.values()].map((leg) => inOrder(leg, () => leg.anchor.remove())), ...[...leftovers].map((anchor) => anchor.remove())]);
      await builtIn.stop();
      keyLog?.close();
      ng.close();
    },
  };
}
