import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { openWav } from '@parley/telephony/audio/wav.ts';
import { MAX_SPOKEN, type Speech, type SpeechManner, type Spoken } from '../../engine/speech.ts';

export interface SpeechUnderTest {
  readonly speech: Speech;
  /** How many texts the engine was given so far. */
  readonly made: () => number;
}

const ENGLISH: SpeechManner = { language: 'en_US' };

function fileOf(spoken: Spoken): string {
  assert.ok(spoken.ok, JSON.stringify(spoken));
  return spoken.file;
}

async function secondsOf(spoken: Spoken): Promise<number> {
  const wav = openWav(await readFile(fileOf(spoken)));
  assert.ok(wav.ok);
  assert.deepEqual([wav.sampleRate, wav.channelCount, wav.encoding], [8000, 1, 'alaw']);
  const loudest = wav.read(0, wav.frameCount)[0]?.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) ?? 0;
  assert.ok(loudest > 0.05, `it is to be heard, not ${loudest}`);
  return wav.frameCount / 8000;
}

/** Every implementation of speech passes these. */
export function describeSpeech(name: string, create: () => Promise<SpeechUnderTest>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    test('a text is heard as a WAV of 8 kHz, and a longer one takes longer', async () => {
      const { speech } = await create();
      const [short, long] = [await secondsOf(await speech.say('Hello.', ENGLISH)), await secondsOf(await speech.say('Hello, and welcome to the service of our company.', ENGLISH))];
      assert.ok(short > 0.1 && long > short * 1.5, `${short} s and ${long} s`);
    });

    test('what is spoken faster is shorter', async () => {
      const { speech } = await create();
      const text = 'Your call is important to us, please wait.';
      const [slow, fast] = [await secondsOf(await speech.say(text, { ...ENGLISH, rate: 60 })), await secondsOf(await speech.say(text, { ...ENGLISH, rate: 180 }))];
      assert.ok(fast < slow * 0.8, `${slow} s and ${fast} s`);
    });

    test('only the owner can read the file', async () => {
      const { speech } = await create();
      assert.equal(((await stat(fileOf(await speech.say('Secret.', ENGLISH)))).mode & 0o777).toString(8), '600');
    });

    test('the same text is spoken once, also when it is asked for at the same time', async () => {
      const { speech, made } = await create();
      const files = (await Promise.all(Array.from({ length: 5 }, () => speech.say('Once.', ENGLISH)))).map(fileOf);
      files.push(fileOf(await speech.say('  Once.\n', ENGLISH)));
      assert.deepEqual([new Set(files).size, made()], [1, 1]);
      fileOf(await speech.say('Once.', { ...ENGLISH, rate: 120 }));
      assert.equal(made(), 2, 'faster is something else');
    });

    test('many texts at a time are all spoken', async () => {
      const { speech } = await create();
      const files = await Promise.all(Array.from({ length: 12 }, (_, index) => speech.say(`Number ${index}.`, ENGLISH)));
      assert.equal(new Set(files.map(fileOf)).size, 12);
    });

    test('signs of any kind are text', async () => {
      const { speech } = await create();
      const spoken = await speech.say('-w /tmp/x "; $(reboot) `id` \0 & 5 < 6 \u001b[0m ü 你好 [[x]] <speak>', ENGLISH);
      assert.ok(await secondsOf(spoken) > 0.5);
    });

    test('nothing and too much are refused', async () => {
      const { speech, made } = await create();
      for (const text of ['', ' \n\t', '\0', 'x'.repeat(MAX_SPOKEN + 1)]) {
        const spoken = await speech.say(text, ENGLISH);
        assert.equal(!spoken.ok && spoken.why, 'badText');
      }
      assert.equal(made(), 0);
    });

    test('what is no language is refused', async () => {
      const { speech } = await create();
      for (const language of ['', 'English', '../x', '-en', 'xx\0', 'e']) {
        const spoken = await speech.say('Hello', { language });
        assert.equal(!spoken.ok && spoken.why, 'unknownLanguage', language);
      }
    });
  });
}
