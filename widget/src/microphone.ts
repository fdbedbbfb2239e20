import type { Ending } from './call-state.ts';
import type { Microphone } from './caller.ts';

const MISSING: ReadonlySet<string> = new Set(['NotFoundError', 'NotReadableError', 'OverconstrainedError', 'AbortError']);

export async function openMicrophone(): Promise<{ readonly ok: true; readonly microphone: Microphone<MediaStream> } | { readonly ok: false; readonly why: Ending }> {
  // Browsers hide it from pages that are not over HTTPS, nor on this machine.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return { ok: false, why: 'microphoneInsecure' };
  try {
    const stream = await devices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    return { ok: true, microphone: { stream, close: () => { for (const track of stream.getTracks()) track.stop(); } } };
  } catch (error) {
    return { ok: false, why: error instanceof DOMException && MISSING.has(error.name) ? 'microphoneMissing' : 'microphoneDenied' };
  }
}
