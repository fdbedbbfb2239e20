import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseEnv } from 'node:util';
import { isS3Url, readS3Url, S3_FORM } from '../adapters/files/s3-place.ts';
import { StartError } from '../start-error.ts';
import { readIceServer } from './ice-servers.ts';

/** How a setting is read, what it is when absent, and what docs/settings.md says of it. */
interface Declared<T> {
  readonly fallback: string;
  readonly read: (text: string) => T | Wrong;
  readonly form: string;
  readonly about: string;
  /** Accepted and checked, but without effect until the part that needs it is there. */
  readonly awaits?: string;
}

class Wrong {
  readonly expected: string;
  constructor(expected: string) { this.expected = expected; }
}

const MAX_PORT = 65_535;

function port(fallback: number, about: string): Declared<number> {
  return {
    fallback: String(fallback), form: 'port', about,
    read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT ? Number(text) : new Wrong(`a port from 0 to ${MAX_PORT}, 0 meaning any free one`)),
  };
}

const text = (fallback: string, about: string): Declared<string> => ({ fallback, form: 'text', about, read: (given) => given });

function count(fallback: number, about: string, { min = 0, max = 999_999_999 }: { readonly min?: number; readonly max?: number } = {}): Declared<number> {
  const expected = `a whole number, ${max === 999_999_999 ? `${min} or more` : `from ${min} to ${max}`}`;
  return {
    fallback: String(fallback), form: 'number', about,
    read: (given) => (/^\d{1,9}$/.test(given) && Number(given) >= min && Number(given) <= max ? Number(given) : new Wrong(expected)),
  };
}

function choice<const T extends readonly string[]>(values: T, fallback: T[number], about: string): Declared<T[number]> {
  return {
    fallback, form: values.join(' or '), about,
    read: (given) => values.find((value) => value === given.toLowerCase()) ?? new Wrong(`one of ${values.join(', ')}`),
  };
}

function names(about: string, accepts: (name: string) => boolean = () => true, expected = ''): Declared<readonly string[]> {
  return {
    fallback: '', form: 'list, separated by commas', about,
    read: (given) => {
      const list = given.split(',').map((name) => name.trim()).filter(Boolean);
      return list.every(accepts) ? list : new Wrong(`${expected}, separated by commas`);
    },
  };
}

const NETWORK = /^([^/]+)(?:\/(\d{1,3}))?$/;

function isNetwork(name: string): boolean {
  const [, address = '', bits] = NETWORK.exec(name) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)));
}

/** As browsers send it: scheme, host and port, without a path. Apps have schemes of their own. */
const isOrigin = (name: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/.test(name) && URL.canParse(name);

function url(schemes: readonly string[], about: string): Declared<string> {
  const expected = `empty, or a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`;
  return {
    fallback: '', form: 'URL', about,
    read: (given) => (given === '' || (URL.canParse(given) && schemes.includes(new URL(given).protocol)) ? given : new Wrong(expected)),
  };
}

function place(about: string): Declared<{ readonly address: string; readonly port: number } | undefined> {
  return {
    fallback: '', form: 'address:port', about,
    read: (given) => {
      if (given === '') return undefined;
      const colon = given.lastIndexOf(':');
      const [address, number] = [given.slice(0, colon), given.slice(colon + 1)];
      const isPlace = colon > 0 && /^\d{1,5}$/.test(number) && Number(number) > 0 && Number(number) <= MAX_PORT;
      return isPlace ? { address, port: Number(number) } : new Wrong('an address and a port such as 127.0.0.1:2223');
    },
  };
}

function store(about: string): Declared<string> {
  return { fallback: '', form: 'folder or URL', about, read: (given) => (isS3Url(given) && readS3Url(given) === undefined ? new Wrong(`a folder, or such as ${S3_FORM}`) : given) };
}

const RANGE = /^(\d{1,5})-(\d{1,5})$/;

function portRange(fallback: string, about: string): Declared<{ readonly from: number; readonly to: number }> {
  return {
    fallback, form: 'from-to', about,
    read: (given) => {
      const [, from, to] = RANGE.exec(given) ?? [];
      return from !== undefined && to !== undefined && Number(from) <= Number(to) && Number(to) <= MAX_PORT && Number(from) > 0
        ? { from: Number(from), to: Number(to) } : new Wrong('two ports such as 20000-29999');
    },
  };
}

const awaiting = <T>(part: string, declared: Declared<T>): Declared<T> => ({ ...declared, awaits: part });

/** Every setting there is; docs/settings.md and parley.conf.example are made from this list. */
export const declared = {
  PARLEY_BIND: text('127.0.0.1', 'Address to listen on. `0.0.0.0` opens Parley to the network.'),
  PARLEY_HTTP_PORT: port(8080, 'Port of the API and the console.'),
  PARLEY_HTTPS_PORT: port(8443, 'The same over HTTPS.'),
  PARLEY_HTTPS_CERTIFICATE: text('', 'File with the certificate chain (PEM). Empty: a self-signed one is made in the data folder.'),
  PARLEY_HTTPS_KEY: text('', 'File with the private key of the certificate (PEM).'),
  PARLEY_DATA_DIR: text('./data', 'Folder for the database, files and keys.'),
  PARLEY_DATABASE_URL: url(['postgres:', 'postgresql:'], 'A PostgreSQL of your own. Empty: Parley runs one in the data folder.'),
  PARLEY_DATABASE_CONNECTIONS: count(10, 'Connections to the database at most.'),
  PARLEY_SECRET_KEY: text('', '32 bytes in base64 that encrypt the secrets in the database. Empty: made once and kept in `secret.key` in the data folder.'),
  PARLEY_DEMO: choice(['auto', 'yes', 'no'], 'auto', 'Make a demo tenant at the first start. `auto`: only when bound to the loopback.'),
  PARLEY_TRUSTED_PROXIES: names('Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.', isNetwork, 'addresses or networks such as 10.0.0.5 or 10.1.0.0/16'),
  PARLEY_CORS_ORIGINS: names('Origins of web pages that may call the API from a browser, such as `https://crm.example.com`.', isOrigin, 'origins such as https://crm.example.com, without a path'),
  PARLEY_OPERATIONS_TOKEN: text('', 'Bearer token that opens `/metrics`, `/docs` and `/openapi.json` from elsewhere than the loopback.'),
  PARLEY_REQUESTS_PER_SECOND: count(0, 'Requests a second that one caller (key, session or address) may make. 0: as many as it likes.'),
  PARLEY_OUTGOING_PRIVATE: names('Private networks that callbacks may reach, such as `10.1.0.0/16`. Empty: none.'),
  PARLEY_SIGNATURE_WINDOW: count(900, 'Seconds by which the time of a signed request (C2) may differ from ours.'),
  PARLEY_LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'info', 'How much is logged.'),
  PARLEY_FILES: store('Folder for recordings and voice files; or S3-compatible storage for voice files, pictures and exports (`s3://accessKey:secretKey@host:port/bucket/folder?region=us-east-1`, '
    + '`s3+http://` where there is no TLS): recordings are then made in the data folder, and copied there when they are shared. Empty: `files` in the data folder.'),
  PARLEY_MEDIA_ADDRESS: text('', 'Address that phones are told to reach Parley at. Empty: the address it is bound to.'),
  PARLEY_SIP_PORT: port(5060, 'SIP over UDP and TCP; agents are told it by 5.1.9 to 5.1.11.'),
  PARLEY_SIPS_PORT: port(5061, 'SIP over TLS, with the certificate of HTTPS.'),
  PARLEY_RTP_PORTS: portRange('20000-29999', 'UDP ports for sound: two for each call leg.'),
  PARLEY_RTP_SILENCE: count(60, 'Seconds, 5 to 3600, without a single packet from the far end of a call, after which that end is taken for gone. More where phones are lost to the radio '
    + 'for a while, fewer where calls that hang cost lines. Phones on hold are not waited for.', { min: 5, max: 3600 }),
  PARLEY_RTPENGINE: place('Control port (ng) of an rtpengine, such as `127.0.0.1:2223`: sound goes through it and flows on when Parley is killed, and the next Parley goes on with the calls. Empty: Parley\'s own sockets.'),
  PARLEY_RTPENGINE_KEYS: place('Where that rtpengine sends the keys that are pressed (`--dtmf-log-dest`). Without it keys are heard by Parley itself.'),
  PARLEY_VOICE: choice(['real', 'simulated'], 'real', 'Whether calls are made by SIP, or simulated: then phones answer by themselves, and customers call in at the word of an administrator.'),
  PARLEY_SPEECH_URL: url(['http:', 'https:'], 'Service that speaks texts: it is sent the text and answers audio/wav. Empty: espeak-ng, if it is installed.'),
  PARLEY_ICE_SERVERS: names(
    'STUN and TURN servers for browsers behind firewalls: `stun:host`, `turn:host:3478?transport=tcp`, `turns:user:password@host`.',
    (name) => readIceServer(name) !== undefined, 'servers such as stun:stun.example.com or turn:user:password@turn.example.com:3478',
  ),
  PARLEY_TURN_SECRET: text('', 'Secret that the TURN servers without a password share with Parley (`static-auth-secret` of coturn): each browser gets a password of its own for some hours.'),
  PARLEY_NATS_URL: awaiting('the cluster', url(['nats:', 'tls:'], 'NATS for several nodes. Empty: all in this process.')),
  PARLEY_SMTP_URL: url(['smtp:', 'smtps:'], 'Server for outgoing mail, such as `smtp://user:password@mail.example.com:587`. Empty: letters are put into `mail` in the data folder.'),
  PARLEY_MAIL_FROM: text('Parley <parley@localhost>', 'Sender of outgoing mail.'),
  PARLEY_GUID_MODE: choice(['static', 'rotating'], 'rotating', 'Whether the agent gateway renews its GUIDs. Many older desktops need `static`; a tenant may be set otherwise.'),
  PARLEY_POLL_WAIT: count(9400, 'Milliseconds that an empty poll of agent events waits. Clients of the field give up after 10 to 11 seconds.'),
} as const satisfies Record<string, Declared<unknown>>;

type DeclaredSettings = typeof declared;
export type Settings = { readonly [Name in keyof DeclaredSettings]: DeclaredSettings[Name] extends Declared<infer T> ? T : never };

export const CONFIG_FILE = 'parley.conf';
/** Names of the project's own that are no settings of the service. */
const NOT_SETTINGS = ['PARLEY_CONFIG', 'PARLEY_TEST_DATABASE_URL', 'PARLEY_TEST_LOG', 'PARLEY_COVERAGE_FILE'];

/** What stands between a scheme and a host is for nobody's eyes. */
const withoutSecrets = (given: string): string => given.replace(/\/\/[^/]*@/g, '//...@');

/** Reads the settings from the environment and, behind it, the configuration file; refuses with every fault at once. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, folder = process.cwd()): Settings {
  const path = environment['PARLEY_CONFIG'] ?? `${folder}/${CONFIG_FILE}`;
  const file = readConfigFile(path, environment['PARLEY_CONFIG'] !== undefined);
  const faults: string[] = [];
  for (const [source, given] of [['the environment', environment], [path, file]] as const) {
    for (const name of Object.keys(given)) {
      if (!name.startsWith('PARLEY_') ? source === path : !(name in declared) && !NOT_SETTINGS.includes(name)) {
        faults.push(`${name} in ${source} is no setting${suggestion(name)}`);
      }
    }
  }
  const settings: Record<string, unknown> = {};
  for (const [name, { read, fallback }] of Object.entries<Declared<unknown>>(declared)) {
    const given = environment[name] ?? file[name];
    const value = read((given ?? fallback).trim());
    if (value instanceof Wrong) faults.push(`${name} is "${withoutSecrets(given ?? '')}", but must be ${value.expected}`);
    settings[name] = value;
  }
  if ((settings['PARLEY_HTTPS_CERTIFICATE'] === '') !== (settings['PARLEY_HTTPS_KEY'] === '')) {
    faults.push('PARLEY_HTTPS_CERTIFICATE and PARLEY_HTTPS_KEY belong together: set both or neither');
  }
  // Browsers take no TURN server without a password.
  const open = (settings['PARLEY_ICE_SERVERS'] as readonly string[] | undefined)?.find?.((name) => readIceServer(name)?.isTurn === true && readIceServer(name)?.username === undefined);
  if (open !== undefined && settings['PARLEY_TURN_SECRET'] === '') {
    faults.push(`${open} in PARLEY_ICE_SERVERS needs user:password@ in front of the host, or PARLEY_TURN_SECRET`);
  }
  if (faults.length > 0) throw new StartError(`The settings are not right: ${faults.join('; ')}.`, 'See docs/settings.md for every setting and what it takes.');
  return settings as Settings;
}

function readConfigFile(path: string, named: boolean): Readonly<Record<string, string | undefined>> {
  if (!existsSync(path)) {
    if (named) throw new StartError(`The configuration file ${path} is not there.`, 'Mend PARLEY_CONFIG, or leave it away.');
    return {};
  }
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new StartError(`The configuration file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Make it readable for the user that runs Parley.');
  }
}

/** The setting that was probably meant: the one that differs by the fewest letters, if by few. */
function suggestion(name: string): string {
  const [nearest] = Object.keys(declared).map((known) => ({ known, distance: distance(name, known) })).toSorted((a, b) => a.distance - b.distance);
  return nearest !== undefined && nearest.distance <= 4 ? `; did you mean ${nearest.known}?` : '';
}

/** Edit distance (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Settings that were given but have no effect yet, so that nobody believes they had. */
export function withoutEffect(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries<Declared<unknown>>(declared).filter(([name, { awaits }]) => awaits !== undefined && environment[name] !== undefined).map(([name]) => name);
}
