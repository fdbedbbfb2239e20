import assert from 'node:assert/strict';
import { recordFileDownloadEx, voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { until } from '../../server/testing/until.ts';
import { toInt16, type Sound } from '../../telephony/audio/sound.ts';
import { readWav } from '../../telephony/audio/wav.ts';
import { tonesIn } from '../../telephony/testing/phones.ts';
import type { Agent } from './cast.ts';
import type { Desk } from './desk.ts';
import type { Ear } from './ear.ts';

/** A second and a half. */
const LONG_ENOUGH_PACKETS = 75;
const RECORDED_MS = 20_000;
/** As loud as a tone that has just come through, in samples of 16 bits. */
const AUDIBLE = 300;
const RATE = 8000;
const LOOK_SAMPLES = RATE / 5;
/** On one channel each side has half of it; what is softer is left from a moment at which somebody comes or goes. */
const CLEARLY = 0.25;
/** Of the looks at a file: where packets have been late there are holes in it. */
const MOST = 0.6;

/** Waits until an agent has heard, and said, enough: what comes while a machine that is kept busy has nothing to say does not count. */
export async function talksOn({ ear }: Pick<Agent, 'ear'>): Promise<void> {
  let [seen, heard] = [ear.packets(), 0];
  await until(() => {
    const now = ear.packets();
    if (ear.loudness() > AUDIBLE) heard += now - seen;
    seen = now;
    return heard > LONG_ENOUGH_PACKETS;
  }, 'there is something to be recorded', RECORDED_MS);
}

/** An agent has some of the talk recorded; answers the path of the recording. */
export async function recordTalk(agent: Agent): Promise<string> {
  await agent.desk.does(voiceRecordStart, { mediaType: 5 });
  const { fileName } = await agent.desk.next('AgentMediaEvent_Record');
  await talksOn(agent);
  await agent.desk.does(voiceRecordStop);
  await agent.desk.next('AgentMediaEvent_StopRecordDone');
  return fileName;
}

/** What was recorded of a call at an agent's, each side by itself. */
export const downloadTalk = (inspector: Desk, callId: string, { workNo }: Pick<Desk, 'workNo'>): Promise<Uint8Array> =>
  inspector.downloads(recordFileDownloadEx, { callId, workNo: String(workNo) });

type Saying = Pick<Ear, 'hertz'>;

function read(file: Uint8Array): Sound {
  const sound = readWav(file);
  assert.ok(sound.ok, sound.ok ? '' : sound.reason);
  return sound;
}

/** How long a WAV file is. */
export function msOf(file: Uint8Array): number {
  const { channels: [channel], sampleRate } = read(file);
  return ((channel?.length ?? 0) * 1000) / sampleRate;
}

/** Checks who is heard on each channel of a WAV file, most of the time, and that none of the others who take part ever is. */
export function assertHolds(file: Uint8Array, channels: readonly (readonly Saying[])[], all: readonly Saying[]): void {
  const sound = read(file);
  assert.deepEqual([sound.sampleRate, sound.channels.length], [RATE, channels.length]);
  const tones = all.map(({ hertz }) => hertz);
  for (const [index, heard] of channels.entries()) {
    const samples = toInt16(sound.channels[index] ?? new Float32Array(0));
    const looks = Array.from({ length: Math.floor(samples.length / LOOK_SAMPLES) }, (_, look) => tonesIn(samples.subarray(look * LOOK_SAMPLES, (look + 1) * LOOK_SAMPLES), tones));
    // A machine that is kept busy leaves gaps, in which a browser sends nothing; what is not silent tells who is heard.
    const sounding = heard.length === 0 ? looks : looks.filter((look) => tones.some((hertz) => (look[hertz] ?? 0) > CLEARLY));
    assert.ok(sounding.length > 2, `${samples.length} samples with ${sounding.length} looks of sound are not enough`);
    for (const hertz of tones) {
      const share = sounding.filter(({ [hertz]: level = 0 }) => level > CLEARLY).length / sounding.length;
      const isOn = heard.some((one) => one.hertz === hertz);
      assert.ok(isOn ? share > MOST : share === 0, `${hertz} Hz is ${isOn ? '' : 'not '}to be on channel ${index}, and is in ${share} of it: ${JSON.stringify(looks)}`);
    }
  }
}
