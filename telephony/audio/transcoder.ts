import { Worker } from 'node:worker_threads';
import { refuseAudio, type AudioRefusalReason } from './audio-refusals.ts';
import type { AudioFileType, AudioLimits } from './telephone-audio.ts';
import type { TranscodeRequest, TranscodeResponse } from './transcode-worker.ts';

export type TranscoderOptions = {
  /** Files transcoded at the same time. */
  readonly threads?: number;
  /** From `transcode` to its answer, the wait for a free worker included. */
  readonly deadlineMs?: number;
  /** Files that may wait for a free worker; each holds its bytes in memory. */
  readonly maxWaiting?: number;
  /** Told why a worker broke down. */
  readonly onWorkerFault?: (fault: unknown) => void;
  /** The script of the workers; another than ours only in tests. */
  readonly workerScript?: URL;
};

export type TranscodeOptions = { readonly limits?: AudioLimits; readonly deadlineMs?: number };

export type Transcoder = {
  readonly transcode: (file: Uint8Array, type: AudioFileType, options?: TranscodeOptions) => Promise<TranscodeResponse>;
  /** Refuses what waits or runs, and ends the workers. */
  readonly close: () => Promise<void>;
};

type Job = {
  readonly request: TranscodeRequest;
  readonly settle: (response: TranscodeResponse) => void;
};

type Seat = { worker?: Worker; job?: Job };

const defaultDeadlineMs = 60_000;
const defaultMaxWaiting = 16;

/** Transcodes in worker threads, which start when first needed, so that an upload never holds the event loop up. */
export function createTranscoder(options: TranscoderOptions = {}): Transcoder {
  const { threads = 1, deadlineMs = defaultDeadlineMs, maxWaiting = defaultMaxWaiting } = options;
  const workerScript = options.workerScript ?? new URL('./transcode-worker.ts', import.meta.url);
  const seats: Seat[] = Array.from({ length: Math.max(1, threads) }, () => ({}));
  const waiting: Job[] = [];
  const ending = new Set<Promise<unknown>>();
  let closed = false;

  const startWorker = (seat: Seat): Worker => {
    const worker = new Worker(workerScript, { name: 'transcoder' });
    worker.on('message', (response: TranscodeResponse) => {
      if (seat.worker === worker) finish(seat, response);
    });
    worker.on('error', (fault) => options.onWorkerFault?.(fault));
    worker.on('exit', () => {
      if (seat.worker !== worker) return;
      delete seat.worker;
      finish(seat, refuseAudio('transcoder-crashed'));
    });
    seat.worker = worker;
    return worker;
  };

  const stopWorker = (seat: Seat): void => {
    const { worker } = seat;
    if (worker === undefined) return;
    delete seat.worker;
    const ended = worker.terminate().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  const run = (seat: Seat, job: Job): void => {
    seat.job = job;
    const worker = seat.worker ?? startWorker(seat);
    worker.ref();
    worker.postMessage(job.request, [job.request.file.buffer]);
  };

  const finish = (seat: Seat, response: TranscodeResponse): void => {
    const { job } = seat;
    delete seat.job;
    // An idle worker keeps no process alive.
    seat.worker?.unref();
    job?.settle(response);
    const next = waiting.shift();
    if (next !== undefined) run(seat, next);
  };

  const expire = (job: Job): void => {
    const seat = seats.find((candidate) => candidate.job === job);
    if (seat === undefined) {
      waiting.splice(waiting.indexOf(job), 1);
      job.settle(refuseAudio('transcoder-busy'));
    } else {
      // There is no other way to stop what it is doing.
      stopWorker(seat);
      finish(seat, refuseAudio('transcoder-overdue'));
    }
  };

  return {
    transcode: (file, type, { limits = {}, deadlineMs: ownDeadlineMs = deadlineMs } = {}) => {
      const seat = seats.find((candidate) => candidate.job === undefined);
      const refusal = refusalOf(closed, seat === undefined && waiting.length >= maxWaiting);
      if (refusal !== undefined) return Promise.resolve(refuseAudio(refusal));
      return new Promise((resolve) => {
        const timer = setTimeout(() => expire(job), ownDeadlineMs);
        const job: Job = {
          // A copy of our own can be handed over to the worker; the caller's bytes stay the caller's.
          request: { file: new Uint8Array(file), type, limits },
          settle: (response) => {
            clearTimeout(timer);
            resolve(response);
          },
        };
        if (seat === undefined) waiting.push(job);
        else run(seat, job);
      });
    },
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.settle(refuseAudio('transcoder-closed'));
      for (const seat of seats) {
        stopWorker(seat);
        finish(seat, refuseAudio('transcoder-closed'));
      }
      await Promise.all(ending);
    },
  };
}

function refusalOf(closed: boolean, full: boolean): AudioRefusalReason | undefined {
  return closed ? 'transcoder-closed' : full ? 'transcoder-busy' : undefined;
}
