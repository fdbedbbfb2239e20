import { describe, test } from 'node:test';
import type { VoiceCase } from './voice-port/case.ts';
import { imageCases } from './voice-port/images.ts';
import { legCases } from './voice-port/legs.ts';
import { pickUpCases } from './voice-port/pick-up.ts';
import { pictureCases } from './voice-port/pictures.ts';
import { recordingCases } from './voice-port/recordings.ts';
import { roomCases } from './voice-port/rooms.ts';
import { soundCases } from './voice-port/sounds.ts';
import { createStage } from './voice-port/stage.ts';
import type { MakeVoiceWorld } from './voice-port/world.ts';

export const voiceCases: readonly VoiceCase[] = [...legCases, ...pickUpCases, ...pictureCases, ...imageCases, ...roomCases, ...soundCases, ...recordingCases];

/** Runs a case in a world of its own. At its end every leg is dropped, and the rules that hold for all cases are checked. */
export async function runVoiceCase({ run }: VoiceCase, makeWorld: MakeVoiceWorld): Promise<void> {
  const world = await makeWorld();
  try {
    const stage = createStage(world);
    await run(stage);
    await stage.windUp();
  } finally {
    await world.close();
  }
}

/** What every voice port must do (server/engine/voice.ts), whatever is behind it. */
export function describeVoicePort(name: string, makeWorld: MakeVoiceWorld, atOnce = 1): void {
  describe(`the voice port: ${name}`, { concurrency: atOnce }, () => {
    for (const voiceCase of voiceCases) test(voiceCase.name, () => runVoiceCase(voiceCase, makeWorld));
  });
}
