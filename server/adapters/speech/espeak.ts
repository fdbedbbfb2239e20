import { createPlaces } from './places.ts';
import { run } from './program.ts';
import { failed, type Synthesizer } from './synthesizer.ts';

export interface EspeakOptions {
  readonly program?: string;
  /** How many processes may speak at a time. */
  readonly processes?: number;
  readonly maxWaiting?: number;
  readonly deadlineMs?: number;
}

const WORDS_A_MINUTE = 175;
/** Two minutes of speech at 22 kHz and 16 bits are about 5 MB; the slowest voice at half speed takes longer. */
const MAX_BYTES = 40 * 1024 * 1024;
const VOICE = /^[A-Za-z0-9_+-]{1,50}$/;

/** Languages that espeak-ng knows by names of its own. */
const NAMES: Readonly<Record<string, string>> = { zh: 'cmn', zh_cn: 'cmn', zh_tw: 'cmn', zh_hk: 'yue', no: 'nb' };

/** The language's column of what `--voices` lists. */
const languagesOf = (listed: string): ReadonlySet<string> =>
  new Set(listed.split('\n').slice(1).flatMap((line) => (line.trim() === '' ? [] : [(line.trim().split(/\s+/)[1] ?? '').toLowerCase()])));

/** espeak-ng, one process a text: the text goes in by stdin, no shell is near. */
export function createEspeak({ program = 'espeak-ng', processes = 2, maxWaiting = 100, deadlineMs = 10_000 }: EspeakOptions = {}): Synthesizer {
  const places = createPlaces(processes, maxWaiting);
  const ending = new AbortController();
  let listing: Promise<ReadonlySet<string> | undefined> | undefined;

  const absent = `${program} is not there, so no texts can be spoken. Install it (Debian: apt install espeak-ng), or name a speech service.`;

  /** Undefined where the program is not there: it may be installed later, so it is looked for again. */
  const languages = (): Promise<ReadonlySet<string> | undefined> => {
    listing ??= run({ command: program, arguments: ['--voices'], input: '', deadlineMs, maxOutput: 1024 * 1024, signal: ending.signal }).then((ran) => {
      if (ran.ok) return languagesOf(ran.output.toString('utf8'));
      listing = undefined;
      return undefined;
    });
    return listing;
  };

  const voiceFor = (known: ReadonlySet<string>, language: string): string | undefined => {
    const whole = language.toLowerCase().replace('-', '_');
    const [bare = ''] = whole.split('_');
    return [NAMES[whole], whole.replace('_', '-'), NAMES[bare], bare, `${bare}-${bare}`, `${bare}-us`].find((name) => name !== undefined && known.has(name));
  };

  return {
    name: 'espeak-ng',
    hint: async () => (await languages() === undefined ? absent : undefined),
    close: () => { ending.abort(); },
    synthesize: async ({ text, language, voice, rate }) => {
      if (voice !== undefined && !VOICE.test(voice)) return failed('failed', 'the name of the voice has other signs than letters, digits, +, - and _');
      const known = await languages();
      if (known === undefined) return failed('noSpeech', absent);
      const spoken = voiceFor(known, language);
      if (spoken === undefined) return failed('unknownLanguage', `espeak-ng does not speak ${language}`);
      const speed = Math.round(Math.min(450, Math.max(80, (WORDS_A_MINUTE * rate) / 100)));
      const given = ['-b', '1', '-v', voice === undefined ? spoken : `${spoken}+${voice}`, '-s', String(speed), '--stdin', '--stdout'];
      const running = places.take(() => run({ command: program, arguments: given, input: text, deadlineMs, maxOutput: MAX_BYTES, signal: ending.signal }));
      if (running === undefined) return failed('busy', 'too many texts wait to be spoken');
      const ran = await running;
      if (ran.ok) return { ok: true, wav: ran.output };
      return ran.why === 'absent' ? failed('noSpeech', absent) : failed(ran.why === 'deadline' ? 'timeout' : 'failed', ran.message);
    },
  };
}
