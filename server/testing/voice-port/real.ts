import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeAlaw } from '../../../telephony/audio/g711.ts';
import { readWav, writeWav } from '../../../telephony/audio/wav.ts';
import { toInt16 } from '../../../telephony/audio/sound.ts';
import { createTestPhones, toneOf, tonesIn, type TestPhone, type TestPhones } from '../../../telephony/testing/phones.ts';
import { openTelephony, type Telephony, type TelephonyOptions } from '../../adapters/voice/telephony.ts';
import type { MakeFlows } from '../../adapters/voice/voice.ts';
import type { FlowOutcome } from '../../engine/voice.ts';
import type { Callee, FarEnd, VoiceWorld } from './world.ts';

const PASSWORD = 'secret-of-a-phone';
const MUSIC_HERTZ = 3300;
const FIRST_HERTZ = 350;
const STEP_HERTZ = 150;
/** Tones at hand for parties and files. */
const TONES = 18;
const RATE = 8000;
const LOCALHOST = '127.0.0.1';
/** Worlds of tests that run at once must not take each other's ports; those that were used long ago come again. */
const [FIRST_PORT, LAST_PORT] = [21_000, 61_000];
let ports = FIRST_PORT + (process.pid % 40) * 400;

const wave = (hertz: number, ms: number): Uint8Array => {
  const samples = new Int16Array((RATE * ms) / 1000);
  toneOf(hertz)(samples);
  return writeWav(encodeAlaw(samples));
};

/** Scripted flows: after a time there is an outcome. */
function scriptedFlows(): { readonly make: MakeFlows; readonly script: (code: string, outcome: FlowOutcome, afterMs: number) => void } {
  const scripts = new Map<string, { readonly outcome: FlowOutcome; readonly afterMs: number }>();
  return {
    script: (code, outcome, afterMs) => { scripts.set(code, { outcome, afterMs }); },
    make: ({ onOutcome }) => {
      const running = new Map<string, NodeJS.Timeout>();
      return {
        begin: ({ leg, flow }) => {
          const script = scripts.get(flow);
          if (script === undefined) return Promise.resolve('noFlow');
          running.set(leg, setTimeout(() => { onOutcome(leg, script.outcome); }, script.afterMs));
          return Promise.resolve('begun');
        },
        key: () => undefined,
        end: (leg) => {
          clearTimeout(running.get(leg));
          running.delete(leg);
        },
      };
    },
  };
}

/** Real SIP and RTP on the loopback as a world for the suite of the voice port: telephones that are real, too, and heard by their tones. */
export async function createRealWorld({ makeMedia }: Pick<TelephonyOptions, 'makeMedia'> = {}): Promise<VoiceWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-voice-'));
  const music = join(folder, 'music.wav');
  writeFileSync(music, wave(MUSIC_HERTZ, 2000));
  const names = new Map<number, string>([[MUSIC_HERTZ, 'music']]);
  const free = Array.from({ length: TONES }, (_, index) => FIRST_HERTZ + index * STEP_HERTZ);
  const flows = scriptedFlows();
  const passwords = new Map<string, string>();
  const first = ports;
  ports = ports + 800 > LAST_PORT ? FIRST_PORT : ports + 400;
  let numbers = 0;

  const telephony: Telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }, { kind: 'TCP', address: LOCALHOST, port: 0 }],
    advertised: LOCALHOST, realm: LOCALHOST, threads: 2, trunks: [], makeFlows: flows.make, ...(makeMedia === undefined ? {} : { makeMedia }), trusted: ['127.0.0.0/8'],
    media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: first, to: first + 199 }, codecs: ['PCMA', 'PCMU', 'G722'], music, silentMs: 30_000 },
    secretsOf: (number) => Promise.resolve([passwords.get(number) ?? []].flat()),
    isPhone: (number) => Promise.resolve(number.startsWith('8')),
    files: {
      toPlay: (file) => Promise.resolve(file === 'missing.wav' ? undefined : join(folder, file)),
      toRecord: (file) => Promise.resolve(join(folder, file)),
      stored: (key) => Promise.resolve(join(folder, key)),
      toRecordOf: (vdnId, call) => Promise.resolve({ file: `${vdnId}-${call}.wav`, path: join(folder, `${vdnId}-${call}.wav`) }),
    },
    onFault: (message, details) => { if (process.env['PARLEY_TEST_LOG'] !== undefined) console.error(message, details); },
  });
  const [listening] = telephony.transports.listening;
  if (listening === undefined) throw new Error('there is no socket');
  const phones: TestPhones = await createTestPhones(listening.place, { from: first + 200, to: first + 399 });
  const trunk = { name: 'carrier', peers: [{ host: LOCALHOST, port: phones.place.port, kind: 'UDP' as const }], networks: [`${LOCALHOST}/32`], healthMs: 0 };
  telephony.trunks.configure([trunk]);

  const takeTone = (): number => {
    const hertz = free.shift();
    if (hertz === undefined) throw new Error('there are no tones left');
    return hertz;
  };

  const heardBy = (phone: TestPhone): Readonly<Record<string, number>> => {
    const levels = phone.hears([...names.keys()]);
    return Object.fromEntries(Object.entries(levels).map(([hertz, level]) => [names.get(Number(hertz)) ?? hertz, level]));
  };

  const farEndOf = (phone: TestPhone): FarEnd => ({
    number: phone.number,
    sound: () => phone.number,
    state: phone.state,
    hears: () => Promise.resolve(Object.keys(heardBy(phone))),
    loudnessOf: (sound) => Promise.resolve(Math.round((heardBy(phone)[sound] ?? 0) * 10) / 10),
    sees: phone.sees,
    closeCamera: async () => { await phone.closeCamera(); },
    press: phone.press,
    keysSent: phone.keysSent,
    hangUp: () => Promise.resolve(phone.hangUp()),
  });

  const newPhone = (number: string): TestPhone => {
    const hertz = takeTone();
    names.set(hertz, number);
    return phones.phone(number, hertz);
  };

  return {
    port: telephony.port,
    music: 'music',
    missingFile: 'missing.wav',
    callee: async (kind, manner = 'waits') => {
      numbers += 1;
      const number = kind === 'phone' ? String(80_000 + numbers) : String(13_700_000_000 + numbers);
      const phone = newPhone(number);
      phone.manner = manner === 'busy' ? 'busy' : 'waits';
      phone.isLinked = manner === 'linked';
      phone.hasCamera = manner === 'camera';
      if (kind === 'phone') {
        passwords.set(number, PASSWORD);
        const status = await phone.register(PASSWORD);
        if (status !== 200) throw new Error(`the phone could not register: ${status}`);
      }
      const callee: Callee = {
        ...farEndOf(phone), dialled: { kind, number }, answer: phone.answer, reject: () => Promise.resolve(phone.reject()), shows: phone.shows, timesRung: phone.timesRung,
      };
      return callee;
    },
    nobody: (kind) => Promise.resolve({ kind, number: kind === 'phone' ? '89999' : '13799999999' }),
    callIn: async (from, to, manner) => {
      const phone = newPhone(from);
      phone.hasCamera = manner === 'camera';
      await phone.call(to);
      return farEndOf(phone);
    },
    file: (ms) => {
      const hertz = takeTone();
      const name = `file-${hertz}.wav`;
      names.set(hertz, name);
      writeFileSync(join(folder, name), wave(hertz, ms));
      return Promise.resolve(name);
    },
    flow: (outcome, afterMs = 0) => {
      numbers += 1;
      flows.script(`flow-${numbers}`, outcome, afterMs);
      return Promise.resolve(`flow-${numbers}`);
    },
    recorded: async (file) => {
      const sound = readWav(await readFile(join(folder, file)));
      if (!sound.ok) throw new Error(`the recording cannot be read: ${sound.reason}`);
      return sound.channels.map((channel) => {
        const found = new Set<string>();
        const samples = toInt16(channel);
        // Piece by piece, as who was there for a short while is soft in the whole.
        for (let from = 0; from + RATE / 10 <= samples.length; from += RATE / 10) {
          for (const hertz of Object.keys(tonesIn(samples.subarray(from, from + RATE / 10), [...names.keys()]))) found.add(names.get(Number(hertz)) ?? hertz);
        }
        return [...found];
      });
    },
    pass: (ms) => pause(ms),
    close: async () => {
      await phones.stop();
      await telephony.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
