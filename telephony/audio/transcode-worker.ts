import { parentPort } from 'node:worker_threads';
import type { AudioRefusal } from './audio-refusals.ts';
import { toTelephoneAudio, type AudioFileType, type AudioLimits, type TelephoneAudio } from './telephone-audio.ts';

/** What the transcoder asks of a worker; one job at a time. */
export type TranscodeRequest = {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly type: AudioFileType;
  readonly limits: AudioLimits;
};

/** What the worker answers. A fault in it is not answered: it ends the worker, and the transcoder sees that. */
export type TranscodeResponse = TelephoneAudio | AudioRefusal;

parentPort?.on('message', (request: TranscodeRequest) => {
  void answer(request);
});

async function answer({ file, type, limits }: TranscodeRequest): Promise<void> {
  const result: TranscodeResponse = await toTelephoneAudio(file, type, limits);
  parentPort?.postMessage(result, result.ok ? [result.alaw.buffer] : []);
}
