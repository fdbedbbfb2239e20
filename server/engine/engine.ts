import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Agent } from '@parley/core/agent/agent.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Refused } from '@parley/core/centre/refused.ts';
import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import { createCentre, type Centre } from '@parley/core/centre/state.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import type { Database } from '../database/connect.ts';
import { createAlarm } from './alarm.ts';
import { createErasure, type Erasure } from './erasure.ts';
import { createEventJournal } from './event-journal.ts';
import type { OnFault } from './fault.ts';
import { createGroupCommit } from './group-commit.ts';
import { createHistory, type History } from './history.ts';
import { JournalAway } from './journal-away.ts';
import { Overloaded } from './lanes.ts';
import { createMailboxes, isFresh, isQuiet, type Mailbox } from './mailboxes.ts';
import { createOutage } from './outage.ts';
import { createPreparation } from './preparation.ts';
import { createRunner, NOBODY } from './runner.ts';
import type { Shard } from './shard.ts';
import { createSnapshotStore } from './snapshot-store.ts';
import { createSnapshotWriter } from './snapshot-writer.ts';
import type { Standing } from './take-over.ts';
import { createTellings } from './tellings.ts';
import type { VoicePort } from './voice.ts';
import { createVoiceDesk, type Dialled } from './voice-desk.ts';

/** What a command led to, once it is journaled. */
export interface Sent {
  readonly result: string | undefined;
  readonly refused: Refused | undefined;
}

/** Reads something from each event at the moment it happens, and hears of what was read once the event is journaled. */
export interface Projection<T> {
  readonly read: (event: Event, centre: Centre, at: number) => readonly T[];
  readonly deliver: (vdnId: number, items: readonly T[]) => void;
}

/** Runs the core: one mailbox a VDN. */
export interface Engine {
  /** Decides on the newest state; answers when what happened, and what the decision saw, is journaled. Fails as overloaded where that cannot be. */
  readonly send: (vdnId: number, command: Command) => Promise<Sent>;
  /** Looks at the newest state. What is looked at must not be kept: it changes in place. */
  readonly view: <T>(vdnId: number, look: (centre: Centre) => T) => Promise<T>;
  /** The same for what is alive alone, without its configuration: where nothing goes on, nothing is brought into memory for it. */
  readonly glance: <T>(vdnId: number, look: (centre: Centre) => T) => Promise<T>;
  readonly project: <T>(projection: Projection<T>) => void;
  /** Told at the start, before anything else happens, of the agents who were signed in and still are. They must not be kept. */
  readonly onRecovered: (listener: (vdnId: number, agents: readonly Agent[]) => void) => void;
  /** Does what is due by the clock; real time calls it by itself, tests after they moved the clock. */
  readonly tick: () => Promise<void>;
  /** Whether commands are taken now: it has started, and the journal can be written. */
  readonly isAnswering: () => boolean;
  /** Resolves when nothing is under way: no command, no commit, no order to the voice port. */
  readonly idle: () => Promise<void>;
  /** Reads the configuration of a VDN again, or that of one agent, before anything that is sent afterwards. */
  readonly configure: (vdnId: number, agent?: number) => void;
  readonly history: History;
  readonly erasure: Pick<Erasure, 'tables' | 'erase'>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EngineDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly voice: VoicePort;
  /** The whole configuration of a VDN as its rows say, or only these agents of it. */
  readonly configOf: (vdnId: number, agents?: readonly number[]) => Promise<ConfigChange>;
  readonly dialled: Dialled;
  readonly onFault: OnFault;
}

/** Nothing is read again at the next use of a contact centre that was used that lately. */
const EVICT_MS = 60_000;
/** So many events are read again in no time. */
const SNAPSHOT_WORTH = 200;
const AGAIN_MS = 500;
/** More agents than this are read with all the rest. */
const MAX_STALE_AGENTS = 200;
const LOADS_AT_ONCE = 8;

export function createEngine({ db, clock, voice, configOf, dialled, onFault }: EngineDependencies): Engine {
  const journal = createEventJournal(db);
  const snapshots = createSnapshotStore(db);
  const snapshotWriter = createSnapshotWriter({ store: snapshots, clock, onFault });
  const tellings = createTellings(onFault);
  const recoveryListeners: Parameters<Engine['onRecovered']>[0][] = [];
  let hasStarted = false;
  let hasStopped = false;

  const outage = createOutage(journal.probe, () => { void resume().catch((error: unknown) => { onFault('taking up work after an outage failed', { error }); }); });
  const alarm = createAlarm(clock, () => { void tick().catch((error: unknown) => { onFault('what was due could not be done', { error }); }); });

  const commits = createGroupCommit({
    journal,
    onJournaled: (shard, snapshot) => { if (snapshot !== undefined) void snapshotWriter.write(shard.vdnId, snapshot); },
    onLost: (shards, error, why) => {
      onFault('events could not be journaled; their contact centres are loaded again', { why, vdnIds: shards.map(({ vdnId }) => vdnId), error });
      for (const shard of shards) forsake(shard);
      if (why === 'failed') outage.begin();
    },
  });

  const desk = createVoiceDesk({
    port: voice, dialled, onFault,
    send: (vdnId, command) => send(vdnId, command),
    report: (vdnId, command) => {
      // Where nothing is in memory nothing is alive, and a report is late or about a leg of nobody's.
      if (hasStarted && boxes.find(vdnId) === undefined) hangUpUnknown(command, undefined);
      else {
        boxes.enter(vdnId, {
          isReport: true, failed: NOBODY.failed,
          act: (shard) => { runner.run(shard, command, { ...NOBODY, answered: () => { hangUpUnknown(command, shard.centre); } }); },
        });
      }
    },
  });

  /** A leg that rings or talks, and that nobody knows, would do so for ever. */
  const hangUpUnknown = (command: Command, centre: Centre | undefined): void => {
    if (command.kind !== 'legReported' || command.report.kind === 'ended') return;
    if (centre?.legs.has(command.report.leg) !== true) desk.drop(command.report.leg, CAUSE.internalError);
  };

  /** The state cannot be used any more; the next use, or the next ring, loads it again. */
  const forsake = (shard: Shard): void => {
    const box = boxes.find(shard.vdnId);
    if (box === undefined || (box.shard !== undefined && box.shard !== shard)) return;
    box.shard = undefined;
    box.former = shard;
    alarm.by(clock() + AGAIN_MS);
  };

  const runner = createRunner({
    clock, commits, tellings,
    perform: desk.perform,
    onNext: alarm.by,
    isPoisoned: (vdnId, key) => boxes.find(vdnId)?.poisoned.delete(key) ?? false,
    onSpoilt: (shard, command, error) => {
      onFault('a decision failed; its contact centre is loaded again', { vdnId: shard.vdnId, command: command.kind, error });
      if (command.kind === 'timer') boxes.find(shard.vdnId)?.poisoned.add(command.key);
      forsake(shard);
    },
    onJournaled: ({ vdnId, centre }) => { if (centre.toErase.size > 0) erasure.eraseEnded(vdnId); },
  });

  const preparation = createPreparation({ clock, journal, snapshots, tellings, commits, runner, desk, configOf, onFault });

  const boxes = createMailboxes({
    isClosed: () => hasStopped || outage.isOn(),
    uncommitted: commits.waiting,
    prepare: preparation.prepare,
    prepared: (box, shard) => {
      preparation.takeOver(box, shard);
      if (shard.centre.toErase.size > 0) erasure.eraseEnded(box.vdnId);
      alarm.by(clock() + EVICT_MS);
    },
    onFailed: ({ vdnId }, error) => {
      onFault('a contact centre could not be opened', { vdnId, error });
      // Where the database is away, nobody else need wait to find that out.
      if (error instanceof JournalAway) outage.begin();
      else alarm.by(clock() + AGAIN_MS);
    },
  });

  const send: Engine['send'] = (vdnId, command) => new Promise((resolve, reject) => {
    boxes.enter(vdnId, { failed: reject, act: (shard) => { runner.run(shard, command, { answered: resolve, failed: reject }); } });
  });

  const view: Engine['view'] = async (vdnId, look) => {
    const box = boxes.find(vdnId);
    // Also while the journal is away: what is in memory then is journaled.
    if (box?.shard !== undefined && box.opening === undefined && (isFresh(box) || outage.isOn())) {
      box.shard.lastUsed = clock();
      return look(box.shard.centre);
    }
    return new Promise((resolve, reject) => {
      boxes.enter(vdnId, {
        failed: reject,
        act: ({ centre }) => {
          try {
            resolve(look(centre));
          } catch (error) {
            reject(error instanceof Error ? error : new Error('looking at the state failed', { cause: error }));
          }
        },
      });
    });
  };

  const glance: Engine['glance'] = async (vdnId, look) => {
    const box = boxes.find(vdnId);
    if (box?.shard !== undefined && box.opening === undefined) return look(box.shard.centre);
    // From the start on, whatever is alive is in memory or on its way there.
    const isAlive = box !== undefined || (!hasStarted && await journal.isAlive(vdnId));
    return isAlive ? view(vdnId, look) : look(createCentre(vdnId));
  };

  const erasure = createErasure({ db, engine: { send, view, glance }, snapshotWriter, settled: commits.settled, headOf: (vdnId) => boxes.find(vdnId)?.shard?.head ?? 0, onFault });

  const openings = async (): Promise<void> => { await Promise.all([...boxes.all()].flatMap(({ opening }) => opening ?? [])); };

  /** Hangs up on the legs of nobody; not where somebody is missing whose they may be. */
  const dropStrays = (standing: Standing): void => {
    const all = [...boxes.all()];
    if (all.some(({ shard }) => shard === undefined)) return;
    desk.dropStrays(standing, (leg) => all.some(({ shard }) => shard?.centre.legs.has(leg) === true));
  };

  /** The journal is back: what was lost is loaded, what was reported meanwhile is taken in, and the legs are compared. */
  const resume = async (): Promise<void> => {
    let asked: Promise<Standing> | undefined;
    const asksFor = (): Promise<Standing> => {
      asked ??= desk.standing();
      return asked;
    };
    const opened = [...boxes.all()].map((box) => {
      if (box.shard === undefined || box.shard.centre.legs.size > 0) box.asksFor = asksFor;
      return boxes.open(box.vdnId);
    });
    await Promise.all(opened);
    dropStrays(await asksFor());
  };

  const writeSnapshot = async ({ vdnId, head, centre }: Shard): Promise<void> => snapshotWriter.write(vdnId, { seq: head, state: encodeCentre(centre) });

  const evict = async (box: Mailbox, shard: Shard): Promise<void> => {
    const { head, lastUsed } = shard;
    if (head - shard.snapshotAt >= SNAPSHOT_WORTH) {
      shard.snapshotAt = head;
      await writeSnapshot(shard);
    }
    if (box.shard === shard && isQuiet(box, commits.waiting) && shard.lastUsed === lastUsed) boxes.remove(box.vdnId);
  };

  const tick = async (): Promise<void> => {
    if (hasStopped || outage.isOn()) return;
    const now = clock();
    const evicted: Promise<void>[] = [];
    for (const box of boxes.all()) {
      const { shard } = box;
      if (box.isUnchecked) box.asksFor = desk.standing;
      box.isUnchecked = false;
      if (shard === undefined || box.asksFor !== undefined) void boxes.open(box.vdnId);
      else if ((nextTimer(shard.centre.timers)?.at ?? now + 1) <= now) boxes.enter(box.vdnId, { isReport: true, failed: NOBODY.failed, act: runner.due });
      else if (now - shard.lastUsed >= EVICT_MS && isQuiet(box, commits.waiting)) evicted.push(evict(box, shard));
    }
    await openings();
    await commits.settled();
    await Promise.all(evicted);
    for (const { shard } of boxes.all()) {
      const next = shard === undefined ? undefined : nextTimer(shard.centre.timers);
      alarm.by(Math.min(next?.at ?? Number.POSITIVE_INFINITY, clock() + EVICT_MS));
    }
  };

  const isBusy = (): boolean => !desk.isIdle() || [...boxes.all()].some(({ opening, shard }) => opening !== undefined || (shard !== undefined && commits.waiting(shard) > 0));
  const idle = async (): Promise<void> => {
    do {
      await openings();
      await commits.settled();
      await desk.idle();
      await erasure.idle();
      await snapshotWriter.idle();
      // What the voice port reports of what it was ordered comes in its own time.
      await nextTurn();
    } while (isBusy());
  };

  return {
    send, view, glance, tick, idle,
    project: (projection) => { tellings.add(projection as Projection<unknown>); },
    onRecovered: (listener) => { recoveryListeners.push(listener); },
    isAnswering: () => hasStarted && !hasStopped && !outage.isOn(),
    configure: (vdnId, agent) => {
      const box = boxes.find(vdnId);
      if (box === undefined) return;
      const stale = box.stale ?? new Set<number>();
      if (agent === undefined || stale === 'all' || stale.size >= MAX_STALE_AGENTS) box.stale = 'all';
      else box.stale = stale.add(agent);
    },
    history: createHistory(db, journal, snapshots),
    erasure,
    start: async () => {
      desk.start();
      const standing = await desk.standing();
      const alive = await journal.alive();
      const next = alive.values();
      await Promise.all(Array.from({ length: LOADS_AT_ONCE }, async () => {
        for (const vdnId of next) await boxes.open(vdnId);
      }));
      if (outage.isOn()) throw new Overloaded('the journal cannot be used');
      hasStarted = true;
      dropStrays(standing);
      await commits.settled();
      for (const vdnId of alive) {
        const agents = [...boxes.find(vdnId)?.shard?.centre.agents.values() ?? []];
        if (agents.length > 0) for (const listener of recoveryListeners) listener(vdnId, agents);
      }
    },
    stop: async () => {
      desk.stop();
      alarm.stop();
      hasStopped = true;
      outage.stop();
      await openings();
      await commits.settled();
      for (const { shard } of outage.isOn() ? [] : boxes.all()) {
        if (shard !== undefined && shard.head - shard.snapshotAt >= SNAPSHOT_WORTH) await writeSnapshot(shard);
      }
      await snapshotWriter.idle();
    },
  };
}
