import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { sql } from 'kysely';
import { aProfile, FIRST_CONFIG } from '@parley/core/centre/centre.fixture.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { Database } from '../database/connect.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Performed, VoicePort, VoiceReport } from './voice.ts';

/** A voice port that keeps what it was ordered and tells only what a test makes it tell. */
export interface FakeVoice extends VoicePort {
  readonly orders: Order[];
  readonly standing: Map<VoiceLeg, 'ringing' | 'up'>;
  readonly tell: (report: VoiceReport) => void;
  /** Phones are answered at once, and legs end when told; so from the start. */
  obeys: boolean;
  /** What an order is answered instead, if anything. */
  answer: (order: Order) => Performed | Promise<Performed> | undefined;
}

export function createFakeVoice(): FakeVoice {
  const listeners = new Set<(report: VoiceReport) => void>();
  const orders: Order[] = [];
  const standing = new Map<VoiceLeg, 'ringing' | 'up'>();
  const voice: FakeVoice = {
    orders, standing, obeys: true,
    answer: () => undefined,
    tell: (report) => {
      if (report.kind === 'incoming') standing.set(report.leg, 'ringing');
      if (report.kind === 'answered') standing.set(report.leg, 'up');
      if (report.kind === 'ended') standing.delete(report.leg);
      for (const listener of listeners) listener(report);
    },
    perform: async (order) => {
      orders.push(order);
      const instead = voice.answer(order);
      if (instead !== undefined) return instead;
      if (order.kind === 'dial') {
        standing.set(order.leg, 'ringing');
        if (voice.obeys) queueMicrotask(() => { voice.tell({ kind: 'answered', leg: order.leg }); });
      } else if (order.kind === 'answer') standing.set(order.leg, 'up');
      else if (order.kind === 'drop') {
        if (!standing.has(order.leg)) return { ok: false, why: 'unknownLeg' };
        if (voice.obeys) queueMicrotask(() => { voice.tell({ kind: 'ended', leg: order.leg, cause: order.cause }); });
      }
      return { ok: true };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    legs: () => Promise.resolve([...standing].map(([leg, state]) => ({ leg, state }))),
    canPickUp: () => Promise.resolve(false),
    canAskImage: () => Promise.resolve(false),
  };
  return voice;
}

/** The way to a database, which can be cut and mended: what was sent already may be carried out all the same. */
export interface Gate {
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => Promise<void>;
}

export async function createGate(databaseUrl: string): Promise<Gate> {
  const target = new URL(databaseUrl);
  // A database of this machine is reached by its socket, whose folder stands in `host`.
  const host = target.searchParams.get('host') ?? target.hostname;
  const port = target.searchParams.get('port') ?? (target.port === '' ? '5432' : target.port);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => { other.destroy(); });
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: gatePort } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  url.hostname = '127.0.0.1';
  url.port = String(gatePort);
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: async () => {
      server.listen(gatePort, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

/** Holds up every commit of a VDN until it is let go. */
export async function holdCommits(db: Database, vdnId = 1): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = db.transaction().execute(async (tx) => {
    await tx.selectFrom('centre').select('vdn_id').where('vdn_id', '=', vdnId).forUpdate().executeTakeFirst();
    held.resolve();
    await release.promise;
  });
  await held.promise;
  return async () => {
    release.resolve();
    await holding;
  };
}

/** Events of a VDN that are journaled, and in how many commits. */
export async function journaledOf(db: Database, vdnId = 1): Promise<{ readonly types: readonly string[]; readonly commits: number }> {
  const rows = await db.selectFrom('centre_event').select(['type', sql<string>`xmin::text`.as('commit')]).where('vdn_id', '=', vdnId).orderBy('seq').execute();
  return { types: rows.map(({ type }) => type), commits: new Set(rows.map(({ commit }) => commit)).size };
}

export interface Bench {
  readonly engine: Engine;
  readonly voice: FakeVoice;
  /** What the projections were told, in order. */
  readonly told: { readonly vdnId: number; readonly event: Event }[];
  readonly faults: string[];
  readonly send: (command: Command, vdnId?: number) => ReturnType<Engine['send']>;
  readonly signIn: (agent: number, vdnId?: number) => ReturnType<Engine['send']>;
  readonly busy: (agent: number, vdnId?: number) => ReturnType<Engine['send']>;
  readonly free: (agent: number, vdnId?: number) => ReturnType<Engine['send']>;
  readonly stateOf: (agent: number, vdnId?: number) => Promise<string | undefined>;
  readonly advance: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** Somebody calls in to the queue 1 of the VDN; answers the leg. */
  readonly callIn: (caller?: string, vdnId?: number) => VoiceLeg;
  config: ConfigChange;
  /** Why the configuration cannot be read, if so. */
  fails: Error | undefined;
}

export interface BenchOptions {
  readonly db: Database;
  readonly voice?: FakeVoice;
  readonly at?: number;
}

export const START = Date.UTC(2026, 0, 5, 9, 0, 0);

/** An engine on a real database with a clock that stands until it is moved; the number dialled is that of the VDN. */
export function createBench({ db, voice = createFakeVoice(), at = START }: BenchOptions): Bench {
  let now = at;
  let incoming = 0;
  const told: Bench['told'] = [];
  const faults: string[] = [];
  const bench: Bench = {
    engine: createEngine({
      db, voice, clock: () => now,
      configOf: (_vdnId, agents) => (bench.fails === undefined ? Promise.resolve(agents === undefined ? bench.config : { agents: (bench.config.agents ?? []).filter(({ id }) => agents.includes(id)) }) : Promise.reject(bench.fails)),
      dialled: (called) => Promise.resolve(called === 'nobody' ? undefined : { vdnId: Number(called), to: { kind: 'queue', queue: 1 } }),
      onFault: (message, details) => {
        faults.push(message);
        if (process.env['PARLEY_TEST_LOG'] !== undefined) console.error(message, details);
      },
    }),
    voice, told, faults,
    config: FIRST_CONFIG,
    fails: undefined,
    now: () => now,
    send: (command, vdnId = 1) => bench.engine.send(vdnId, command),
    signIn: (agent, vdnId = 1) => bench.send({ kind: 'signIn', agent, profile: aProfile(agent), state: 'idle', force: false }, vdnId),
    busy: (agent, vdnId = 1) => bench.send({ kind: 'askState', agent, request: 'sayBusy' }, vdnId),
    free: (agent, vdnId = 1) => bench.send({ kind: 'askState', agent, request: 'sayFree' }, vdnId),
    stateOf: (agent, vdnId = 1) => bench.engine.view(vdnId, ({ agents }) => agents.get(agent)?.state),
    advance: async (ms) => {
      now += ms;
      await bench.engine.tick();
    },
    callIn: (caller = '13800000001', vdnId = 1) => {
      incoming += 1;
      const leg = `in-${vdnId}-${incoming}@carrier`;
      voice.tell({ kind: 'incoming', leg, caller, called: String(vdnId) });
      return leg;
    },
  };
  bench.engine.project<Event>({
    read: (event) => [event],
    deliver: (vdnId, events) => { for (const event of events) told.push({ vdnId, event }); },
  });
  return bench;
}
