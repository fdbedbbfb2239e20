import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { MediaReport } from '../../../telephony/media/order.ts';
import type { FlowVoice, Ongoing, RecordingEnd } from '../../engine/flow-runner.ts';
import type { Media } from './legs.ts';

export interface FlowVoiceDependencies {
  readonly media: Pick<Media, 'perform'>;
  /** Where a file of the file store lies on this machine. */
  readonly stored: (key: string) => Promise<string | undefined>;
  /** Where what a caller of a tenant's says is written to; `file` is what it is called elsewhere. */
  readonly toRecord: (vdnId: number, call: string) => Promise<{ readonly file: string; readonly path: string }>;
  readonly after: (ms: number, work: () => void) => () => void;
}

/** What flows hear and say; `took` is asked first about what the media engine reports. */
export interface FlowSounds {
  readonly voice: FlowVoice;
  readonly took: (report: MediaReport) => boolean;
}

type PlayEnd = 'end' | 'stopped' | 'failed';

/** Names that no order of the engine has: those begin with a tenant's number. */
const PREFIX = 'flow/';

export function createFlowVoice({ media, stored, toRecord, after }: FlowVoiceDependencies): FlowSounds {
  const plays = new Map<string, (why: PlayEnd) => void>();
  const recordings = new Map<string, (end: RecordingEnd) => void>();
  const files = new Map<string, string>();
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
    const finish = (end: RecordingEnd): void => {
      callOff();
      recordings.delete(name);
      files.delete(name);
      resolve(end);
    };
    recordings.set(name, finish);
    const begin = async (): Promise<void> => {
      const { file, path } = await toRecord(vdnId, call);
      // What was stopped before it began must not begin behind that.
      if (isStopped) {
        finish({ ok: false });
        return;
      }
      files.set(name, file);
      const begun = await media.perform({ kind: 'record', record: name, of: { leg }, path, append: false });
      if (!begun.ok) finish({ ok: false });
    };
    begin().catch(() => { finish({ ok: false }); });
    return { ended, stop };
  };

  return {
    voice: { play, record },
    took: (report) => {
      if (report.kind === 'playEnded' && report.play.startsWith(PREFIX)) {
        plays.get(report.play)?.(report.why);
        return true;
      }
      if (report.kind !== 'recorded' || !report.record.startsWith(PREFIX)) return false;
      const file = files.get(report.record) ?? '';
      recordings.get(report.record)?.(report.why === 'failed' ? { ok: false } : { ok: true, file, ms: report.ms });
      return true;
    },
  };
}
