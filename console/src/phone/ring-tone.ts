import { hearBy } from './devices.ts';

/* A ring without a file: two tones, a second on and two off; and a short one where nobody needs to do anything. */

const TONES = [440, 554] as const;
const VOLUME = 0.12;
const RING = { onSeconds: 1, everyMs: 3000 } as const;
const CHIRP_SECONDS = 0.25;

interface Bell {
  readonly context: AudioContext;
  readonly out: MediaStreamAudioDestinationNode;
  readonly element: HTMLAudioElement;
}

let bell: Bell | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

function openBell(): Bell {
  if (bell !== undefined) return bell;
  const context = new AudioContext();
  const out = new MediaStreamAudioDestinationNode(context);
  const element = new Audio();
  element.srcObject = out.stream;
  bell = { context, out, element };
  return bell;
}

function sound(seconds: number): void {
  const { context, out } = openBell();
  void context.resume();
  const gain = new GainNode(context, { gain: 0 });
  gain.connect(out);
  const from = context.currentTime;
  gain.gain.setTargetAtTime(VOLUME, from, 0.01);
  gain.gain.setTargetAtTime(0, from + seconds, 0.05);
  for (const frequency of TONES) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(from);
    tone.stop(from + seconds + 0.3);
  }
}

async function open(): Promise<void> {
  const { element } = openBell();
  await hearBy(element, 'ringer');
  // A browser that lets no page sound by itself is one in which the call is seen.
  await element.play().catch(() => undefined);
}

async function openAndRing(): Promise<void> {
  await open();
  if (timer !== undefined) sound(RING.onSeconds);
}

export function startRinging(): void {
  if (timer !== undefined) return;
  timer = setInterval(() => { sound(RING.onSeconds); }, RING.everyMs);
  void openAndRing();
}

export function stopRinging(): void {
  clearInterval(timer);
  timer = undefined;
}

/** To try the device that is chosen, and for calls that are answered by themselves. */
export async function chirp(): Promise<void> {
  await open();
  sound(CHIRP_SECONDS);
}

