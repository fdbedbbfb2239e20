import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { MediaReport } from '../../../telephony/media/order.ts';
import type { FlowVoice, Ongoing, RecordingEnd } from '../../engine/flow-runner.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import type { Media } from './legs.ts';

export interface FlowVoiceDependencies {
  readonly media: Pick<Media, 'perform'>;
  /** Where a file of the file store lies on this machine. */
  readonly stored: (key: string) => Promise<string | undefined>;
  /** Where what a caller of a tenant's says is written to; `file` is what it is called elsewhere. */
  readonly toRecord: (vdnId: number, call: string) => Promise<{ readonly file: string; readonly path: string }>;
  readonly report: (report: VoiceReport) => void;
  readonly after: (ms: number, work: () => void) => () => void;
}

/** What flows hear and say; `took` is asked first about what the media engine reports. */
export interface FlowSounds {
  readonly voice: FlowVoice;
  readonly took: (report: MediaReport) => boolean;
}

/** What became of a file. */
type Written = Pick<Extract<VoiceReport, { kind: 'flowRecorded' }>, 'why' | 'ms'>;
type PlayEnd = 'end' | 'stopped' | 'failed';

/** Names that no order of the engine has: those begin with a tenant's number. */
const PREFIX = 'flow/';
const FAILED: Written = { why: 'failed', ms: 0 };

export function createFlowVoice({ media, stored, toRecord, report, after }: FlowVoiceDependencies): FlowSounds {
  const plays = new Map<string, (why: PlayEnd) => void>();
  const recordings = new Map<string, (ended: Written) => void>();
  let names = 0;
  const newName = (): string => {
    names += 1;
    return `${PREFIX}${names}`;
  };

  const play = (leg: VoiceLeg, sound: Parameters<FlowVoice['play']>[1]): Ongoing<PlayEnd> => {
    const name = newName();
    const { promise: ended, resolve } = Promise.withResolvers<PlayEnd>();
    const finish = (why: PlayEnd): void => {
      plays.delete(name);
      resolve(why);
    };
    plays.set(name, finish);
    const begin = async (): Promise<void> => {
      const path = 'path' in sound ? sound.path : await stored(sound.key);
      if (!plays.has(name)) return;
      const begun = path === undefined ? undefined : await media.perform({ kind: 'play', play: name, to: { leg }, path });
      if (begun?.ok !== true) finish('failed');
    };
    begin().catch(() => { finish('failed'); });
    return {
      ended,
      stop: () => {
        if (!plays.has(name)) return;
        // What has not begun yet reports nothing.
        finish('stopped');
        void media.perform({ kind: 'stopPlay', play: name });
      },
    };
  };

  const record: FlowVoice['record'] = (leg, { vdnId, call, maxMs }) => {
    const name = newName();
    const { promise: ended, resolve } = Promise.withResolvers<RecordingEnd>();
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      void media.perform({ kind: 'stopRecord', record: name });
    };
    const callOff = after(maxMs, stop);
    let file: string | undefined;
    const finish = ({ why, ms }: Written): void => {
      if (!recordings.delete(name)) return;
      callOff();
      if (file !== undefined) report({ kind: 'flowRecorded', vdnId, file, ms, why });
      resolve(file === undefined || why === 'failed' ? { ok: false } : { ok: true, file, ms });
    };
    recordings.set(name, finish);
    const begin = async (): Promise<void> => {
      const named = await toRecord(vdnId, call);
      // What was stopped before it began must not begin behind that.
      if (isStopped) {
        finish(FAILED);
        return;
      }
      ({ file } = named);
      report({ kind: 'flowRecording', vdnId, call, file });
      const begun = await media.perform({ kind: 'record', record: name, of: { leg }, path: named.path, append: false });
      if (!begun.ok) finish(FAILED);
    };
    begin().catch(() => { finish(FAILED); });
    return { ended, stop };
  };

  return {
    voice: { play, record },
    took: (told) => {
      if (told.kind === 'playEnded' && told.play.startsWith(PREFIX)) {
        plays.get(told.play)?.(told.why);
        return true;
      }
      if (told.kind !== 'recorded' || !told.record.startsWith(PREFIX)) return false;
      recordings.get(told.record)?.(told);
      return true;
    },
  };
}
