import { useSyncExternalStore } from 'react';

/* The microphone, and what is heard by: chosen once for a browser. */

export type DeviceUse = 'microphone' | 'speaker' | 'ringer';

/** Why there is no microphone, or that there is one. */
export type MicrophoneState = 'unasked' | 'asked' | 'there' | 'refused' | 'missing' | 'insecure' | 'failed';

export interface Devices {
  readonly microphone: MicrophoneState;
  readonly stream: MediaStream | undefined;
  readonly known: readonly { readonly id: string; readonly kind: 'audioinput' | 'audiooutput'; readonly label: string }[];
  readonly chosen: Readonly<Record<DeviceUse, string>>;
}

const STORED = 'parley.devices';
export const DEFAULT_DEVICE = 'default';
const NOTHING_CHOSEN: Devices['chosen'] = { microphone: DEFAULT_DEVICE, speaker: DEFAULT_DEVICE, ringer: DEFAULT_DEVICE };

function remembered(): Devices['chosen'] {
  try {
    return { ...NOTHING_CHOSEN, ...JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Devices['chosen']> };
  } catch {
    // What another version has stored is worth nothing.
    return NOTHING_CHOSEN;
  }
}

let devices: Devices = { microphone: 'unasked', stream: undefined, known: [], chosen: remembered() };
const listeners = new Set<() => void>();

function set(changes: Partial<Devices>): void {
  devices = { ...devices, ...changes };
  for (const listener of listeners) listener();
}

export const devicesNow = (): Devices => devices;
export const onDevicesChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};
export const useDevices = (): Devices => useSyncExternalStore(onDevicesChange, devicesNow);

async function list(): Promise<void> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const known = all.flatMap(({ deviceId: id, kind, label }) => (id !== '' && id !== DEFAULT_DEVICE && (kind === 'audioinput' || kind === 'audiooutput') ? [{ id, kind, label }] : []));
  set({ known });
}

const REASONS: Readonly<Record<string, MicrophoneState>> = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'missing', OverconstrainedError: 'missing' };

/** Asks for the microphone, or for another one; an ill-fitting choice is forgotten. */
export async function openMicrophone(): Promise<void> {
  // Browsers hide it from pages that are not served safely.
  if (!('mediaDevices' in navigator)) return set({ microphone: 'insecure' });
  if (devices.microphone !== 'there') set({ microphone: 'asked' });
  const { chosen: { microphone: id } } = devices;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...(id === DEFAULT_DEVICE ? {} : { deviceId: { ideal: id } }), echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    closeMicrophone();
    // Pulled out: the browser's own is better than none.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => { if (devices.stream === stream) void choose('microphone', DEFAULT_DEVICE); });
    set({ microphone: 'there', stream });
    await list();
  } catch (error) {
    closeMicrophone();
    set({ microphone: (error instanceof DOMException ? REASONS[error.name] : undefined) ?? 'failed' });
  }
}

export function closeMicrophone(): void {
  const { stream } = devices;
  set({ stream: undefined, microphone: 'unasked' });
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export async function choose(use: DeviceUse, id: string): Promise<void> {
  const chosen = { ...devices.chosen, [use]: id };
  localStorage.setItem(STORED, JSON.stringify(chosen));
  set({ chosen });
  if (use === 'microphone' && devices.stream !== undefined) await openMicrophone();
}

if ('mediaDevices' in navigator) navigator.mediaDevices.addEventListener('devicechange', () => { if (devices.microphone === 'there') void list(); });

/** Not in every browser. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Lets an element be heard by the device chosen for it; where that is gone, by the browser's own. */
export async function hearBy(element: HTMLAudioElement, use: 'speaker' | 'ringer'): Promise<void> {
  if (!canChooseSpeaker()) return;
  const id = devices.chosen[use];
  await element.setSinkId(id === DEFAULT_DEVICE ? '' : id).catch(() => element.setSinkId('').catch(() => undefined));
}

/** Tells how loud the microphone is, from 0 to 1, some ten times a second. */
export function followLevel(stream: MediaStream, listener: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const rms = Math.hypot(...samples) / Math.sqrt(samples.length);
    // A quiet room is about -60 dB, speech -30 to -10.
    listener(Math.min(1, Math.max(0, 1 + Math.log10(rms + 1e-6) * 20 / 60)));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
