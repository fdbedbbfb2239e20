import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import { DEADLINE_MS, type FlowOutcome, type Performed, type VoicePort, type VoiceReport } from '@parley/server/engine/voice.ts';
import { createBoard, type Board, type SimulatedLeg } from './board.ts';
import { createImages, type Images } from './images.ts';
import { createKeys } from './keys.ts';
import { answersAfter, createParties, type CallIn, type Customer, type Phone, type Script } from './parties.ts';
import { createPictures } from './pictures.ts';
import { createRooms, type Heard } from './rooms.ts';
import { realSchedule, type Schedule } from './schedule.ts';
import { createSounds, MUSIC, type Channels } from './sounds.ts';

/** What can go wrong with a switch. */
export interface Faults {
  /** The switch restarts: no leg stands any more, and no report tells. */
  readonly loseLegs: () => void;
  /** Orders of this kind are not carried out any more, and only their deadline answers them. */
  readonly stall: (kind: Order['kind']) => void;
  /** Reports of this kind get lost from now on, or all reports. */
  readonly dropReports: (kind?: VoiceReport['kind']) => void;
  /** Orders and reports go through again. */
  readonly heal: () => void;
}

/** A switch in memory: its phones, numbers outside and customers are scripted parties. */
export interface SimulatedVoice extends VoicePort {
  /** The time that its parties live by. */
  readonly schedule: Schedule;
  /** The phone or the number outside of that number. Without a script of its own it does as all others. */
  readonly phone: (number: string) => Phone;
  readonly callIn: (call: CallIn) => Customer;
  /** What an IVR flow leads to, and after how long. An order of a flow that has no script is refused. */
  readonly flow: (code: string, outcome: FlowOutcome, afterMs?: number) => void;
  /** How long a file lasts, or that there is no such file. Files that nothing is said of last FILE_MS. */
  readonly file: (name: string, ms: number | 'missing') => void;
  /** Who gets the pictures that customers' pages bring (6.1.5.5). */
  readonly onImage: Images['onImage'];
  readonly heardBy: (leg: VoiceLeg) => readonly string[];
  /** What is on a recording. */
  readonly recorded: (file: string) => Channels | undefined;
  readonly faults: Faults;
}

export interface SimulatedVoiceOptions {
  readonly schedule?: Schedule;
  /** What a number does that has no script of its own. */
  readonly outside?: Script;
}

export const FILE_MS = 3000;

const OK: Performed = { ok: true };
const UNKNOWN_LEG: Performed = { ok: false, why: 'unknownLeg' };
const UNKNOWN_ROOM: Performed = { ok: false, why: 'unknownRoom' };
const failed = (message: string): Performed => ({ ok: false, why: 'failed', message });

export function createSimulatedVoice({ schedule = realSchedule(), outside = answersAfter(0) }: SimulatedVoiceOptions = {}): SimulatedVoice {
  const stalled = new Set<Order['kind']>();
  const lost = new Set<VoiceReport['kind'] | undefined>();
  const flowScripts = new Map<string, { readonly outcome: FlowOutcome; readonly afterMs: number }>();
  const flows = new Map<VoiceLeg, { readonly flow: string; readonly waits: boolean; readonly callOff: () => void }>();
  const files = new Map<string, number | 'missing'>();

  const board: Board = createBoard({
    schedule,
    isLost: ({ kind }) => lost.has(kind) || lost.has(undefined),
    connected: ({ id }) => { notice(rooms.roomOf(id)); },
    ending: ({ id }) => {
      flows.delete(id);
      keys.legEnded(id);
      sounds.legEnded(id);
      leaveRoom(id);
    },
  });
  const rooms = createRooms(board.isUp);
  const sounds = createSounds(board, rooms);
  const keys = createKeys(board);
  const pictures = createPictures(board, rooms);
  const images = createImages(board);

  const heard = ({ id }: SimulatedLeg): readonly Heard[] => {
    if (!board.isUp(id)) return [];
    const own = sounds.filesFor(id);
    const flow = flows.get(id);
    if (flow !== undefined) return [{ sound: `flow:${flow.flow}`, loudness: 1 }, ...own];
    const member = rooms.memberOf(id);
    if (member?.music === true) return sounds.isPlayedTo(id) ? own : [{ sound: MUSIC, loudness: 1 }];
    return member?.hears === true ? [...rooms.voicesFor(id), ...sounds.filesIn(rooms.roomOf(id) ?? ''), ...own] : own;
  };

  const parties = createParties({ board, keys, heard, pictures, outside });

  /** Whoever hears a person now has been attended to; recordings listen as well. */
  function notice(room: string | undefined): void {
    if (room === undefined) return;
    sounds.changed(room);
    for (const id of rooms.legsIn(room)) {
      const leg = board.legs.get(id);
      if (leg?.state !== 'up') continue;
      const member = rooms.memberOf(id);
      if (member?.hears === true && !member.music && rooms.voicesFor(id).length > 0) leg.attended.resolve(true);
    }
  }

  function leaveRoom(leg: VoiceLeg): void {
    const emptied = rooms.leave(leg);
    if (emptied !== undefined) sounds.roomEmptied(emptied);
  }

  function endFlow(leg: VoiceLeg): void {
    flows.get(leg)?.callOff();
    flows.delete(leg);
  }

  function enterFlow(leg: SimulatedLeg, flow: string, waits: boolean): Performed {
    const script = flowScripts.get(flow);
    if (script === undefined) return failed(`there is no flow ${flow}`);
    if (flows.get(leg.id)?.flow === flow && flows.get(leg.id)?.waits === waits) return OK;
    endFlow(leg.id);
    if (!waits) leaveRoom(leg.id);
    const callOff = board.later(leg, script.afterMs, () => {
      flows.delete(leg.id);
      board.post({ kind: 'flowEnded', leg: leg.id, outcome: script.outcome, ...(waits ? { waits } : {}) });
    });
    flows.set(leg.id, { flow, waits, callOff });
    return OK;
  }

  function arrange({ room, members }: Extract<Order, { kind: 'arrange' }>): Performed {
    const known = members.filter(({ leg }) => board.legs.has(leg));
    for (const emptied of rooms.arrange(room, known)) sounds.roomEmptied(emptied);
    notice(room);
    pictures.arranged(known);
    return known.length === members.length ? OK : UNKNOWN_LEG;
  }

  function play(order: Extract<Order, { kind: 'play' }>): Performed {
    if ('leg' in order.to && !board.legs.has(order.to.leg)) return UNKNOWN_LEG;
    if ('room' in order.to && !rooms.has(order.to.room)) return UNKNOWN_ROOM;
    const ms = files.get(order.file) ?? FILE_MS;
    if (ms === 'missing') return failed(`there is no file ${order.file}`);
    sounds.play(order, ms);
    return OK;
  }

  function dial({ leg, to, from, ringMs }: Extract<Order, { kind: 'dial' }>): Performed {
    if (!board.wasDialled(leg)) parties.ring(board.begin({ id: leg, direction: 'out', number: to.number, shown: from, hasCamera: parties.canBeSeen(to.number) }), ringMs);
    return OK;
  }

  /** Orders of a leg that stands. */
  function handle(leg: SimulatedLeg, order: Exclude<Extract<Order, { leg: VoiceLeg }>, { kind: 'dial' }>): Performed {
    switch (order.kind) {
      case 'answer':
        if (leg.direction === 'out') return failed('it was we who dialled');
        board.connect(leg);
        return OK;
      case 'drop':
        board.end(leg, order.cause);
        return OK;
      case 'pickUp':
        if (leg.direction === 'in' || (leg.state !== 'up' && !parties.canPickUp(leg.number))) return { ok: false, why: 'unsupported' };
        board.connect(leg);
        return OK;
      case 'askImage':
        return images.ask(leg, order.image);
      case 'digits':
        leg.sent += order.digits;
        return OK;
      case 'flow':
        return enterFlow(leg, order.flow, order.waits === true);
      case 'endFlow':
        endFlow(leg.id);
        return OK;
      case 'collect':
        keys.collect(leg, order);
        return OK;
      default:
        return order satisfies never;
    }
  }

  function carryOut(order: Order): Performed {
    if ('leg' in order) {
      if (order.kind === 'dial') return dial(order);
      const leg = board.legs.get(order.leg);
      return leg === undefined ? UNKNOWN_LEG : handle(leg, order);
    }
    switch (order.kind) {
      case 'arrange':
        return arrange(order);
      case 'play':
        return play(order);
      case 'stopPlay':
        sounds.stopPlay(order.play);
        return OK;
      case 'pausePlay':
      case 'resumePlay':
        sounds.pausePlay(order.play, order.kind === 'pausePlay');
        return OK;
      case 'seekPlay':
        sounds.seekPlay(order);
        return OK;
      case 'record':
        if (!rooms.has(order.room)) return UNKNOWN_ROOM;
        sounds.record(order);
        return OK;
      case 'pauseRecord':
      case 'resumeRecord':
        sounds.pauseRecord(order.record, order.kind === 'pauseRecord');
        return OK;
      case 'stopRecord':
        sounds.stopRecord(order.record);
        return OK;
      default:
        return order satisfies never;
    }
  }

  return {
    schedule,
    perform: (order) => {
      if (!stalled.has(order.kind)) return Promise.resolve(carryOut(order));
      return new Promise((resolve) => { schedule.after(DEADLINE_MS, () => { resolve({ ok: false, why: 'deadline' }); }); });
    },
    subscribe: board.subscribe,
    legs: () => Promise.resolve([...board.legs.values()].map(({ id, state }) => ({ leg: id, state: state === 'up' ? 'up' : 'ringing' }))),
    canAskImage: (leg) => Promise.resolve(images.canAsk(board.legs.get(leg))),
    onImage: images.onImage,
    canPickUp: (number) => Promise.resolve(parties.canPickUp(number)),
    phone: parties.phone,
    callIn: parties.callIn,
    flow: (code, outcome, afterMs = 0) => { flowScripts.set(code, { outcome, afterMs }); },
    file: (name, ms) => { files.set(name, ms); },
    heardBy: (id) => {
      const leg = board.legs.get(id);
      return leg === undefined ? [] : heard(leg).map(({ sound }) => sound);
    },
    recorded: sounds.recorded,
    faults: {
      loseLegs: () => {
        for (const id of board.legs.keys()) rooms.leave(id);
        board.forget();
        flows.clear();
        keys.forget();
        sounds.forget();
      },
      stall: (kind) => { stalled.add(kind); },
      dropReports: (kind) => { lost.add(kind); },
      heal: () => {
        stalled.clear();
        lost.clear();
      },
    },
  };
}
