import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Listen } from '../../telephony/sip/transport/transports.ts';
import { createMedia } from '../../telephony/media/media.ts';
import { createKeyLog } from '../../telephony/rtpengine/key-log.ts';
import { createRtpengineMedia } from '../../telephony/rtpengine/media.ts';
import { createNg } from '../../telephony/rtpengine/ng.ts';
import { createEspeak, createHttpSpeech, createSpeech } from '../adapters/speech/index.ts';
import { openTelephony, type Telephony, type TelephonyOptions } from '../adapters/voice/telephony.ts';
import type { MakeFlows, SoundFiles } from '../adapters/voice/voice.ts';
import type { Parley } from '../compose.ts';
import { composeFlows } from '../compose-flows.ts';
import { createFlowRunner } from '../engine/flow-runner.ts';
import { isLoopback } from '../http/loopback.ts';
import { explain } from './listen.ts';
import type { Settings } from './settings.ts';
import type { OpenedWorld } from './world.ts';

/** Of all users whose phones register. */
const REALM = 'parley';
/** A leg from which nothing at all has come for so long is gone. */
const SILENT_MS = 60_000;
/** One core is left to everything else. */
const THREADS = Math.max(1, availableParallelism() - 1);

/** Opens telephony, or says in words why it cannot listen. */
async function opening(options: TelephonyOptions): Promise<Telephony> {
  try {
    return await openTelephony(options);
  } catch (error) {
    const [{ address, port } = { address: '', port: 0 }] = options.listen;
    throw explain(error as NodeJS.ErrnoException, address, (error as { port?: number }).port ?? port, 'PARLEY_SIP_PORT or PARLEY_SIPS_PORT');
  }
}

/** Sound by rtpengine, the built-in engine behind it on the loopback: what rtpengine cannot do goes through that. */
async function byRtpengine({ PARLEY_RTPENGINE: ng, PARLEY_RTPENGINE_KEYS: keys }: Settings): Promise<TelephonyOptions['makeMedia']> {
  if (ng === undefined) return undefined;
  const keyLog = keys === undefined ? undefined : createKeyLog(keys);
  await keyLog?.ready;
  return ({ settings, ...rest }) => createRtpengineMedia({
    ng: createNg({ host: ng.address, port: ng.port }), instance: REALM, silentMs: settings.silentMs, onFault: rest.onFault,
    ...(keyLog === undefined ? {} : { keyLog }),
    builtIn: createMedia({ ...rest, settings: { ...settings, address: '127.0.0.1', advertised: '127.0.0.1' } }),
  });
}

/** Files of the file store as files on this machine, wherever the store is. */
function localCopies(world: OpenedWorld): SoundFiles['stored'] {
  const folder = join(world.folder, 'voice-cache');
  return async (key) => {
    const path = join(folder, `${createHash('sha256').update(key).digest('hex')}.wav`);
    const isThere = await stat(path).then(() => true, () => false);
    if (isThere) return path;
    const bytes = await world.files.get(key);
    if (bytes === undefined) return undefined;
    await mkdir(folder, { recursive: true });
    await writeFile(path, bytes);
    return path;
  };
}

export interface VoiceSurroundings {
  readonly settings: Settings;
  readonly certificate: { readonly key: string; readonly cert: string };
  readonly log: Logger;
  readonly onStop: (stop: () => Promise<unknown>) => void;
}

/** SIP and sound for Parley: opened when all else is there, plugged in before the engine starts. */
export async function openVoice(world: OpenedWorld, parley: Parley, { settings, certificate, log, onStop }: VoiceSurroundings): Promise<Telephony> {
  const { onFault, clock } = world;
  const host = settings.PARLEY_BIND;
  const advertised = world.addresses.sip.host;
  const { engine } = parley.gateway;
  const speech = createSpeech({ synthesizer: settings.PARLEY_SPEECH_URL === '' ? createEspeak() : createHttpSpeech({ url: settings.PARLEY_SPEECH_URL, outgoing: world.outgoing }), folder: join(world.folder, 'speech'), transcode: world.transcode, onFault });
  onStop(() => Promise.resolve(speech.close()));
  const hint = await speech.hint();
  if (hint !== undefined) log.warn(hint);

  const makeFlows: MakeFlows = ({ voice, onOutcome }) => {
    /** Call data as they are when a flow begins: the flow keeps its own from then on. */
    const data = new Map<string, string>();
    const runner = createFlowRunner({
      ...composeFlows(world, parley), voice, speech, onFault, clock,
      onOutcome: (leg, outcome) => {
        data.delete(leg);
        onOutcome(leg, outcome);
      },
      dataOf: (vdnId, call) => data.get(`${vdnId} ${call}`) ?? '',
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => { clearTimeout(timer); };
      },
    });
    return {
      key: runner.key,
      end: runner.end,
      begin: async (entry) => {
        const key = `${entry.vdnId} ${entry.call}`;
        data.set(key, await engine.view(entry.vdnId, ({ calls }) => calls.get(entry.call)?.data ?? ''));
        try {
          return await runner.begin(entry);
        } finally {
          data.delete(key);
        }
      },
    };
  };

  const { port } = world.addresses.sip;
  const listen: Listen[] = [
    { kind: 'UDP', address: host, port },
    { kind: 'TCP', address: host, port },
    { kind: 'TLS', address: host, port: settings.PARLEY_SIPS_PORT, tls: { key: certificate.key, cert: certificate.cert } },
  ];
  const makeMedia = await byRtpengine(settings);
  const telephony = await opening({
    ...(makeMedia === undefined ? {} : { makeMedia }),
    listen, advertised, realm: REALM, threads: THREADS, trunks: [], makeFlows, onFault,
    media: {
      address: host, advertised, ports: settings.PARLEY_RTP_PORTS, codecs: ['PCMA', 'PCMU', 'G722', 'opus'], music: undefined, silentMs: SILENT_MS,
    },
    secretsOf: parley.gateway.phoneAccounts.sipSecretsOf,
    isPhone: parley.gateway.phoneAccounts.isPhone,
    guests: parley.guests,
    tollRules: parley.tollRules.of,
    files: {
      toPlay: world.recordings.pathToPlay,
      toRecord: world.recordings.pathToRecord,
      stored: localCopies(world),
      toRecordOf: async (vdnId, call) => {
        const file = `${vdnId}/flows/${call}-${clock()}.wav`;
        return { file, path: await world.recordings.pathToRecord(file) };
      },
    },
    trusted: isLoopback(host) ? ['127.0.0.0/8', '::1/128'] : [],
  });
  onStop(telephony.stop);
  world.sockets?.voice.plug(telephony.port);
  world.sockets?.telephony.plug(telephony, REALM);
  await parley.tollRules.open();
  await parley.applyTrunks();
  return telephony;
}
