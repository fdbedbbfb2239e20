import { randomBytes } from 'node:crypto';
import { DEFAULT_TOLL_RULES, type TollRules } from '@parley/core/call/toll-rules.ts';
import { createMedia, type Media, type MediaOptions } from '../../../telephony/media/media.ts';
import type { ThreadSettings } from '../../../telephony/media/threads.ts';
import { createUserAgent } from '../../../telephony/sip/call/user-agent.ts';
import { createGuard, type Guard } from '../../../telephony/sip/guard/guard.ts';
import { createNonces } from '../../../telephony/sip/message/nonces.ts';
import { createChallenger } from '../../../telephony/sip/registrar/challenger.ts';
import { createRegistrar, type Registrar } from '../../../telephony/sip/registrar/registrar.ts';
import { createTransactions } from '../../../telephony/sip/transaction/transaction-layer.ts';
import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import { createTransports, type Listen, type StandingTransports } from '../../../telephony/sip/transport/transports.ts';
import type { TrunkConfig } from '../../../telephony/sip/trunk/trunk.ts';
import { createTrunks, type Trunks } from '../../../telephony/sip/trunk/trunks.ts';
import { realTimers } from '../../../telephony/timers.ts';
import type { Guests } from '../../engine/guests.ts';
import type { TollBook } from '../../engine/toll-book.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import type { SwitchFigures } from '../../modules/system-indicator/index.ts';
import { createDirectory } from './directory.ts';
import { createSwitchFigures } from './figures.ts';
import { goOn } from './going-on.ts';
import { createKeeping, KEPT_VERSION } from './keeping.ts';
import { openKeptFile } from './kept-file.ts';
import type { StandingMedia } from './restoring.ts';
import { createTollKeeper } from './toll-keeper.ts';
import { createTolls, type Tolls } from './tolls.ts';
import { createTraffic } from './traffic.ts';
import { createRealVoice, type MakeFlows, type RealVoice, type SoundFiles } from './voice.ts';

export interface TelephonyOptions {
  readonly listen: readonly Listen[];
  /** What phones are told to reach us at. */
  readonly advertised: string;
  /** Of the users whose phones register. */
  readonly realm: string;
  readonly media: ThreadSettings;
  readonly threads: number;
  /** What makes the sound; the built-in engine if nothing is said. */
  readonly makeMedia?: (options: MediaOptions) => Media & Pick<StandingMedia, 'standing'>;
  /** The file that keeps registrations, and calls whose sound does not end with the process; nothing outlives it unless told. */
  readonly keepIn?: string;
  readonly trunks: readonly TrunkConfig[];
  /** The passwords of a phone, by its number: any one of them will do. */
  readonly secretsOf: (number: string) => Promise<readonly string[]>;
  readonly isPhone: (number: string) => Promise<boolean>;
  readonly files: SoundFiles;
  readonly makeFlows: MakeFlows;
  readonly onFault: MediaOptions['onFault'];
  /** Whom web pages have let in to call; nobody unless told. */
  readonly guests?: Guests;
  /** How customers' pages bring pictures that they are asked for; they are asked for none unless told. */
  readonly imageRequests?: ImageRequests;
  /** What the calls of a tenant to the outside may cost; as it is for all, where nothing is said. */
  readonly tollRules?: (vdnId: number) => TollRules;
  /** Keeps what they have used of it; it is forgotten with the process, unless told. */
  readonly tollBook?: TollBook;
  /** How long a leg whose sound or whose connection is gone waits for whoever was there to come back. */
  readonly graceMs?: number;
  /** Networks that are neither limited nor banned. */
  readonly trusted?: readonly string[];
}

/** SIP and sound, from the sockets to the voice port. */
export interface Telephony {
  readonly port: RealVoice;
  readonly registrar: Pick<Registrar, 'bindingsOf' | 'dropAll'>;
  readonly trunks: Pick<Trunks, 'configure' | 'standings'>;
  readonly guard: Pick<Guard, 'bans' | 'lift'>;
  readonly tolls: Pick<Tolls, 'usage'>;
  readonly transports: StandingTransports;
  readonly figures: SwitchFigures;
  /** What stands, for leaks to be seen. */
  readonly standing: () => Promise<{ readonly calls: number; readonly transactions: number; readonly mediaLegs: number }>;
  readonly stop: () => Promise<void>;
}

const NAME = 'Parley';
const NONCE_MS = 60_000;
/** Little beside the half minute that a transaction stands after its answer. */
const TRANSACTION_STEP_MS = 500;
/** For the other ends to confirm that calls are over when all of it stops; a browser that is gone never does. */
const GOODBYE_MS = 5_000;

export async function openTelephony({
  listen, advertised, realm, media: settings, threads, makeMedia: elsewhere, keepIn, trunks: configured, secretsOf, isPhone, files, makeFlows, onFault, guests, imageRequests,
  tollRules = () => DEFAULT_TOLL_RULES, tollBook, graceMs, trusted = [],
}: TelephonyOptions): Promise<Telephony> {
  const timers = realTimers;
  const guard = createGuard({ timers, allowed: trusted, onBan: (ban) => { onFault('a source of SIP was banned', { ...ban }); } });
  const transports = await createTransports({ listen, timers, guard, onFault });
  const makeMedia: NonNullable<TelephonyOptions['makeMedia']> = elsewhere ?? createMedia;
  const media = makeMedia({ settings, threads, onFault });
  const kept = keepIn === undefined ? undefined : await openKeptFile({ path: keepIn, version: KEPT_VERSION, timers, onFault }).catch((error: unknown) => {
    onFault('nothing is kept for after a restart, and nothing is known of before', { path: keepIn, error });
    return undefined;
  });
  const keeping = kept === undefined ? undefined : createKeeping({ file: kept, keepsLegs: media.standing !== undefined });
  // Nothing that takes time is waited for from here on until the calls stand that stood before: none of their messages comes too early.
  const transactions = createTransactions({ transports, timers, timing: { step: TRANSACTION_STEP_MS } });
  const contactFor = ({ kind, local }: Channel): string => `sip:${NAME.toLowerCase()}@${advertised}:${local.port}${kind === 'UDP' ? '' : `;transport=${kind.toLowerCase()}`}`;
  const agent = createUserAgent({ transactions, transports, timers, contactFor, name: NAME, ...(keeping?.stands === undefined ? {} : { stands: keeping.stands }) });
  // It tells of its networks while it is being made.
  const letIn = (networks: readonly string[]): void => { guard.allow([...trusted, ...networks]); };
  let hasTrunks = false;
  const trunks: Trunks = createTrunks({ timers, transports, send: agent.send, trunks: configured, onNetworks: () => { if (hasTrunks) letIn(trunks.networks()); } });
  hasTrunks = true;
  letIn(trunks.networks());

  const identity = {
    timers, realm: () => realm, nonces: createNonces({ secret: randomBytes(32), timers, lifetimeMs: NONCE_MS }),
    accounts: async (user: string, of: string) => {
      const passwords = await secretsOf(user);
      return passwords.length === 0 ? trunks.accounts(user, of) : { passwords };
    },
    onFault: ({ remote }: Channel, fault: 'badCredentials' | 'unknownUser') => { guard.fault(remote.address, fault); },
    onSuccess: ({ remote }: Channel) => { guard.succeeded(remote.address); },
  };
  const registrar = createRegistrar({ ...identity, ...(keeping === undefined ? {} : { keeper: keeping.bindings }), send: agent.send, onError: (error) => { onFault('a registration failed', { error }); } });
  agent.onRequest('REGISTER', registrar.handle);

  // Guests may call, but not register.
  const challenger = createChallenger({
    ...identity,
    accounts: async (user, of) => {
      const secret = guests?.secretOf(user);
      return secret === undefined ? identity.accounts(user, of) : { passwords: [secret] };
    },
  });

  let legs = 0;
  const started = Date.now().toString(36);
  const tolls = createTolls({ timers, rulesOf: tollRules, clock: Date.now, onFault });
  const tollKeeper = tollBook === undefined ? undefined : createTollKeeper({ tolls, book: tollBook, timers, onFault });
  const traffic = createTraffic({ timers, clock: Date.now, trunks: trunks.usage, terminals: registrar.standing });
  const directory = createDirectory({ realm, registrar, trunks, challenger, isPhone, ...(guests === undefined ? {} : { guests }) });
  const port = createRealVoice({
    media, files, makeFlows, timers, tolls, directory, imageRequests, traffic, ...(graceMs === undefined ? {} : { graceMs }), ...(keeping === undefined ? {} : { keeping }),
    newName: () => {
      legs += 1;
      return `in-${started}-${legs}`;
    },
    invite: ({ uri, by, from, headers, credentials }, sdp) => agent.invite({
      uri, from, sdp, ...by, ...(headers === undefined ? {} : { headers }), ...(credentials === undefined ? {} : { credentials }),
    }),
  });
  agent.onInvite((call) => {
    port.arrives(call).catch((error: unknown) => {
      onFault('a call that came in could not be taken', { error });
      call.reject(500);
    });
  });

  if (keeping !== undefined) await goOn({ keeping, agent, registrar, transports, directory, port, onFault });
  await tollKeeper?.open();

  return {
    port, registrar, guard, tolls, transports,
    figures: createSwitchFigures({ traffic, port, agent, media, registrar, realm, ports: elsewhere === undefined ? settings.ports : undefined }),
    trunks: {
      standings: trunks.standings,
      configure: (configs) => {
        trunks.configure(configs);
        port.restoring.claim();
      },
    },
    standing: async () => ({ calls: agent.calls(), transactions: transactions.standing(), mediaLegs: (await media.figures()).legs }),
    stop: async () => {
      await agent.stop(GOODBYE_MS);
      traffic.stop();
      await tollKeeper?.close();
      registrar.stop();
      await trunks.stop();
      // What only waits for repetitions would keep the process.
      transactions.stop();
      await kept?.close();
      await media.stop();
      await transports.stop();
    },
  };
}
