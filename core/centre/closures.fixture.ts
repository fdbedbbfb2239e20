import { playsIn } from '../conference/announcements.ts';
import type { ConferenceAsked } from '../conference/command.ts';
import { anAgent, anInvited, aPhone } from '../conference/conference.fixture.ts';
import { playbacksIn } from '../playback/playback.ts';
import { flowRecordingsIn } from '../recording/flow-recording.ts';
import { recordingsIn } from '../recording/recording.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { aQueue, aSkill, createRig, EVERY_BIT, type Rig, type RigOptions } from './centre.fixture.ts';
import type { ConfigChange } from './config.ts';
import type { Event } from './event.ts';

/** The agents 101 to 103, and the inspector 109, who takes no calls. Queue 2 passes on to queue 1 whoever waits too long. */
const HOUSE: ConfigChange = {
  queues: [
    aQueue(1), aQueue(53, { media: 53 }),
    aQueue(2, { maxWaitMs: 20_000, treatment: { noAgents: { kind: 'release' }, busy: { kind: 'release' }, timeOut: { kind: 'queue', queueId: 1 } } }),
  ],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 103, 109].map((id) => ({ id, roleId: id === 109 ? 3 : 2, type: 99, skills: id === 109 ? [] : [aSkill(1), aSkill(2), aSkill(53)] })),
};

export const aHouse = (options: RigOptions = {}): Rig => createRig({ config: HOUSE, ...options });

const TOLD = ['agent', 'leg', 'participant', 'to', 'queue', 'why', 'by', 'leave', 'cause'] as const;

/** What of an event tells one closure from another. */
function tell(event: Event): string {
  const fields: Readonly<Partial<Record<string, unknown>>> = { ...event };
  // Whose phone a leg is follows from its name; why a state changed, from what is around it.
  const about = TOLD.filter((name) => !(name === 'agent' && 'leg' in event) && !(name === 'cause' && event.type === 'AgentMoved')).map((name) => fields[name]);
  return [event.type, ...about.filter((value) => typeof value === 'number' || typeof value === 'string')].join(' ');
}

/** What happens while something is done. The rows of a call's records follow from it (core/records). */
export function during(rig: Rig, act: () => void): readonly string[] {
  const from = rig.happened.length;
  act();
  return rig.happened.slice(from).filter(({ event }) => event.type !== 'SegmentRecorded').map(({ event }) => tell(event));
}

export const stateOf = (rig: Rig, agent: number): string => rig.centre.agents.get(agent)?.state ?? 'signedOut';

export function onlyCall({ centre }: Rig): string {
  const [call, ...others] = centre.calls.keys();
  if (call === undefined || others.length > 0) throw new Error(`there are ${centre.calls.size} calls`);
  return call;
}

/** What there is yet: calls, conferences, legs of somebody outside, and what anybody waits for. */
export const left = ({ centre: { calls, conferences, legs, timers } }: Rig): readonly string[] => [
  ...calls.keys(), ...[...conferences.keys()].map((id) => `conference ${id}`),
  ...[...legs.values()].filter(({ agent }) => agent === undefined).map(({ id }) => id), ...timers.due.keys(),
];

/** 101 talks with somebody who called in. */
export function talking(options: RigOptions = {}, releasePhone = false): Rig {
  const rig = aHouse(options);
  rig.signIn(101, { releasePhone });
  rig.callIn(1);
  return rig;
}

/** A house in which every talk is recorded, and which agents do so themselves. */
const RECORDED: ConfigChange = { ...HOUSE, recording: { automatic: true, byAgents: true, toFiles: true, ccId: 1, timeZone: 'UTC' } };

/** 101 talks with somebody who called in, and is recorded. */
export function recording(options: RigOptions = {}): Rig {
  const rig = talking({ config: RECORDED, ...options });
  rig.does({ kind: 'recordBegan', record: 'rec-1-1' });
  return rig;
}

/** 109, who was idle unless told, hears a recording. */
export function hearing(state: 'idle' | 'busy' | 'wrapUp' = 'idle', options: RigOptions = {}): Rig {
  const rig = aHouse(options);
  rig.signIn(109, { releasePhone: true }, state);
  rig.does({ kind: 'play', agent: 109, path: 'Y:/1/0/20260105/101/1.V3', fromMs: 0, repeats: false, gain: 1 });
  if (options.phonesAnswer !== false) rig.does({ kind: 'playBegan', play: 'play-1-109-1' });
  return rig;
}

/** Somebody waits in a queue whose only agent is busy. */
export function waiting(queue = 1): Rig {
  const rig = aHouse();
  rig.signIn(101, {}, 'busy');
  rig.callIn(queue);
  return rig;
}

/** The phone of 101 rings. */
export function ringing(): Rig {
  const rig = aHouse({ phonesAnswer: false });
  rig.signIn(101);
  rig.callIn(1);
  return rig;
}

/** 101 has dialled a number, which rings. */
export function dialling(options: RigOptions = {}): Rig {
  const rig = aHouse(options);
  rig.signIn(101);
  rig.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' });
  return rig;
}

export const asks = (rig: Rig, agent: number, asked: ConferenceAsked): void => { rig.does({ kind: 'conference', agent, asked }); };
export const REQUEST = { what: 'request', seats: 5, minutes: 10, promptMinutes: 3, caller: '' } as const;
export const FILE = 'y:/conf/1/1.V3';

/** 101 presides, 102 and a phone (the leg 1-3) are in, 103 is invited, and an announcement is played. */
export function conferring(): Rig {
  const rig = aHouse();
  for (const agent of [101, 102, 103]) rig.signIn(agent);
  asks(rig, 101, REQUEST);
  asks(rig, 101, { what: 'invite', invited: [anInvited(anAgent(102)), anInvited(aPhone('13900000001'))] });
  asks(rig, 102, { what: 'answer' });
  rig.answers('1-3');
  asks(rig, 101, { what: 'invite', invited: [anInvited(anAgent(103))] });
  asks(rig, 101, { what: 'play', file: FILE, background: false });
  return rig;
}

/** 101 talks, and 109 listens. */
export function inspecting(): Rig {
  const rig = talking();
  rig.signIn(109);
  rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
  return rig;
}

/** 101 writes with somebody, or is to answer first. */
export function writing({ autoAnswer = true } = {}): Rig {
  const rig = aHouse();
  rig.signIn(101, { autoAnswer });
  rig.does({ kind: 'chatArrives', queue: 53, channel: 'web', media: 53, user: 'ann' });
  return rig;
}

interface Found {
  /** Legs that the voice port does not have any more. */
  readonly gone?: readonly VoiceLeg[];
  /** Legs that were answered while nobody listened. */
  readonly answered?: readonly VoiceLeg[];
}

/** The process has died. Its successor has what was journaled, and is told of the legs what it did not hear (server/engine/take-over.ts). */
export function afterDeathOf(rig: Rig, { gone = [], answered = [] }: Found = {}): Rig {
  const next = createRig({ after: rig });
  const plays = [...playsIn(next.centre), ...playbacksIn(next.centre)];
  const recordings = recordingsIn(next.centre);
  const toFlows = flowRecordingsIn(next.centre);
  for (const leg of gone) next.does({ kind: 'legReported', report: { kind: 'ended', leg, cause: 530 } });
  for (const leg of answered) next.does({ kind: 'legReported', report: { kind: 'answered', leg } });
  for (const play of plays) next.does({ kind: 'playEnded', play, why: 'stopped' });
  for (const record of recordings) next.does({ kind: 'recordLost', record });
  for (const file of toFlows) next.does({ kind: 'flowRecorded', file, why: 'lost' });
  return next;
}
