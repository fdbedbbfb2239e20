import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Listen } from '../../telephony/sip/transport/transports.ts';
import { createMedia } from '../../telephony/media/media.ts';
import { createKeyLog } from '../../telephony/rtpengine/key-log.ts';
import { createRtpengineMedia } from '../../telephony/rtpengine/media.ts';
import { createNg } from '../../telephony/rtpengine/ng.ts';
import { createEspeak, createHttpSpeech, createSpeech } from '../adapters/speech/index.ts';
import { openTelephony, type Telephony, type TelephonyOptions } from '../adapters/voice/telephony.ts';
import type { MakeFlows } from '../adapters/voice/voice.ts';
import type { Parley } from '../compose.ts';
import { composeFlows } from '../compose-flows.ts';
import { createFlowRunner } from '../engine/flow-runner.ts';
import { isLoopback } from '../http/loopback.ts';
import { explain } from './listen.ts';
import { createLocalCopies } from './local-copies.ts';
import { createPlayable } from './playable.ts';
import type { Settings } from './settings.ts';
import type { OpenedWorld } from './world.ts';

/** Of all users whose phones register. */
const REALM = 'parley';
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

  const stored = createLocalCopies(world.files, join(world.folder, 'voice-cache'));
  const ofFlows = composeFlows(world, parley);
  const makeFlows: MakeFlows = ({ voice, onOutcome }) => createFlowRunner({
    ...ofFlows, voice, speech, onFault, clock, onOutcome,
    knownOf: (vdnId, id) => engine.view(vdnId, ({ calls }) => {
      const call = calls.get(id);
      return { data: call?.data ?? '', callerVerified: call?.unverified === false };
    }),
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => { clearTimeout(timer); };
    },
  });

  const { port } = world.addresses.sip;
  const listen: Listen[] = [
    { kind: 'UDP', address: host, port },
    { kind: 'TCP', address: host, port },
    { kind: 'TLS', address: host, port: settings.PARLEY_SIPS_PORT, tls: { key: certificate.key, cert: certificate.cert } },
  ];
  const makeMedia = await byRtpengine(settings);
  const telephony = await opening({
    ...(makeMedia === undefined ? {} : { makeMedia }),
    keepIn: join(world.folder, 'voice', 'kept.jsonl'), listen, advertised, realm: REALM, threads: THREADS, trunks: [], makeFlows, onFault,
    media: {
      address: host, advertised, ports: settings.PARLEY_RTP_PORTS, codecs: ['PCMA', 'PCMU', 'G722', 'opus'], music: undefined, silentMs: settings.PARLEY_RTP_SILENCE * 1000,
    },
    secretsOf: parley.gateway.phoneAccounts.sipSecretsOf,
    isPhone: parley.gateway.phoneAccounts.isPhone,
    guests: parley.guests,
    imageRequests: parley.gateway.imageRequests,
    tollRules: parley.tollRules.of,
    tollBook: parley.tollBook,
    files: {
      toPlay: createPlayable({ recording: world.recordings.pathToPlay, broughtFile: ofFlows.broughtFile, stored }),
      toRecord: world.recordings.pathToRecord,
      stored,
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
