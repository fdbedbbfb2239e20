import type { Agent } from '../agent/agent.ts';
import { REQUESTS, type StateRequest } from '../agent/requests.ts';
import { customersOf } from '../call/call.ts';
import type { Destination } from '../call/arrive.ts';
import { conferenceAsked } from '../conference/commands.fixture.ts';
import { aProfile, aQueue, aSkill, EVERY_BIT, type Rig } from './centre.fixture.ts';
import type { Command } from './command.ts';
import type { ConfigChange } from './config.ts';

/** Makes the choices of a happening: the same chance makes the same choice of the same state. */
export interface Chance {
  /** One of these; undefined where there are none. */
  readonly of: <T>(values: Iterable<T>) => T | undefined;
  readonly flag: () => boolean;
}

/** The choices that the numbers make, one after the other. */
export function chanceOf(numbers: readonly number[]): Chance {
  let next = 0;
  const draw = (): number => numbers[next++ % numbers.length] ?? 0;
  return {
    of: (values) => { const all = [...values]; return all[draw() % Math.max(1, all.length)]; },
    flag: () => draw() % 2 === 0,
  };
}

export interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}

/** Something that may happen next; nothing where the state has no occasion for it. Not all of it makes sense: to be refused is part of it. */
type Happening = (rig: Rig, chance: Chance) => Command | Pause | undefined;

export const AGENTS = [101, 102, 103, 104, 105];
const CHATS = 4;
const NUMBERS = ['40040', '40041', '101', '102', '103', '*'];
const release = { kind: 'release' } as const;

/** Few agents and short queues, so that everything meets: 1 and 2 divert to each other's kind, 3 keeps its callers for ever, 4 is for sessions. */
export const BUSY_CONFIG: ConfigChange = {
  queues: [
    aQueue(1, { maxWaiting: 2, maxWaitMs: 20_000, treatment: { noAgents: { kind: 'flow', flowId: 7 }, busy: { kind: 'queue', queueId: 2 }, timeOut: { kind: 'queue', queueId: 3 } } }),
    aQueue(2, { maxWaitMs: 40_000, maxWrapUpMs: 0, treatment: { noAgents: release, busy: release, timeOut: { kind: 'flow', flowId: 8 } } }),
    aQueue(3, { maxWaitMs: 0, maxWaiting: 3, treatment: { noAgents: release, busy: release, timeOut: release, waiting: { kind: 'flow', flowId: 9 } } }),
    aQueue(CHATS, { media: 53, maxWaitMs: 30_000 }),
  ],
  recording: { automatic: true, byAgents: true, toFiles: true, ccId: 1, timeZone: 'Asia/Kolkata' },
  roles: [{ id: 2, bits: EVERY_BIT.filter((bit) => bit !== 13 && bit !== 17) }, { id: 3, bits: EVERY_BIT }],
  agents: AGENTS.map((id) => ({
    id, roleId: id === 105 ? 3 : 2, type: 99, group: id % 2, skills: [aSkill(1, id % 3), aSkill(2), ...(id > 103 ? [aSkill(3)] : []), aSkill(CHATS)],
  })),
};

const callOf = ({ centre }: Rig, chance: Chance): string => chance.of([...centre.calls.keys(), '1-1']) ?? '1-1';
const targetOf = (chance: Chance): number => chance.of(AGENTS) ?? 101;

/** A command of somebody who is signed in, most of the time of one whom it suits. */
const by = (make: (agent: Agent, chance: Chance, rig: Rig) => Command | undefined, suits: (agent: Agent, rig: Rig) => boolean = () => true): Happening => (rig, chance) => {
  const agents = [...rig.centre.agents.values()];
  const suited = chance.flag() || chance.flag() ? agents.filter((one) => suits(one, rig)) : [];
  const agent = chance.of(suited.length > 0 ? suited : agents);
  return agent === undefined ? undefined : make(agent, chance, rig);
};

const talks = ({ state, call }: Agent): boolean => state === 'talking' && call !== undefined;
const has = ({ call }: Agent): boolean => call !== undefined;
const holds = ({ held }: Agent): boolean => held.length > 0;
const isFree = ({ state, call }: Agent): boolean => call === undefined && state !== 'rest';
const isRung = ({ state }: Agent): boolean => state === 'ringing' || state === 'occupied';

const ownCall = ({ call, held, chats }: Agent, chance: Chance): string => chance.of([...held, ...chats, ...(call === undefined ? [] : [call])]) ?? '1-1';

const destination = (chance: Chance): Destination => chance.of<Destination>([
  { kind: 'queue', queue: 1 }, { kind: 'queue', queue: 2 }, { kind: 'queue', queue: 3 }, { kind: 'queue', queue: 1 }, { kind: 'flow', flow: '7' }, { kind: 'flow', flow: '7' }, { kind: 'nowhere' },
]) ?? { kind: 'nowhere' };

let arrivals = 0;

/** By name, so that others add theirs; `OFTEN` and `SELDOM` say what happens more than the others and less. */
export const HAPPENINGS: Readonly<Record<string, Happening>> = {
  signIn: ({ centre }, chance) => {
    const away = AGENTS.filter((id) => !centre.agents.has(id));
    const agent = chance.of(away.length > 0 && chance.flag() ? away : AGENTS) ?? 101;
    const profile = aProfile(agent, {
      session: `${agent}-${chance.flag()}`, autoAnswer: chance.flag(), autoEnterIdle: chance.flag(), releasePhone: chance.flag(), phoneLinkage: chance.flag(), type: chance.flag() ? 11 : 4,
      // Mobile, without chats, without a phone: all of it now and then.
      ...chance.of([{}, {}, {}, {}, { mobile: true, phone: '13700000000' }, { webm: false, ctiOnly: true, phone: '' }]),
    });
    return { kind: 'signIn', agent, profile, state: chance.of(['idle', 'idle', 'busy', 'wrapUp'] as const) ?? 'idle', force: chance.flag() && chance.flag() };
  },
  arrive: (_rig, chance) => {
    arrivals += 1;
    return { kind: 'arrive', leg: `in-${arrivals}`, caller: '1380', called: '12345', to: destination(chance) };
  },
  legRings: ({ centre }, chance) => report('rang', chance.of([...centre.legs.keys(), 'gone'])),
  legAnswers: ({ centre }, chance) => {
    const isLate = chance.of([0, 1, 2, 3, 4, 5]) === 5;
    return report('answered', chance.of([...centre.legs.values()].filter(({ state }) => isLate || state === 'dialling' || state === 'ringing'))?.id);
  },
  legEnds: ({ centre }, chance) => {
    const leg = chance.of([...centre.legs.keys(), 'gone']);
    return leg === undefined ? undefined : { kind: 'legReported', report: { kind: 'ended', leg, cause: chance.of([531, 537, 603, 604]) ?? 531 } };
  },
  droppedLegEnds: ({ centre }, chance) => {
    const leg = chance.of([...centre.legs.values()].filter(({ state }) => state === 'dropping'));
    return leg === undefined ? undefined : { kind: 'legReported', report: { kind: 'ended', leg: leg.id, cause: 531 } };
  },
  pause: (_rig, chance) => ({ kind: 'pause', ms: chance.of([10, 100, 1000, 6000, 12_000, 31_000]) ?? 100 }),
  answer: by((agent, chance) => ({ kind: 'answer', agent: agent.id, ...(chance.flag() ? {} : { call: chance.of([...agent.chatOffers, agent.call ?? '1-1']) ?? '1-1' }) }), isRung),
  askState: by((agent, chance) => ({
    kind: 'askState', agent: agent.id, ms: 15_000, prolong: chance.flag(),
    request: chance.of(['sayFree', 'sayFree', 'cancelRest', 'cancelRest', ...Object.keys(REQUESTS) as StateRequest[]] as const) ?? 'sayFree',
  }), ({ state }) => state === 'busy' || state === 'rest' || state === 'wrapUp'),
  release: by((agent) => ({ kind: 'release', agent: agent.id }), has),
  dialOut: by((agent, chance) => ({ kind: 'dialOut', agent: agent.id, called: chance.of(NUMBERS) ?? '40040', caller: '', ...(chance.flag() ? { queue: 1 } : {}) }), isFree),
  callInner: by((agent, chance) => ({ kind: 'callInner', agent: agent.id, called: String(targetOf(chance)), caller: '' }), isFree),
  hold: by((agent) => ({ kind: 'hold', agent: agent.id }), talks),
  retrieve: by((agent, chance) => ({ kind: 'retrieve', agent: agent.id, call: ownCall(agent, chance) }), holds),
  mute: by((agent, chance) => ({ kind: 'mute', agent: agent.id, on: chance.flag() }), talks),
  reject: by((agent, chance) => ({ kind: 'reject', agent: agent.id, mode: chance.flag() ? 1 : 2 }), isRung),
  signOut: by((agent, chance) => ({ kind: 'signOut', agent: agent.id, force: chance.flag() })),
  requestCall: by((agent, chance, rig) => {
    const call = callOf(rig, chance);
    return { kind: 'requestCall', agent: agent.id, call, queue: chance.of([...rig.centre.calls.get(call)?.waitingIn ?? [], 1]) ?? 1 };
  }, isFree),
  snatchPickup: by((agent, chance, { centre }) => ({
    kind: 'snatchPickup', agent: agent.id, target: chance.of([...centre.agents.values()].filter(isRung))?.id ?? targetOf(chance),
  }), ({ state }) => state === 'idle'),
  dropCall: by((agent, chance) => ({ kind: 'dropCall', agent: agent.id, call: ownCall(agent, chance) }), has),
  disconnect: by((agent, chance) => ({ kind: 'disconnect', agent: agent.id, number: chance.of([...NUMBERS, '1380', agent.profile.phone]) ?? '1380' }), has),
  flowEnds: ({ centre }, chance) => {
    const leg = chance.of([...centre.calls.values()].flatMap(({ flow }) => (flow === undefined ? [] : [flow.leg])));
    if (leg === undefined) return undefined;
    const agent = chance.of([...centre.agents.values()].filter(has))?.id ?? targetOf(chance);
    const outcome = chance.of([
      { kind: 'queue', queue: 1 }, { kind: 'queue', queue: 2, also: [1, 3] }, { kind: 'agent', agent, overflow: 1 }, { kind: 'agent', agent }, { kind: 'agent', agent },
      { kind: 'number', number: '40040', data: 'from the flow' }, { kind: 'hangUp' }, { kind: 'done' },
    ] as const) ?? { kind: 'hangUp' };
    return { kind: 'flowEnded', leg, outcome };
  },
  waitFlowEnds: ({ centre }, chance) => {
    const leg = chance.of([...centre.calls.values()].flatMap(({ waitFlow }) => (waitFlow === undefined ? [] : [waitFlow.leg])));
    const outcome = chance.of([
      { kind: 'done', data: 'while waiting' }, { kind: 'queue', queue: 3 }, { kind: 'queue', queue: 1, also: [2] }, { kind: 'agent', agent: targetOf(chance) }, { kind: 'number', number: '40040' }, { kind: 'hangUp' },
    ] as const) ?? { kind: 'done' };
    return leg === undefined ? undefined : { kind: 'flowEnded', leg, outcome, waits: true };
  },
  preview: by((agent, chance) => ({ kind: 'preview', agent: agent.id, control: '5', numbers: ['40040', '40041'], ms: chance.flag() ? 5000 : 30_000 }), ({ state }) => state === 'idle'),
  previewCallOut: by((agent, chance) => ({ kind: 'previewCallOut', agent: agent.id, control: '5', called: chance.of(NUMBERS) ?? '40040' }), ({ preview }) => preview !== undefined),
  releasePreview: by((agent) => ({ kind: 'releasePreview', agent: agent.id, control: '5' })),
  pressKeys: by((agent) => ({ kind: 'pressKeys', agent: agent.id, digits: '1#' }), talks),
  setCallData: by((agent, chance) => ({ kind: 'setCallData', agent: agent.id, call: ownCall(agent, chance), data: 'vip' }), has),
  innerHelp: by((agent, chance) => ({
    kind: 'innerHelp', agent: agent.id, mode: chance.flag() ? 'twoParty' : 'threeParty', hold: chance.flag(),
    to: chance.flag() ? { device: 'agent', agent: targetOf(chance) } : { device: 'queue', queue: chance.of([1, 2, 3]) ?? 1 },
  }), talks),
  transfer: by((agent, chance) => ({
    kind: 'transfer', agent: agent.id, mode: chance.of(['blind', 'afterSuccess', 'suspend', 'talk', 'threeParty'] as const) ?? 'blind', hold: chance.flag(),
    to: chance.of([
      { device: 'agent', agent: targetOf(chance) }, { device: 'queue', queue: 1 }, { device: 'queue', queue: 3 }, { device: 'flow', flow: '7' },
      { device: 'number', number: '40042' }, { device: 'accessCode', to: { kind: 'queue', queue: 2 } },
    ] as const) ?? { device: 'flow', flow: '7' },
  }), talks),
  cancelTransfer: by((agent) => ({ kind: 'cancelTransfer', agent: agent.id }), talks),
  confJoin: by((agent, chance) => ({ kind: 'confJoin', agent: agent.id, call: ownCall(agent, chance) }), (agent) => talks(agent) && holds(agent)),
  connectHold: by((agent, chance) => ({ kind: 'connectHold', agent: agent.id, call: ownCall(agent, chance) }), (agent) => talks(agent) && holds(agent)),
  passKeys: by((agent) => ({ kind: 'passKeys', agent: agent.id }), talks),
  switchMedia: by((agent, chance) => ({ kind: 'switchMedia', agent: agent.id, to: chance.flag() || chance.flag() ? 'video' : 'voice' }), talks),
  pictured: ({ centre }, chance) => {
    const leg = chance.of([...centre.calls.values()].flatMap(({ picture }) => picture?.legs ?? [])) ?? chance.of(centre.legs.keys());
    return leg === undefined ? undefined : { kind: 'picture', leg, on: chance.flag() || chance.flag() };
  },
  captureImage: by((agent, chance, { centre }) => {
    const call = centre.calls.get(agent.call ?? '');
    const legs = call === undefined ? [] : customersOf(call).flatMap(({ leg }) => leg ?? []);
    return { kind: 'captureImage', agent: agent.id, call: call?.id ?? '1-1', leg: chance.of(legs) ?? 'gone' };
  }, talks),
  imageAnswered: ({ centre }, chance) => {
    const leg = chance.of([...centre.legs.values()].filter(({ awaited }) => awaited !== undefined));
    return { kind: 'imageAnswered', leg: leg?.id ?? 'gone', image: leg?.awaited?.image ?? 'img-1-1', outcome: chance.of(['taken', 'refused', 'failed'] as const) ?? 'failed' };
  },
  pickUpPhone: by((agent) => ({ kind: 'pickUpPhone', agent: agent.id }), isRung),
  hangUpPhone: by((agent) => ({ kind: 'hangUpPhone', agent: agent.id }), isRung),
  digits: ({ centre }, chance) => {
    const leg = chance.of(centre.legs.keys());
    return leg === undefined ? undefined : { kind: 'digits', leg, digits: '1' };
  },
  setTalkRight: by((agent, chance) => ({ kind: 'setTalkRight', agent: agent.id, on: chance.flag() })),
  chooseQueues: by((agent, chance) => ({ kind: 'chooseQueues', agent: agent.id, ...(chance.flag() ? {} : { queues: [1] }) })),
  setCustomState: by((agent, chance) => ({ kind: 'setCustomState', agent: agent.id, state: chance.of([0, 7, 65_535]) ?? 0 })),
  cancelCustomState: by((agent) => ({ kind: 'cancelCustomState', agent: agent.id })),
  sendNote: by((agent, chance) => ({ kind: 'sendNote', agent: agent.id, to: [targetOf(chance), targetOf(chance)], text: 'hello' })),
  adjust: by((agent, chance) => ({ kind: 'adjust', agent: agent.id, change: { autoAnswer: chance.flag(), autoEnterIdle: chance.flag(), phoneLinkage: chance.flag() } })),
  inspect: by((agent, chance, { centre }) => ({
    kind: 'inspect', agent: agent.id, how: chance.of(['listen', 'insert', 'whisper'] as const) ?? 'listen',
    target: chance.of([...centre.agents.values()].filter((one) => one.id !== agent.id && talks(one)))?.id ?? targetOf(chance),
  }), ({ id, state }) => id === 105 && state === 'idle'),
  switchInspection: by((agent, chance) => ({
    kind: 'switchInspection', agent: agent.id, ...(chance.flag() ? {} : { how: chance.of(['listen', 'insert', 'whisper'] as const) ?? 'insert' }),
  }), ({ inspecting }) => inspecting !== undefined),
  stopInspecting: by((agent) => ({ kind: 'stopInspecting', agent: agent.id }), ({ inspecting }) => inspecting !== undefined),
  intercept: by((agent, chance) => ({ kind: 'intercept', agent: agent.id, target: agent.inspecting?.agent ?? targetOf(chance) }), ({ inspecting }) => inspecting?.on === true),
  adjustSkill: by((agent, chance) => ({ kind: 'adjustSkill', agent: agent.id, target: targetOf(chance), queues: chance.flag() ? [1, 2, 3, CHATS] : [2] }), ({ id }) => id === 105),
  force: by((agent, chance) => ({
    kind: 'force', agent: agent.id, target: targetOf(chance),
    into: chance.of([{ what: 'busy' }, { what: 'idle' }, { what: 'rest', ms: 5000, reason: 1 }, { what: 'signOut' }] as const) ?? { what: 'idle' },
  }), ({ id }) => id === 105),
  forceDrop: by((agent, chance, rig) => ({ kind: 'forceDrop', agent: agent.id, call: callOf(rig, chance) }), ({ id }) => id === 105),
  confer: by((agent, chance, { centre }) => ({ kind: 'conference', agent: agent.id, asked: conferenceAsked(centre, agent.id, chance, AGENTS) })),
  chairConfers: ({ centre }, chance) => {
    const conference = chance.of(centre.conferences.values());
    return conference === undefined ? undefined : { kind: 'conference', agent: conference.chair, asked: conferenceAsked(centre, conference.chair, chance, AGENTS) };
  },
  record: by((agent, chance) => ({ kind: 'record', agent: agent.id, append: chance.flag(), ...(chance.flag() ? { path: `Y:/1/0/20260105/${agent.id}/1.V3` } : {}) }), talks),
  stopRecord: by((agent) => ({ kind: 'stopRecord', agent: agent.id }), ({ recordings }) => recordings.length > 0),
  portRecords: ({ centre }, chance) => ({ kind: 'recordBegan', record: chance.of(centre.recordings.keys()) ?? 'rec-1-1' }),
  recordingEnds: ({ centre }, chance) => {
    const ending = [...centre.recordings.values()].filter(({ state }) => state === 'stopping' || chance.flag()).map(({ name }) => name);
    return { kind: 'recorded', record: chance.of(ending) ?? 'rec-1-1', why: chance.of(['stopped', 'stopped', 'end', 'failed'] as const) ?? 'end', ms: 100 };
  },
  recordLost: ({ centre }, chance) => ({ kind: 'recordLost', record: chance.of(centre.recordings.keys()) ?? 'rec-1-1' }),
  flowRecords: (rig, chance) => ({ kind: 'flowRecording', call: chance.of([...rig.centre.calls.values()].filter(({ flow }) => flow !== undefined))?.id ?? callOf(rig, chance), file: `1/flows/${chance.of([1, 2, 3, 4])}.wav` }),
  flowRecordingEnds: ({ centre }, chance) => ({ kind: 'flowRecorded', file: chance.of(centre.flowRecordings.keys()) ?? '1/flows/1.wav', why: chance.of(['stopped', 'end', 'failed', 'lost'] as const) ?? 'end', ms: 100 }),
  play: by((agent, chance) => ({ kind: 'play', agent: agent.id, path: 'Y:/1/0/20260105/101/1.V3', fromMs: 0, repeats: chance.flag(), gain: 1 }), ({ state }) => state === 'idle' || state === 'busy' || state === 'wrapUp'),
  changePlayback: by((agent, chance) => ({
    kind: 'changePlayback', agent: agent.id,
    change: chance.of([{ what: 'pause' }, { what: 'resume' }, { what: 'forward', ms: 1000 }, { what: 'rewind', ms: 1000 }, { what: 'stop' }] as const) ?? { what: 'stop' },
  }), ({ playback }) => playback !== undefined),
  portPlays: ({ centre }, chance) => ({ kind: 'playBegan', play: chance.of([...centre.agents.values()].flatMap(({ playback }) => (playback === undefined ? [] : [playback.name]))) ?? 'play-1-101-1' }),
  playbackEnds: ({ centre }, chance) => {
    const play = chance.of([...centre.agents.values()].flatMap(({ playback }) => (playback === undefined ? [] : [playback.name])));
    return { kind: 'playEnded', play: play ?? 'play-1-101-1', why: chance.of(['end', 'stopped', 'failed'] as const) ?? 'end' };
  },
  recordScreen: by((agent, chance) => ({ kind: 'recordScreen', agent: agent.id, asked: chance.flag() ? 'start' : 'stop' })),
  playEnds: ({ centre }, chance) => {
    const play = chance.of([...centre.conferences.values()].flatMap(({ plays }) => [...plays.keys()]));
    return { kind: 'playEnded', play: play ?? 'conf-1-1-1', why: chance.of(['end', 'failed'] as const) ?? 'end' };
  },
  chatArrives: (_rig, chance) => ({ kind: 'chatArrives', queue: CHATS, channel: 'web', media: chance.of([1, 51, 53]) ?? 53, user: 'ann' }),
  chatLeaves: (rig, chance) => ({ kind: 'chatLeaves', call: callOf(rig, chance) }),
  customerWrites: (rig, chance) => ({ kind: 'customerWrites', call: callOf(rig, chance), text: 'Hello' }),
  setCapacity: by((agent, chance) => ({ kind: 'setCapacity', agent: agent.id, media: chance.of([1, 5, 51, 53]) ?? 53, sessions: chance.of([1, 2, 3]) ?? 1 })),
  transferChat: by((agent, chance) => ({
    kind: 'transferChat', agent: agent.id, call: ownCall(agent, chance), mode: chance.flag() ? 'blind' : 'afterSuccess',
    to: chance.flag() ? { device: 'agent', agent: targetOf(chance) } : { device: 'queue', queue: CHATS },
  }), ({ chats }) => chats.length > 0),
  removeAgent: (_rig, chance) => ({ kind: 'configure', change: { agentsGone: [targetOf(chance)] } }),
  removeQueue: () => ({ kind: 'configure', change: { queuesGone: [1] } }),
  restoreConfig: () => ({ kind: 'configure', change: BUSY_CONFIG }),
};

/** What happens in any contact centre most of the time. */
export const OFTEN = [
  'arrive', 'legRings', 'legAnswers', 'legAnswers', 'legAnswers', 'legAnswers', 'droppedLegEnds', 'pause', 'answer', 'answer', 'signIn', 'askState', 'callInner',
  'dialOut', 'hold', 'innerHelp', 'transfer', 'confJoin', 'connectHold', 'inspect', 'intercept',
];
/** What ends much at once, or matters little. */
export const SELDOM: ReadonlySet<string> = new Set([
  'signOut', 'removeAgent', 'removeQueue', 'restoreConfig', 'legEnds', 'forceDrop', 'force', 'dropCall', 'release', 'releasePreview', 'chatLeaves', 'playEnds',
  'playbackEnds', 'recordLost', 'recordScreen', 'flowRecords', 'flowRecordingEnds',
  'setTalkRight', 'chooseQueues', 'adjust', 'adjustSkill', 'setCapacity', 'digits', 'customerWrites', 'setCustomState', 'cancelCustomState', 'sendNote',
]);

function report(kind: 'rang' | 'answered', leg: string | undefined): Command | undefined {
  return leg === undefined ? undefined : { kind: 'legReported', report: { kind, leg } };
}
