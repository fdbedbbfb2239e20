import { join } from 'node:path';
import type { Logger } from 'pino';
import { createTranscode } from '../adapters/audio/transcode.ts';
import { createSimulatedVoice } from '../../sim/voice.ts';
import { createDirectoryFiles } from '../adapters/files/directory.ts';
import { createS3Files } from '../adapters/files/s3.ts';
import { readS3Url } from '../adapters/files/s3-place.ts';
import { createDurableJobs, installJobs } from '../adapters/jobs/pg-boss.ts';
import { createRecordingFolder, type RecordingFolder } from '../adapters/recordings/folder.ts';
import { createMailFolder } from '../adapters/mail/folder.ts';
import { createSmtpMail } from '../adapters/mail/smtp.ts';
import { createOutgoing } from '../adapters/outgoing/index.ts';
import type { World } from '../compose.ts';
import { createVoiceSocket, type VoiceSocket } from '../engine/voice-socket.ts';
import { connect, migrate } from '../database/connect.ts';
import { isLoopback } from '../http/loopback.ts';
import { createVault } from '../security/vault.ts';
import { freePort } from './listen.ts';
import { createIceServers } from './ice-servers.ts';
import { openDataFolder, readSecretKey } from './data-folder.ts';
import { checkSecretKey, openDatabase } from './database.ts';
import type { Settings } from './settings.ts';
import { createTelephonySocket, type TelephonySocket } from './telephony-socket.ts';

const SWEEP_MS = 1000;

export interface OpenedWorld extends World {
  readonly folder: string;
  readonly recordings: RecordingFolder;
  /** Where telephony is plugged in; absent where calls are simulated. */
  readonly sockets: { readonly voice: VoiceSocket; readonly telephony: TelephonySocket } | undefined;
  /** Where the managed database lies, when that is not in the folder. */
  readonly databaseFolder: string | undefined;
}

/** Opens the data folder, the database, jobs, files and the way out; what is opened is told to `onStop` to be closed. */
export async function openWorld(settings: Settings, log: Logger, onStop: (stop: () => Promise<unknown>) => void): Promise<OpenedWorld> {
  const clock = Date.now;
  const folder = openDataFolder(settings.PARLEY_DATA_DIR);
  const vault = createVault(readSecretKey(settings.PARLEY_SECRET_KEY, folder));
  const database = await openDatabase({
    url: settings.PARLEY_DATABASE_URL, dataDir: folder, connections: settings.PARLEY_DATABASE_CONNECTIONS, log,
    prepareSchema: installSchema,
  });
  onStop(database.close);
  await checkSecretKey(database.db, vault, clock());

  const jobs = createDurableJobs({ url: database.url, log });
  const transcoder = createTranscode();
  onStop(transcoder.close);
  const host = settings.PARLEY_MEDIA_ADDRESS === '' ? advertised(settings.PARLEY_BIND) : settings.PARLEY_MEDIA_ADDRESS;
  const s3 = readS3Url(settings.PARLEY_FILES);
  const filesFolder = settings.PARLEY_FILES === '' || s3 !== undefined ? join(folder, 'files') : settings.PARLEY_FILES;
  const recordings = createRecordingFolder(join(filesFolder, 'recordings'));
  return {
    recordings, folder, databaseFolder: database.elsewhere, db: database.db, vault, clock, jobs, ...voiceOf(settings), guidMode: settings.PARLEY_GUID_MODE, pollWaitMs: settings.PARLEY_POLL_WAIT, sweepMs: SWEEP_MS,
    onFault: (message, details) => { log.error(details, message); },
    files: s3 === undefined ? createDirectoryFiles({ folder: filesFolder }) : createS3Files(s3),
    outgoing: createOutgoing({ allowPrivate: settings.PARLEY_OUTGOING_PRIVATE, log }),
    mail: settings.PARLEY_SMTP_URL === ''
      ? createMailFolder({ folder: join(folder, 'mail'), from: settings.PARLEY_MAIL_FROM, clock })
      : createSmtpMail({ url: settings.PARLEY_SMTP_URL, from: settings.PARLEY_MAIL_FROM }),
    transcode: transcoder.transcode,
    iceServers: createIceServers(settings.PARLEY_ICE_SERVERS, settings.PARLEY_TURN_SECRET),
    signatureWindowMs: settings.PARLEY_SIGNATURE_WINDOW * 1000,
    addresses: {
      service: { host, port: settings.PARLEY_HTTPS_PORT },
      // Browsers give their microphones to pages over HTTPS only.
      ...(settings.PARLEY_VOICE === 'real' ? { webrtc: { host, port: settings.PARLEY_HTTPS_PORT } } : {}),
      media: { host, port: settings.PARLEY_RTP_PORTS.from },
      sip: { host, port: settings.PARLEY_SIP_PORT === 0 ? await freePort(settings.PARLEY_BIND) : settings.PARLEY_SIP_PORT },
    },
  };
}

function voiceOf({ PARLEY_VOICE }: Settings): Pick<OpenedWorld, 'voice' | 'simulated' | 'phones' | 'trunks' | 'tollUsage' | 'switchFigures' | 'sockets'> {
  if (PARLEY_VOICE === 'simulated') {
    const voice = createSimulatedVoice();
    return { voice, simulated: voice, sockets: undefined };
  }
  const [voice, telephony] = [createVoiceSocket(), createTelephonySocket()];
  return { voice, phones: telephony.phones, trunks: telephony.trunks, tollUsage: telephony.tollUsage, switchFigures: telephony.switchFigures, sockets: { voice, telephony } };
}

/** All that a database of this release holds, empty. */
export async function installSchema(url: string): Promise<void> {
  const fresh = connect(url);
  try {
    await migrate(fresh.db);
  } finally {
    await fresh.close();
  }
  await installJobs(url);
}

/** Where phones find us when nothing else is said: the address we are bound to, if it is one. */
const advertised = (bind: string): string => (bind === '0.0.0.0' || bind === '::' || isLoopback(bind) ? '127.0.0.1' : bind);
