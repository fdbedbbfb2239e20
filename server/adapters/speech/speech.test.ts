import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pino } from 'pino';
import { Overloaded } from '../../engine/lanes.ts';
import { createOutgoing } from '../outgoing/index.ts';
import { describeSpeech } from './contract.ts';
import { createEspeak, createHttpSpeech } from './index.ts';
import { counted, createBench, humming, toneOf } from './speech.fixture.ts';

const bench = createBench();
const servers: Server[] = [];

after(async () => {
  await bench.close();
  for (const server of servers) server.close();
});

const ENGLISH = { language: 'en_US' };
const isInstalled = spawnSync('espeak-ng', ['--version']).status === 0;
const withoutEspeak = isInstalled || process.env['CI'] === 'true' ? false : 'espeak-ng is not installed';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/speak`;
}

const outgoing = createOutgoing({ allowPrivate: ['127.0.0.0/8'], log: pino({ level: 'silent' }) });
const bodyOf = async (request: AsyncIterable<Buffer>): Promise<string> => Buffer.concat(await Array.fromAsync(request)).toString('utf8');

const hums: RequestListener = (request, response) => {
  void (async () => {
    const text = await bodyOf(request);
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(toneOf(text, Number(query.get('rate'))));
  })();
};

describeSpeech('espeak-ng', async () => {
  const engine = counted(createEspeak());
  return { speech: await bench.speech(engine), made: engine.made };
}, withoutEspeak);

describeSpeech('a speech service', async () => {
  const engine = counted(createHttpSpeech({ url: await serve(hums), outgoing }));
  return { speech: await bench.speech(engine), made: engine.made };
});

describe('espeak-ng', () => {
  test('speaks the languages of 5.4.4, by names of its own', { skip: withoutEspeak }, async () => {
    const speech = await bench.speech(createEspeak());
    for (const language of ['zh_CN', 'en_US', 'pt_BR', 'th_TH', 'de', 'fr_FR']) assert.equal((await speech.say('1 2 3', { language })).ok, true, language);
    const klingon = await speech.say('nuqneH', { language: 'tlh_XX' });
    assert.equal(!klingon.ok && klingon.why, 'unknownLanguage');
  });

  test('that is not installed is told at the start, and refuses', async () => {
    const absent = createEspeak({ program: 'espeak-that-nobody-has' });
    const speech = await bench.speech(absent);
    assert.match(await speech.hint() ?? '', /espeak-that-nobody-has is not there.*apt install espeak-ng/);
    const spoken = await speech.say('Hello', ENGLISH);
    assert.equal(!spoken.ok && spoken.why, 'noSpeech');
  });

  /** A program in its place: tells a voice, then does this with the text. */
  const inItsPlace = async (script: string): Promise<string> => {
    const program = join(await bench.folder(), 'speak');
    await writeFile(program, `#!/bin/sh\nif [ "$1" = --voices ]; then printf 'Pty Language\\n 5 en-us x\\n'; exit 0; fi\n${script}\n`);
    await chmod(program, 0o700);
    return program;
  };

  test('is ended when it takes too long', async () => {
    const speech = await bench.speech(createEspeak({ program: await inItsPlace('exec sleep 30'), deadlineMs: 300 }));
    const before = performance.now();
    const spoken = await speech.say('Hello', ENGLISH);
    assert.equal(!spoken.ok && spoken.why, 'timeout');
    assert.ok(performance.now() - before < 10_000);
  });

  test('that fails says why, and is asked again the next time', async () => {
    const engine = counted(createEspeak({ program: await inItsPlace('echo "no voice data" >&2; exit 3') }));
    const speech = await bench.speech(engine);
    for (const times of [1, 2]) {
      const spoken = await speech.say('Hello', ENGLISH);
      assert.match(spoken.ok ? '' : spoken.message, /ended with 3: no voice data/);
      assert.equal(engine.made(), times);
    }
  });

  test('that writes what is no sound is refused', async () => {
    const spoken = await (await bench.speech(createEspeak({ program: await inItsPlace('cat') }))).say('Hello', ENGLISH);
    assert.match(spoken.ok ? '' : spoken.message, /cannot be used/);
  });

  test('runs as few processes at a time as it is told, and lets few wait', async () => {
    const folder = await bench.folder();
    const program = await inItsPlace(`echo x >> ${folder}/began; while [ ! -e ${folder}/go ]; do sleep 0.05; done; exit 3`);
    const speech = await bench.speech(createEspeak({ program, processes: 2, maxWaiting: 3 }));
    await speech.hint();
    const saying = Array.from({ length: 6 }, (_, index) => speech.say(`text ${index}`, ENGLISH));
    const first = await Promise.race(saying);
    assert.equal(!first.ok && first.why, 'busy');
    for (let began = ''; began !== 'x\nx\n';) began = await readFile(join(folder, 'began'), 'utf8').catch(() => '');
    await writeFile(join(folder, 'go'), '');
    const answers = (await Promise.all(saying)).map((spoken) => (spoken.ok ? 'ok' : spoken.why));
    assert.deepEqual([answers.filter((why) => why === 'busy').length, answers.filter((why) => why === 'failed').length], [1, 5]);
  });

  test('gets its text by stdin and nothing else', async () => {
    const folder = await bench.folder();
    const speech = await bench.speech(createEspeak({ program: await inItsPlace(`printf '%s|' "$@" > ${folder}/arguments; cat > ${folder}/text; exit 3`) }));
    await speech.say('$(touch x); --stdout "quoted"', { ...ENGLISH, voice: 'f2', rate: 200 });
    assert.deepEqual(
      [await readFile(join(folder, 'arguments'), 'utf8'), await readFile(join(folder, 'text'), 'utf8')],
      ['-b|1|-v|en-us+f2|-s|350|--stdin|--stdout|', '$(touch x); --stdout "quoted"'],
    );
  });
});

describe('a speech service', () => {
  test('gets the text, the manner and its key', async () => {
    let seen: unknown;
    const url = await serve((request, response) => {
      void (async () => {
        const { method, url: path, headers } = request;
        seen = [method, path, headers['content-type'], headers.accept, headers.authorization, await bodyOf(request)];
        response.end(toneOf('x', 100));
      })();
    });
    const speech = await bench.speech(createHttpSpeech({ url: `${url}?model=7`, key: 'sesame', outgoing }));
    assert.equal((await speech.say('Grüß Gott', { language: 'de_DE', voice: 'anna', rate: 110 })).ok, true);
    assert.deepEqual(seen, ['POST', '/speak?model=7&language=de_DE&voice=anna&rate=110', 'text/plain; charset=utf-8', 'audio/wav', 'Bearer sesame', 'Grüß Gott']);
  });

  for (const [name, listener, why] of [
    ['an error', (_request, response) => { response.writeHead(500).end(); }, 'failed'], ['too much to do', (_request, response) => { response.writeHead(503).end(); }, 'busy'],
    ['no sound', (_request, response) => { response.end('<html>'); }, 'failed'], ['nothing', () => undefined, 'timeout'], ['a redirect', (_request, response) => { response.writeHead(302, { location: '/' }).end(); }, 'failed'],
  ] satisfies readonly [string, RequestListener, string][]) {
    test(`that answers ${name} is refused`, async () => {
      const spoken = await (await bench.speech(createHttpSpeech({ url: await serve(listener), outgoing, deadlineMs: 300 }))).say('Hello', ENGLISH);
      assert.equal(!spoken.ok && spoken.why, why);
    });
  }

  test('in a private network is called only where the settings allow it', async () => {
    const closed = createOutgoing({ allowPrivate: false, log: pino({ level: 'silent' }) });
    const spoken = await (await bench.speech(createHttpSpeech({ url: await serve(hums), outgoing: closed }))).say('Hello', ENGLISH);
    assert.match(spoken.ok ? '' : spoken.message, /must not be called/);
  });

  test('whose address is none is told at the start', async () => {
    assert.match(await createHttpSpeech({ url: 'speak', outgoing }).hint() ?? '', /is no URL/);
  });
});

describe('what was spoken', () => {
  const PERSONAL = { ...ENGLISH, isPersonal: true };

  test('is there for the next process, and what lies beside it is not taken for it', async () => {
    const folder = await bench.folder();
    const first = await (await bench.speech(humming(), { folder })).say('Hello', ENGLISH);
    await writeFile(join(folder, 'lasting', '.half-written'), 'x');
    const engine = humming();
    assert.deepEqual(await (await bench.speech(engine, { folder })).say('Hello', ENGLISH), first);
    assert.deepEqual([engine.texts, (await readdir(join(folder, 'lasting'))).length], [[], 1]);
  });

  test('is made again when the file is gone', async () => {
    const engine = humming();
    const speech = await bench.speech(engine);
    const spoken = await speech.say('Hello', ENGLISH);
    assert.ok(spoken.ok);
    await rm(spoken.file);
    assert.deepEqual(await speech.say('Hello', ENGLISH), spoken);
    assert.equal(engine.texts.length, 2);
    await stat(spoken.file);
  });

  test('makes room when there is too much of it, what was used least recently first', async () => {
    const folder = await bench.folder();
    let now = 1_800_000_000_000;
    const engine = humming();
    // Room for two and a half.
    const speech = await bench.speech(engine, { folder, maxBytes: 4000, clock: () => now });
    for (const text of ['one', 'two', 'one', 'three']) {
      now += 120_000;
      await speech.say(text, ENGLISH);
    }
    assert.equal((await readdir(join(folder, 'lasting'))).length, 2);
    for (const text of ['one', 'three', 'two']) await speech.say(text, ENGLISH);
    assert.deepEqual(engine.texts, ['one', 'two', 'three', 'two']);
  });

  test('stays for a minute whatever there is: somebody may be about to open it', async () => {
    const folder = await bench.folder();
    const speech = await bench.speech(humming(), { folder, maxBytes: 1 });
    for (const text of ['one', 'two', 'three']) await speech.say(text, ENGLISH);
    assert.equal((await readdir(join(folder, 'lasting'))).length, 3);
  });

  test('with something personal in it lies apart, and is gone soon, also when the process died', async () => {
    const folder = await bench.folder();
    const speech = await bench.speech(humming(), { folder });
    const spoken = await speech.say('Ann owes 5 euros', PERSONAL);
    assert.ok(spoken.ok && spoken.file.startsWith(join(folder, 'passing')));
    const later = Date.now() + 11 * 60_000;
    const engine = humming();
    const next = await bench.speech(engine, { folder, clock: () => later });
    while ((await readdir(join(folder, 'passing'))).length > 0) await new Promise((resolve) => { setImmediate(resolve); });
    await next.say('Ann owes 5 euros', PERSONAL);
    assert.equal(engine.texts.length, 1);
  });

  test('that cannot be kept is a fault, not a crash', async () => {
    const folder = join(await bench.folder(), 'file');
    await writeFile(folder, 'in the way');
    const faults: string[] = [];
    const speech = await bench.speech(humming(), { folder, onFault: (message) => { faults.push(message); } });
    const spoken = await speech.say('Hello', ENGLISH);
    assert.deepEqual([!spoken.ok && spoken.why, faults.includes('speech failed')], ['failed', true]);
  });

  test('waits for no transcoder that is overloaded', async () => {
    const speech = await bench.speech(humming(), { transcode: () => Promise.reject(new Overloaded('full')) });
    const spoken = await speech.say('Hello', ENGLISH);
    assert.equal(!spoken.ok && spoken.why, 'busy');
  });
});
