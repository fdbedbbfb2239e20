import { busy, ringsForever, unreachable, type Party } from '../../../sim/parties.ts';
import { virtualSchedule } from '../../../sim/schedule.ts';
import { MUSIC } from '../../../sim/sounds.ts';
import { createSimulatedVoice } from '../../../sim/voice.ts';
import type { Callee, FarEnd, VoiceWorld } from './world.ts';

/** What is done at the other end is done at once, and what follows is seen when time passes. */
const now = (act: () => void): Promise<void> => Promise.resolve(act());

const farEndOf = (number: string, party: Party): FarEnd => ({
  number,
  sound: () => party.leg() ?? '',
  state: party.state,
  hears: () => Promise.resolve(party.hears()),
  loudnessOf: (sound) => Promise.resolve(party.loudnessOf(sound)),
  sees: () => [party.sees() ?? []].flat(),
  closeCamera: () => now(party.closeCamera),
  press: (digits) => now(() => { party.press(digits); }),
  keysSent: party.keysSent,
  hangUp: () => now(party.hangUp),
});

/** The simulator as a world for the suite of the voice port, in virtual time. */
export function createSimulatedWorld(): Promise<VoiceWorld> {
  const schedule = virtualSchedule(Date.UTC(2026, 0, 5, 9, 0, 0));
  const voice = createSimulatedVoice({ schedule });
  let given = 0;
  const newNumber = (): string => String(80_000 + ++given);
  voice.file('missing.wav', 'missing');

  return Promise.resolve({
    port: voice,
    callee: (kind, manner = 'waits') => {
      const number = newNumber();
      const phone = voice.phone(number).behaves(manner === 'busy' ? busy : ringsForever);
      if (manner === 'linked') phone.isLinked();
      if (manner === 'camera') phone.hasCamera();
      const callee: Callee = {
        ...farEndOf(number, phone), dialled: { kind, number }, answer: () => now(phone.answer), reject: () => now(phone.reject), shows: phone.shows,
        timesRung: phone.timesRung,
      };
      return Promise.resolve(callee);
    },
    nobody: (kind) => Promise.resolve({ kind, number: voice.phone(newNumber()).behaves(unreachable).number }),
    callIn: (from, to, manner) => Promise.resolve(farEndOf(from, voice.callIn({ from, to, camera: manner === 'camera' }))),
    music: MUSIC,
    file: (ms) => {
      const name = `file-${++given}.wav`;
      voice.file(name, ms);
      return Promise.resolve(name);
    },
    missingFile: 'missing.wav',
    flow: (outcome, afterMs = 0) => {
      const code = `flow-${++given}`;
      voice.flow(code, outcome, afterMs);
      return Promise.resolve(code);
    },
    recorded: (file) => Promise.resolve(voice.recorded(file) ?? []),
    pass: schedule.advance,
    close: () => Promise.resolve(),
  });
}
