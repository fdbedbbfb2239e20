import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Member, Order } from '@parley/core/voice/order.ts';
import type { Performed, VoicePort, VoiceReport } from '../engine/voice.ts';
import { describeVoicePort, runVoiceCase, voiceCases } from './voice-port-suite.ts';
import { createSimulatedWorld } from './voice-port/simulated.ts';

describeVoicePort('the simulator', createSimulatedWorld);

type Break = (port: VoicePort) => VoicePort;

const OK: Performed = { ok: true };

/** A port that carries out other orders than it was given, or none. */
const misorders = (change: (order: Order) => Order | undefined): Break => (port) => ({
  ...port,
  perform: (order) => {
    const changed = change(order);
    return changed === undefined ? Promise.resolve(OK) : port.perform(changed);
  },
});

const ignores = (...kinds: readonly Order['kind'][]): Break => misorders((order) => (kinds.includes(order.kind) ? undefined : order));

const seats = (change: (member: Member, room: string) => Member): Break =>
  misorders((order) => (order.kind === 'arrange' ? { ...order, members: order.members.map((member) => change(member, order.room)) } : order));

/** A port that tells something else than what happened. */
const misreports = (change: (report: VoiceReport) => readonly VoiceReport[]): Break => (port) => ({
  ...port,
  subscribe: (listener) => port.subscribe((report) => { for (const told of change(report)) listener(told); }),
});

const conceals = (...kinds: readonly VoiceReport['kind'][]): Break => misreports((report) => (kinds.includes(report.kind) ? [] : [report]));

const answers = (change: (performed: Performed, order: Order) => Performed): Break => (port) => ({
  ...port, perform: async (order) => change(await port.perform(order), order),
});

/** Ports with one fault each. A suite that lets one of them pass does not hold real telephony to that rule either. */
const BROKEN: Readonly<Record<string, Break>> = {
  'never tells that a leg rang': conceals('rang'),
  'never tells that a leg has ended': conceals('ended'),
  'tells twice that a leg has ended': misreports((report) => (report.kind === 'ended' ? [report, report] : [report])),
  'tells twice that a leg was answered': misreports((report) => (report.kind === 'answered' ? [report, report] : [report])),
  'tells of ringing after the end': misreports((report) => (report.kind === 'ended' ? [report, { kind: 'rang', leg: report.leg }] : [report])),
  'tells of the answer before the ringing': misreports((report) =>
    (report.kind === 'answered' ? [report, { kind: 'rang', leg: report.leg }] : report.kind === 'rang' ? [] : [report])),
  'tells of calls that come in that they were answered': misreports((report) =>
    (report.kind === 'incoming' ? [report, { kind: 'answered', leg: report.leg }] : [report])),
  'tells everybody of a normal end': misreports((report) => (report.kind === 'ended' ? [{ ...report, cause: 518 }] : [report])),
  'tells while it takes orders': (port) => {
    const listeners = new Set<(report: VoiceReport) => void>();
    return {
      ...port,
      subscribe: (listener) => {
        listeners.add(listener);
        return port.subscribe(listener);
      },
      perform: (order) => {
        if (order.kind === 'digits') for (const listener of listeners) listener({ kind: 'digits', leg: order.leg, digits: order.digits });
        return port.perform(order);
      },
    };
  },
  'does not answer': (port) => ({ ...port, perform: (order) => (order.kind === 'stopPlay' ? new Promise(() => undefined) : port.perform(order)) }),
  'throws': (port) => ({ ...port, perform: (order) => (order.kind === 'endFlow' ? Promise.reject(new Error('a bug')) : port.perform(order)) }),
  'tells of no leg that stands': (port) => ({ ...port, legs: () => Promise.resolve([]) }),
  'tells that ringing legs are up': (port) => ({ ...port, legs: async () => (await port.legs()).map(({ leg }) => ({ leg, state: 'up' })) }),
  'keeps telling who does not listen any more': (port) => ({
    ...port,
    subscribe: (listener) => {
      port.subscribe(listener);
      return () => undefined;
    },
  }),
  'dials again what was dialled': (port) => {
    let dials = 0;
    return { ...port, perform: (order) => port.perform(order.kind === 'dial' ? { ...order, leg: `${order.leg}-${++dials}` } : order) };
  },
  'lets phones ring for ever': misorders((order) => (order.kind === 'dial' ? { ...order, ringMs: 3_600_000 } : order)),
  'shows a wrong number': misorders((order) => (order.kind === 'dial' ? { ...order, from: '' } : order)),
  'gives up whom it should not': (port) => ({
    ...port,
    perform: async (order) => {
      const performed = await port.perform(order);
      if (order.kind === 'dial' && order.ringMs === 500) await port.perform({ kind: 'drop', leg: order.leg, cause: 603 });
      return performed;
    },
  }),
  'does not hang up': ignores('drop'),
  'hangs up with a cause of its own': misorders((order) => (order.kind === 'drop' ? { ...order, cause: 606 } : order)),
  'does not answer callers': ignores('answer'),
  'takes orders for legs that are not there': answers((performed) => (performed.ok || performed.why !== 'unknownLeg' ? performed : OK)),
  'takes orders for rooms that are not there': answers((performed) => (performed.ok || performed.why !== 'unknownRoom' ? performed : OK)),
  'plays what is not there': answers((performed, { kind }) => (kind === 'play' ? OK : performed)),
  'arranges nothing when one leg is unknown': (port) => ({
    ...port,
    perform: async (order) => {
      const standing = new Set((await port.legs()).map(({ leg }) => leg));
      return order.kind === 'arrange' && order.members.some(({ leg }) => !standing.has(leg)) ? { ok: false, why: 'unknownLeg' } : port.perform(order);
    },
  }),
  'lets the muted be heard': seats((member) => (member.to === 'none' ? { ...member, to: 'all' } : member)),
  'lets whispers be heard by all': seats((member) => ({ ...member, to: member.to === 'none' ? 'none' : 'all' })),
  'lets nobody be whispered to': seats((member) => ({ ...member, to: member.to === 'all' ? 'all' : 'none' })),
  'lets all hear': seats((member) => ({ ...member, hears: true })),
  'plays no music': seats((member) => ({ ...member, music: false })),
  'lets all be equally loud': seats((member) => ({ ...member, gain: 1 })),
  'never empties a room': misorders((order) => (order.kind === 'arrange' && order.members.length === 0 ? undefined : order)),
  'keeps whoever was in a room': (port) => {
    const rooms = new Map<string, readonly Member[]>();
    return {
      ...port,
      perform: (order) => {
        if (order.kind !== 'arrange') return port.perform(order);
        const stayed = (rooms.get(order.room) ?? []).filter((one) => !order.members.some(({ leg }) => leg === one.leg));
        rooms.set(order.room, [...order.members, ...stayed]);
        return port.perform({ ...order, members: [...order.members, ...stayed] });
      },
    };
  },
  'has one room for all': misorders((order) => (order.kind === 'arrange' ? { ...order, room: 'all' } : order)),
  'does not pick up': ignores('pickUp'),
  'takes any phone for one that can be picked up': (port) => ({ ...port, canPickUp: () => Promise.resolve(true) }),
  'takes no phone for one that can be picked up': (port) => ({ ...port, canPickUp: () => Promise.resolve(false) }),
  'says that it picks up what it cannot': answers((performed, { kind }) => (kind === 'pickUp' && !performed.ok && performed.why === 'unsupported' ? OK : performed)),
  'shows nobody': seats((member) => ({ ...member, picture: false })),
  'shows everybody': seats((member) => ({ ...member, picture: true })),
  'tells of no picture': conceals('picture'),
  'tells of pictures that are not there': misreports((report) => [report.kind === 'picture' ? { ...report, on: true } : report]),
  'tells twice of a picture': misreports((report) => (report.kind === 'picture' ? [report, report] : [report])),
  'shows who waits': seats((member) => (member.picture === true ? { ...member, music: false } : member)),
  'sends no keys': ignores('digits'),
  'sends keys in the wrong order': misorders((order) => (order.kind === 'digits' ? { ...order, digits: order.digits.split('').toReversed().join('') } : order)),
  'hears no keys': conceals('digits'),
  'gathers without a limit': misorders((order) => (order.kind === 'collect' ? { ...order, max: 99 } : order)),
  'gathers without a terminator': misorders((order) => {
    if (order.kind !== 'collect') return order;
    const { terminator: _, ...rest } = order;
    return rest;
  }),
  'gathers for too long before the first key': misorders((order) => (order.kind === 'collect' ? { ...order, firstMs: 60_000 } : order)),
  'gathers for too long after a key': misorders((order) => (order.kind === 'collect' ? { ...order, betweenMs: 60_000 } : order)),
  'reports keys that it gathers': misreports((report) => (report.kind === 'collected' ? [{ kind: 'digits', leg: report.leg, digits: report.digits }, report] : [report])),
  'plays to nobody': ignores('play'),
  'does not stop playing': ignores('stopPlay'),
  'does not pause what it plays': ignores('pausePlay'),
  'does not go on with what it has paused': ignores('resumePlay'),
  'stops what it should pause': misorders((order) => (order.kind === 'pausePlay' ? { kind: 'stopPlay', play: order.play } : order)),
  'stays where it is in a file': ignores('seekPlay'),
  'counts every place in a file from its start': misorders((order) => (order.kind === 'seekPlay' ? { ...order, from: 'start' } : order)),
  'counts every place in a file from where it is': misorders((order) => (order.kind === 'seekPlay' ? { ...order, from: 'here' } : order)),
  'plays every file from its start': misorders((order) => (order.kind === 'play' ? { ...order, fromMs: 0 } : order)),
  'plays every file once': misorders((order) => (order.kind === 'play' ? { ...order, repeats: false } : order)),
  'plays every file for ever': misorders((order) => (order.kind === 'play' ? { ...order, repeats: true } : order)),
  'plays all files equally loud': misorders((order) => (order.kind === 'play' ? { ...order, gain: 1 } : order)),
  'never tells that a play is over': conceals('playEnded'),
  'tells that every play came to its end': misreports((report) => (report.kind === 'playEnded' ? [{ ...report, why: 'end' }] : [report])),
  'enters no flow': ignores('flow'),
  'does not end flows': ignores('endFlow'),
  'tells one outcome of all flows': misreports((report) => (report.kind === 'flowEnded' ? [{ ...report, outcome: { kind: 'hangUp' } }] : [report])),
  'records nothing': ignores('record'),
  'does not stop recording': ignores('stopRecord'),
  'does not pause recordings': ignores('pauseRecord'),
  'does not go on with recordings that it has paused': ignores('resumeRecord'),
  'overwrites what it should go on with': misorders((order) => (order.kind === 'record' ? { ...order, append: false } : order)),
  'goes on with what it should overwrite': misorders((order) => (order.kind === 'record' ? { ...order, append: true } : order)),
  'records all on one channel': misorders((order) => {
    if (order.kind !== 'record') return order;
    const { apart: _, ...rest } = order;
    return rest;
  }),
  'tells no length of recordings': misreports((report) => (report.kind === 'recorded' ? [{ ...report, ms: 0 }] : [report])),
};

describe('the suite of the voice port', () => {
  for (const [fault, breakPort] of Object.entries(BROKEN)) {
    test(`finds out a port that ${fault}`, async () => {
      const brokenWorld = async () => {
        const world = await createSimulatedWorld();
        return { ...world, port: breakPort(world.port) };
      };
      const outcomes = await Promise.allSettled(voiceCases.map((voiceCase) => runVoiceCase(voiceCase, brokenWorld)));
      assert.ok(outcomes.some(({ status }) => status === 'rejected'), 'every case passed');
    });
  }
});
