import type { Flow } from '@parley/core/ivr/flow.ts';
import type { HttpRequest } from '@parley/core/ivr/node-type.ts';
import type { Piece } from '@parley/core/ivr/prompt.ts';
import type { Facts, FlowState } from '@parley/core/ivr/state.ts';
import { enterFlow, startFlow, stepFlow, type Action, type FlowEvent, type Stepped } from '@parley/core/ivr/step.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import { withDeadline } from './deadline.ts';
import type { OnFault } from './fault.ts';
import type { OutgoingReply } from './outgoing.ts';
import type { Speech } from './speech.ts';
import type { FlowOutcome } from './voice.ts';

/** A flow of a tenant's, as it is when a caller enters it: whoever is in it keeps to it, whatever is changed meanwhile. */
export interface Script {
  readonly flow: Flow;
  /** How many callers it takes at a time; undefined for no limit. */
  readonly maxCalls: number | undefined;
  readonly zone: string;
  /** The tenant's skill queues. */
  readonly queues: readonly number[];
}

/** Something to be heard: a file on this machine, or one of the file store's. */
export type Sound = { readonly path: string } | { readonly key: string };

/** Something that goes on until it ends by itself or is stopped; `ended` never rejects, and resolves after a stop too. What is over can be stopped again. */
export interface Ongoing<T> {
  readonly ended: Promise<T>;
  readonly stop: () => void;
}

export type RecordingEnd = { readonly ok: true; readonly file: string; readonly ms: number } | { readonly ok: false };

/** What a flow needs of the voice port. Keys come by `FlowRunner.key`. When a leg is gone, all that goes on there ends. */
export interface FlowVoice {
  readonly play: (leg: VoiceLeg, sound: Sound) => Ongoing<'end' | 'stopped' | 'failed'>;
  /** Records what the caller says, for `maxMs` at most. */
  readonly record: (leg: VoiceLeg, options: { readonly vdnId: number; readonly call: string; readonly maxMs: number }) => Ongoing<RecordingEnd>;
}

/** What is known of a call, besides its numbers. */
export type Known = Pick<Facts, 'data' | 'callerVerified'>;

export interface FlowRunnerDependencies {
  /** Undefined where there is no such flow, none in service, or nothing to be run in it. */
  readonly scriptOf: (vdnId: number, flow: string) => Promise<Script | undefined>;
  /** The call data (6.1.3.3) as they are when the flow begins, and whether the caller's number is more than what a web page says. */
  readonly knownOf: (vdnId: number, call: string) => Promise<Known>;
  /** A voice file of the tenant's that was approved. */
  readonly voiceFile: (vdnId: number, id: string) => Promise<Sound | undefined>;
  /** A file that another program has brought for the tenant (13.2.1.13), by its path. */
  readonly broughtFile: (vdnId: number, path: string) => Promise<Sound | undefined>;
  readonly voice: FlowVoice;
  readonly speech: Speech;
  /** By the one way out to users' URLs, as far as the tenant trusts them. */
  readonly http: (vdnId: number, request: HttpRequest) => Promise<OutgoingReply>;
  /** Told once for each flow that was begun, unless `end` comes before. */
  readonly onOutcome: (leg: VoiceLeg, outcome: FlowOutcome) => void;
  readonly onFault: OnFault;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
}

export interface FlowEntry {
  readonly vdnId: number;
  readonly leg: VoiceLeg;
  readonly flow: string;
  readonly call: string;
  readonly caller: string;
  readonly called: string;
  /** The caller waits in a queue meanwhile, and hears music when the flow says nothing. */
  readonly waits?: boolean;
}

/** `full`: as many callers as it takes are in it. Of a flow that did not begin, no outcome is told. */
export type Begun = 'begun' | 'noFlow' | 'full' | 'ended';

/** Leads callers through flows. */
export interface FlowRunner {
  /** To begin the same flow for a leg again, while it runs there, does no harm; another one takes its place. */
  readonly begin: (entry: FlowEntry) => Promise<Begun>;
  /** A key that the caller has pressed: 0 to 9, * or #. */
  readonly key: (leg: VoiceLeg, key: string) => void;
  /** The leg is gone, or is taken out of its flow: what goes on stops, and no outcome is told. */
  readonly end: (leg: VoiceLeg) => void;
  readonly isIn: (leg: VoiceLeg) => boolean;
  /** Ends all. */
  readonly stop: () => void;
}

interface Running {
  readonly entry: FlowEntry;
  flow: Flow | undefined;
  state: FlowState | undefined;
  speaking: { stop: () => void } | undefined;
  recording: { stop: () => void } | undefined;
  timer: (() => void) | undefined;
  limit: (() => void) | undefined;
  isOver: boolean;
}

const SPEECH_MS = 15_000;
const FILE_MS = 5000;
/** What a port may take longer to end a recording than it was told. */
const GRACE_MS = 5000;

export function createFlowRunner(deps: FlowRunnerDependencies): FlowRunner {
  const { scriptOf, knownOf, voiceFile, broughtFile, voice, speech, http, onOutcome, onFault, clock, after } = deps;
  const runs = new Map<VoiceLeg, Running>();

  const callersIn = ({ vdnId, flow }: FlowEntry): number => {
    let count = 0;
    for (const { entry, flow: begun } of runs.values()) if (begun !== undefined && entry.vdnId === vdnId && entry.flow === flow) count += 1;
    return count;
  };

  const close = (run: Running): void => {
    run.isOver = true;
    if (runs.get(run.entry.leg) === run) runs.delete(run.entry.leg);
    run.timer?.();
    run.limit?.();
    run.speaking?.stop();
    run.recording?.stop();
  };

  const finish = (run: Running, outcome: FlowOutcome): void => {
    if (run.isOver) return;
    close(run);
    onOutcome(run.entry.leg, outcome);
  };

  /** What people say, hear and press stays out of it. */
  const fault = (run: Running, message: string, error: unknown): void => {
    const { vdnId, flow, call } = run.entry;
    onFault(message, { vdnId, flow, call, error });
  };

  const inBackground = (run: Running, work: Promise<void>): void => {
    work.catch((error: unknown) => { fault(run, 'a flow met a fault', error); });
  };

  const apply = (run: Running, step: () => Stepped): void => {
    if (run.isOver) return;
    try {
      const { state, actions } = step();
      run.state = state;
      for (const action of actions) perform(run, action);
      if (state.stage === 'over') close(run);
    } catch (error) {
      fault(run, 'a flow could not go on', error);
      finish(run, { kind: run.entry.waits === true ? 'done' : 'hangUp' });
    }
  };

  const happens = (run: Running, event: FlowEvent): void => {
    const { flow, state } = run;
    if (flow !== undefined && state !== undefined) apply(run, () => stepFlow(flow, state, event, clock()));
  };

  const soundOf = async (run: Running, piece: Piece): Promise<Sound | 'nothing' | undefined> => {
    if ('play' in piece) return withDeadline(voiceFile(run.entry.vdnId, piece.play), FILE_MS, 'finding a voice file');
    if ('path' in piece) return withDeadline(broughtFile(run.entry.vdnId, piece.path), FILE_MS, 'finding a file of another program');
    if (piece.say.trim() === '') return 'nothing';
    const { say, ...manner } = piece;
    const spoken = await withDeadline(speech.say(say, manner), SPEECH_MS, 'speaking a text');
    if (spoken.ok) return { path: spoken.file };
    fault(run, 'a text could not be spoken', `${spoken.why}: ${spoken.message}`);
    return undefined;
  };

  const speak = (run: Running, id: number, pieces: readonly Piece[]): void => {
    run.speaking?.stop();
    let isStopped = false;
    let playing: Ongoing<unknown> | undefined;
    const speaking = {
      stop: () => {
        isStopped = true;
        playing?.stop();
      },
    };
    run.speaking = speaking;
    const speakAll = async (): Promise<boolean> => {
      // All are made ready at once, so that no pause comes between them.
      const sounds = pieces.map((piece) => soundOf(run, piece));
      for (const sound of sounds) sound.catch(() => undefined);
      for (const ready of sounds) {
        const sound = await ready;
        if (isStopped) return true;
        if (sound === undefined) return false;
        if (sound === 'nothing') continue;
        const heard = voice.play(run.entry.leg, sound);
        playing = heard;
        if (await heard.ended === 'failed') return false;
      }
      return true;
    };
    const tell = async (): Promise<void> => {
      const ok = await speakAll().catch((error: unknown) => {
        fault(run, 'a prompt could not be played', error);
        return false;
      });
      if (run.speaking === speaking) run.speaking = undefined;
      if (!isStopped) happens(run, { kind: 'spoken', id, ok });
    };
    inBackground(run, tell());
  };

  const record = (run: Running, id: number, maxMs: number): void => {
    run.recording?.stop();
    const { leg, vdnId, call } = run.entry;
    const recording = voice.record(leg, { vdnId, call, maxMs });
    run.recording = recording;
    const { promise: overdue, resolve } = Promise.withResolvers<RecordingEnd>();
    const callOff = after(maxMs + GRACE_MS, () => {
      recording.stop();
      resolve({ ok: false });
    });
    const tell = async (): Promise<void> => {
      const ended = await Promise.race([recording.ended, overdue]);
      callOff();
      if (run.recording === recording) run.recording = undefined;
      happens(run, { kind: 'recorded', id, ...(ended.ok ? ended : { ok: false, file: '', ms: 0 }) });
    };
    inBackground(run, tell());
  };

  const ask = async (run: Running, id: number, request: HttpRequest): Promise<void> => {
    const asked = async (): Promise<OutgoingReply> => http(run.entry.vdnId, request);
    const reply = await withDeadline(asked(), request.deadlineMs + GRACE_MS, 'a web service')
      .catch((error: unknown): OutgoingReply => ({ ok: false, why: 'unreachable', message: String(error) }));
    if (reply.ok) happens(run, { kind: 'answered', id, status: reply.status, body: reply.body });
    else {
      fault(run, 'a web service did not answer a flow', `${reply.why}: ${reply.message}`);
      happens(run, { kind: 'failed', id, why: reply.why });
    }
  };

  const goOver = async (run: Running, id: number, flow: number): Promise<void> => {
    const script = await load(run.entry.vdnId, String(flow), run);
    const { state } = run;
    if (script === undefined || state === undefined) happens(run, { kind: 'failed', id, why: 'noFlow' });
    else {
      // Who has left the question behind meanwhile is not brought back to it.
      if (run.isOver || state.awaits.enter !== id) return;
      run.flow = script.flow;
      apply(run, () => enterFlow(script.flow, state, clock()));
    }
  };

  const load = async (vdnId: number, flow: string, run: Running): Promise<Script | undefined> => {
    try {
      return await withDeadline(scriptOf(vdnId, flow), FILE_MS, 'finding a flow');
    } catch (error) {
      fault(run, 'a flow could not be found', error);
      return undefined;
    }
  };

  /** A flow says what it has to say also where nothing more is known of the call. */
  const learn = async (vdnId: number, call: string, run: Running): Promise<Known> => {
    try {
      return await withDeadline(knownOf(vdnId, call), FILE_MS, 'asking about a call');
    } catch (error) {
      fault(run, 'nothing is known of a call', error);
      return { data: '', callerVerified: false };
    }
  };

  function perform(run: Running, action: Action): void {
    switch (action.kind) {
      case 'speak':
        speak(run, action.id, action.pieces);
        return;
      case 'timer':
        run.timer?.();
        run.timer = after(action.ms, () => { happens(run, { kind: 'elapsed', id: action.id }); });
        return;
      case 'limit':
        run.limit = after(action.ms, () => { happens(run, { kind: 'overdue' }); });
        return;
      case 'record':
        record(run, action.id, action.maxMs);
        return;
      case 'http':
        inBackground(run, ask(run, action.id, action.request));
        return;
      case 'enter':
        inBackground(run, goOver(run, action.id, action.flow));
        return;
      case 'hush':
        run.speaking?.stop();
        run.speaking = undefined;
        return;
      case 'stopRecord':
        run.recording?.stop();
        return;
      case 'outcome':
        finish(run, action.outcome);
        return;
      default:
        action satisfies never;
    }
  }

  const end = (leg: VoiceLeg): void => {
    const run = runs.get(leg);
    if (run !== undefined) close(run);
  };

  return {
    begin: async (entry) => {
      const { leg, vdnId, flow, call, caller, called, waits = false } = entry;
      const former = runs.get(leg);
      if (former?.entry.flow === flow && former.entry.call === call && (former.entry.waits ?? false) === waits) return 'begun';
      end(leg);
      const run: Running = { entry, flow: undefined, state: undefined, speaking: undefined, recording: undefined, timer: undefined, limit: undefined, isOver: false };
      runs.set(leg, run);
      const [script, known] = await Promise.all([load(vdnId, flow, run), learn(vdnId, call, run)]);
      if (run.isOver) return 'ended';
      if (script === undefined || (script.maxCalls !== undefined && callersIn(entry) >= script.maxCalls)) {
        close(run);
        return script === undefined ? 'noFlow' : 'full';
      }
      run.flow = script.flow;
      // The order is answered before anything is told of it.
      setImmediate(() => {
        apply(run, () => startFlow(script.flow, { call, caller, called, waits, ...known, zone: script.zone, queues: script.queues }, clock()));
      });
      return 'begun';
    },
    key: (leg, key) => {
      const run = runs.get(leg);
      if (run !== undefined) happens(run, { kind: 'key', key });
    },
    end,
    isIn: (leg) => runs.has(leg),
    stop: () => { for (const leg of runs.keys()) end(leg); },
  };
}
