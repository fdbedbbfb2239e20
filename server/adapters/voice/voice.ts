import type { Order, VoiceLeg } from '@parley/core/voice/order.ts';
import type { MediaAnswer, MediaOrder, MediaReport } from '../../../telephony/media/order.ts';
import type { SipCall } from '../../../telephony/sip/call/call.ts';
import { isWebRtc, readSdp } from '../../../telephony/sdp/session.ts';
import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import type { FlowRunner, FlowVoice } from '../../engine/flow-runner.ts';
import type { FlowOutcome, Performed, VoicePort } from '../../engine/voice.ts';
import { endCause, Q850_OF, STATUS_OF } from './causes.ts';
import { createCollections } from './collections.ts';
import { createArriving, createAttend, createConversing } from './conversing.ts';
import { createDialling } from './dialling.ts';
import { createFlowVoice } from './flow-voice.ts';
import { createGrace } from './grace.ts';
import { createImageAsking } from './image-asking.ts';
import type { Keeping } from './keeping.ts';
import { createLegs, type Leg } from './legs.ts';
import { pickUp } from './pick-up.ts';
import { createPageTelling } from './page-telling.ts';
import { createPictures } from './pictures.ts';
import { createRestoring, type Restoring, type StandingMedia } from './restoring.ts';
import { createTakingOver } from './taking-over.ts';
import type { Tolls } from './tolls.ts';
import type { Traffic } from './traffic.ts';
import type { Directory, Way } from './ways.ts';

/** Files by the names that the engine has for them. */
export interface SoundFiles {
  /** Where a file is that can be played; undefined if there is none. */
  readonly toPlay: (file: string) => Promise<string | undefined>;
  /** Where a recording is to be written. */
  readonly toRecord: (file: string) => Promise<string>;
  /** Where a file of the file store lies on this machine. */
  readonly stored: (key: string) => Promise<string | undefined>;
  /** Where what a caller says in a flow is written to. */
  readonly toRecordOf: (vdnId: number, call: string) => Promise<{ readonly file: string; readonly path: string }>;
}

/** IVR flows: made of what they can say and hear, and of whom they tell where they led to. */
export type MakeFlows = (tools: { readonly voice: FlowVoice; readonly onOutcome: (leg: VoiceLeg, outcome: FlowOutcome) => void }) => Pick<FlowRunner, 'begin' | 'key' | 'end'>;

export interface RealVoiceDependencies {
  readonly media: StandingMedia;
  readonly invite: (way: Way, sdp: string) => SipCall;
  readonly directory: Directory;
  readonly tolls: Pick<Tolls, 'legOf'>;
  /** How pages bring pictures that they are asked for; they are asked for none unless told. */
  readonly imageRequests?: ImageRequests | undefined;
  /** How long a leg that drops waits for whoever was there; a quarter of a minute unless told. */
  readonly graceMs?: number;
  readonly files: SoundFiles;
  readonly makeFlows: MakeFlows;
  readonly timers: Timers;
  /** Of legs that come in. */
  readonly newName: () => VoiceLeg;
  /** Told of the legs that would have to be gone on with after a restart. */
  readonly keeping?: Pick<Keeping, 'legStands' | 'legEnds'>;
  /** Counts the calls that come in. */
  readonly traffic?: Traffic;
}

/** How many legs stand, and how many of them have a flow. */
export interface LegCounts {
  readonly dialled: number;
  readonly ringing: number;
  readonly up: number;
  readonly inFlows: number;
}

export interface RealVoice extends VoicePort {
  readonly counts: () => LegCounts;
  /** Somebody calls in. */
  readonly arrives: (call: SipCall) => Promise<void>;
  /** Legs of the process before this one: before anybody asks for the legs that stand. */
  readonly restoring: Restoring;
}

/** A page that is loaded anew is there again after a few seconds, and nobody waits in silence for much longer. */
const GRACE_MS = 15_000;

const OK: Performed = { ok: true };
const UNKNOWN_LEG: Performed = { ok: false, why: 'unknownLeg' };
const failed = (message: string): Performed => ({ ok: false, why: 'failed', message });

function performedOf(answer: MediaAnswer): Performed {
  if (answer.ok) return OK;
  if (answer.why === 'unknownLeg' || answer.why === 'unknownRoom') return { ok: false, why: answer.why };
  return answer.why === 'noPorts' ? { ok: false, why: 'noResource' } : failed(answer.message ?? answer.why);
}

/** The voice port on SIP and RTP. */
export function createRealVoice({ media, invite, directory, tolls, files, makeFlows, timers, newName, keeping, traffic, imageRequests, graceMs = GRACE_MS }: RealVoiceDependencies): RealVoice {
  /** Legs that are in a flow, in which for which call, and whether they wait meanwhile. */
  const flowing = new Map<VoiceLeg, { readonly entry: string; readonly waits: boolean }>();
  const collections = createCollections({ timers, report: (report) => { legs.report(report); } });
  const sounds = createFlowVoice({ media, stored: files.stored, toRecord: files.toRecordOf, report: (report) => { legs.report(report); }, after: timers.after });
  const flows = makeFlows({
    voice: sounds.voice,
    onOutcome: (leg, outcome) => {
      const ended = flowing.get(leg);
      flowing.delete(leg);
      if (ended !== undefined) legs.report({ kind: 'flowEnded', leg, outcome, ...(ended.waits ? { waits: true } : {}) });
    },
  });
  const legs = createLegs({
    media,
    up: (leg) => {
      grace.attend(leg);
      traffic?.stands(leg);
      keeping?.legStands(leg);
      pages.stands(leg);
    },
    ending: (leg, cause) => {
      traffic?.ends(leg, cause);
      grace.forget(leg);
      keeping?.legEnds(leg);
      endFlow(leg.id);
      collections.legEnds(leg.id);
    },
  });
  /** There is no way to its other end any more. */
  const cutOff = (leg: Leg): void => {
    leg.call?.hangUp({ q850: 41 });
    legs.end(leg, endCause({ kind: 'lost', why: 'transport' }, leg.direction, leg.state === 'up'));
  };
  const wayBackTo = ({ who = '', call }: Leg): Channel | undefined => {
    const target = call?.dialog()?.target;
    return target === undefined ? undefined : directory.wayBackTo(who, target);
  };
  const grace = createGrace({ timers, media, graceMs, wayBackTo, giveUp: cutOff });
  const pressed = (leg: VoiceLeg, key: string): void => {
    if (flowing.has(leg)) flows.key(leg, key);
    else collections.pressed(leg, key);
  };
  const pictures = createPictures({ legs, media });
  const images = createImageAsking({ legs, requests: imageRequests });
  const pages = createPageTelling({ legs });
  const converse = createConversing({
    legs, media, pressed, acknowledged: pages.stands,
    negotiated: (leg, picture) => {
      // Whoever negotiates is there, and may have said that it is silent.
      grace.soundFound(leg);
      pictures.changed(leg, picture);
    },
  });
  const attend = createAttend(converse);
  const dial = createDialling({ legs, media, directory, tolls, invite, timers, converse });
  const arriving = createArriving({ legs, media, attend, newName, traffic });
  const taking = createTakingOver({
    legs, media, attend,
    tookOver: (leg) => {
      grace.attend(leg);
      keeping?.legStands(leg);
      pictures.renewed(leg);
    },
  });
  const order = async (wanted: MediaOrder): Promise<Performed> => performedOf(await media.perform(wanted));

  /** Plays and recordings that are being begun: what is ordered of one meanwhile comes behind that. */
  const beginning = new Map<string, Promise<Performed>>();
  const begin = (name: string, work: () => Promise<Performed>): Promise<Performed> => {
    const begun = work().finally(() => { if (beginning.get(name) === begun) beginning.delete(name); });
    beginning.set(name, begun);
    return begun;
  };
  const orderOf = async (name: string, wanted: MediaOrder): Promise<Performed> => {
    await beginning.get(name)?.catch(() => undefined);
    return order(wanted);
  };

  const play = async ({ play: name, to, file, repeats, fromMs, gain }: Extract<Order, { kind: 'play' }>): Promise<Performed> => {
    const path = await files.toPlay(file);
    if (path === undefined) return failed(`there is no file ${file}`);
    return order({
      kind: 'play', play: name, to, path, ...(repeats === undefined ? {} : { repeats }), ...(fromMs === undefined ? {} : { fromMs }), ...(gain === undefined ? {} : { gain }),
    });
  };

  const record = async ({ record: name, room, file, apart, append, pictures: areShown }: Extract<Order, { kind: 'record' }>): Promise<Performed> => {
    const path = await files.toRecord(file);
    recorded.set(name, file);
    const begun = await order({
      kind: 'record', record: name, of: { room }, path, ...(apart === undefined ? {} : { apart }), ...(append === undefined ? {} : { append }),
      ...(areShown === undefined ? {} : { pictures: areShown }),
    });
    if (!begun.ok) recorded.delete(name);
    return begun;
  };

  function endFlow(leg: VoiceLeg): void {
    if (flowing.delete(leg)) flows.end(leg);
  }

  const enterFlow = async ({ id, caller, called }: Leg, { vdnId, flow, call, waits = false }: Extract<Order, { kind: 'flow' }>): Promise<Performed> => {
    const entry = `${flow} ${call}`;
    const former = flowing.get(id);
    if (former?.entry === entry && former.waits === waits) return OK;
    endFlow(id);
    flowing.set(id, { entry, waits });
    if (!waits) await media.perform({ kind: 'leave', leg: id });
    const begun = await flows.begin({ vdnId, leg: id, flow, call, caller, called, waits });
    if (begun === 'begun' || begun === 'ended') return OK;
    flowing.delete(id);
    return failed(begun === 'full' ? `flow ${flow} is full` : `there is no flow ${flow}`);
  };

  const drop = (leg: Leg, cause: number): Performed => {
    const q850 = Q850_OF[cause];
    // Whoever has come again by another connection is told there.
    const way = leg.call?.channel()?.isOpen() === false ? wayBackTo(leg) : undefined;
    if (way !== undefined) leg.call?.moveTo(way);
    if (leg.direction === 'in' && leg.state === 'ringing') leg.call?.reject(STATUS_OF[cause] ?? 480);
    else leg.call?.hangUp(q850 === undefined ? {} : { q850 });
    legs.end(leg, cause);
    return OK;
  };

  /** Orders of a leg that stands. */
  const handle = async (leg: Leg, given: Exclude<Extract<Order, { leg: VoiceLeg }>, { kind: 'dial' }>): Promise<Performed> => {
    switch (given.kind) {
      case 'answer':
        if (leg.direction === 'out') return failed('it was we who dialled');
        if (leg.state === 'up') return OK;
        return await arriving.answer(leg) ? OK : failed('the caller\'s media cannot be taken');
      case 'drop':
        return drop(leg, given.cause);
      case 'pickUp':
        return pickUp(leg, timers);
      case 'askImage':
        return images.ask(leg, given.image);
      case 'digits':
        return order({ kind: 'keys', leg: leg.id, keys: given.digits });
      case 'flow':
        return enterFlow(leg, given);
      case 'endFlow':
        endFlow(leg.id);
        return OK;
      case 'collect':
        collections.begin(given);
        return OK;
      default:
        return given satisfies never;
    }
  };

  const carryOut = async (given: Order): Promise<Performed> => {
    if ('leg' in given) {
      if (given.kind === 'dial') return dial(given);
      const leg = legs.find(given.leg);
      return leg === undefined ? UNKNOWN_LEG : handle(leg, given);
    }
    switch (given.kind) {
      case 'arrange': {
        const known = given.members.filter(({ leg }) => legs.find(leg) !== undefined);
        for (const { leg: id } of known) {
          const leg = legs.find(id);
          if (leg !== undefined) legs.enter(leg, given.room);
        }
        const arranged = await order({ kind: 'arrange', room: given.room, members: known });
        pictures.arranged(known);
        pages.arranged(known);
        return known.length === given.members.length ? arranged : UNKNOWN_LEG;
      }
      case 'play':
        if ('leg' in given.to && legs.find(given.to.leg) === undefined) return UNKNOWN_LEG;
        return begin(`play ${given.play}`, () => play(given));
      case 'pausePlay':
      case 'resumePlay':
      case 'seekPlay':
      case 'stopPlay':
        return orderOf(`play ${given.play}`, given);
      case 'record':
        return begin(`record ${given.record}`, () => record(given));
      case 'pauseRecord':
      case 'resumeRecord':
      case 'stopRecord':
        return orderOf(`record ${given.record}`, given);
      default:
        return given satisfies never;
    }
  };

  /** The names of the files that recordings are written to. */
  const recorded = new Map<string, string>();
  const hear = (told: MediaReport): void => {
    if (sounds.took(told)) return;
    switch (told.kind) {
      case 'key':
        pressed(told.leg, told.key);
        return;
      case 'lost': {
        const leg = legs.find(told.leg);
        // What is not up yet nobody can come back to, nor to what is not there any more.
        if (leg?.state === 'up' && told.why !== 'died') grace.soundLost(leg);
        else if (leg !== undefined) cutOff(leg);
        return;
      }
      case 'found': {
        const leg = legs.find(told.leg);
        if (leg !== undefined) grace.soundFound(leg);
        return;
      }
      case 'playEnded':
        legs.report(told);
        return;
      case 'recorded': {
        const file = recorded.get(told.record);
        recorded.delete(told.record);
        if (file !== undefined) legs.report({ ...told, file });
        return;
      }
      default:
        told satisfies never;
    }
  };
  media.subscribe(hear);

  return {
    perform: carryOut,
    subscribe: legs.subscribe,
    restoring: createRestoring({ legs, media, directory, tolls, attend }),
    counts: () => {
      const counts = { dialled: 0, ringing: 0, up: 0, inFlows: flowing.size };
      for (const { state, direction, hasRung } of legs.all()) {
        if (state === 'up') counts.up += 1;
        else if (direction === 'in' || hasRung) counts.ringing += 1;
        else counts.dialled += 1;
      }
      return counts;
    },
    legs: () => Promise.resolve([...legs.all()].map(({ id, state }) => ({ leg: id, state: state === 'up' ? 'up' : 'ringing' }))),
    canAskImage: (leg) => Promise.resolve(images.canAsk(legs.find(leg))),
    canPickUp: (number) => {
      if (directory.isLinked(number)) return Promise.resolve(true);
      // It may say so only when it rings.
      for (const leg of legs.all()) if (leg.called === number && leg.direction === 'out' && leg.linked.size > 0) return Promise.resolve(true);
      return Promise.resolve(false);
    },
    arrives: async (call) => {
      const admission = await directory.admit(call);
      if (!admission.ok) {
        if (admission.who !== undefined) traffic?.refused(admission.who, admission.status);
        call.reject(admission.status, admission.headers);
        return;
      }
      if (call.state() === 'ended') {
        admission.release();
        return;
      }
      const offer = call.sdp === undefined ? undefined : readSdp(call.sdp);
      const carrier = offer !== undefined && isWebRtc(offer) ? 'webrtc' : 'rtp';
      const replaced = call.replaces ?? taking.wanted(call, admission.who)?.call;
      if (replaced === undefined) await arriving.arrive(call, admission, carrier);
      else await taking.takeOver(call, replaced, admission, carrier);
    },
  };
}
