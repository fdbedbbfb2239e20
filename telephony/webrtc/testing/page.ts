import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DtlsClient, type Transport } from 'werift';
import { kindOf } from '../../rtp/packet.ts';
import { readRtcp, type RtcpPacket } from '../../rtp/rtcp.ts';
import { createSrtp, type Srtp } from '../../rtp/srtp.ts';
import { attributeOf, readSdp } from '../../sdp/session.ts';
import { writeBindingRequest } from '../ice/stun.ts';
import { certificateOfTests } from './dtls-client.ts';

export interface OfferOptions {
  /** The lines of the sound that follow its head: what a test is about. */
  readonly formats?: string;
  readonly lines?: readonly string[];
  readonly direction?: string;
  /** More media lines behind the sound. */
  readonly more?: readonly string[];
  readonly bundle?: string;
  readonly fingerprint?: string;
}

/** The other side of a connection, of which a test says when it does what. Its handshake is somebody else's work. */
export interface TestPage {
  readonly offer: (options?: OfferOptions) => string;
  readonly answer: (options?: OfferOptions) => string;
  /** Begins again under other credentials. */
  readonly restart: () => void;
  /** Asks for the other side once, where its description says it is; nominates it if so wished. */
  readonly check: (theirs: string, isNominating?: boolean) => void;
  /** Begins the handshake. */
  readonly greet: () => void;
  /** All of it; resolves when packets can go. */
  readonly connect: (theirs: string) => Promise<void>;
  readonly send: (packet: Uint8Array) => void;
  readonly sendReport: (datagram: Uint8Array) => void;
  /** Anything, as it is. */
  readonly sendRaw: (datagram: Uint8Array) => void;
  readonly received: readonly Uint8Array[];
  readonly reports: readonly RtcpPacket[];
  readonly answered: () => number;
  readonly close: () => void;
}

const CODECS = ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1', 'a=rtpmap:9 G722/8000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:110 telephone-event/48000', 'a=rtpmap:126 telephone-event/8000'];

export async function openTestPage(): Promise<TestPage> {
  const certificate = await certificateOfTests();
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let credentials = { ufrag: 'page', password: randomBytes(18).toString('base64') };
  let target = 0;
  let answered = 0;
  let srtp: Srtp | undefined;
  let client: DtlsClient | undefined;
  let isClosed = false;
  const received: Uint8Array[] = [];
  const reports: RtcpPacket[] = [];
  const sendRaw = (datagram: Uint8Array): void => { if (!isClosed) socket.send(datagram, target, '127.0.0.1'); };

  const transport: Transport = {
    type: 'test', address: { address: '127.0.0.1', family: 'IPv4', port: 1 }, closed: false,
    onData: () => {},
    send: async (datagram) => { sendRaw(datagram); return Promise.resolve(); },
    close: async () => Promise.resolve(),
  };
  socket.on('message', (datagram) => {
    const kind = kindOf(datagram);
    if (kind === 'stun') answered += 1;
    else if (kind === 'dtls') transport.onData(datagram, ['127.0.0.1', target]);
    else if (kind === 'rtp') received.push(...[srtp?.unprotect(datagram)].flatMap((packet) => (packet === undefined ? [] : [Uint8Array.from(packet)])));
    else reports.push(...readRtcp(srtp?.unprotectControl(datagram) ?? new Uint8Array()) ?? []);
  });

  const describe = (setup: string, { formats = '111 9 0 8 110 126', lines = CODECS, direction = 'sendrecv', more = [], bundle = '0', fingerprint }: OfferOptions = {}): string => [
    'v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', ...(bundle === '' ? [] : [`a=group:BUNDLE ${bundle}`]), 'a=extmap-allow-mixed', 'a=msid-semantic: WMS x',
    `m=audio 9 UDP/TLS/RTP/SAVPF ${formats}`, 'c=IN IP4 0.0.0.0', 'a=rtcp:9 IN IP4 0.0.0.0', `a=ice-ufrag:${credentials.ufrag}`, `a=ice-pwd:${credentials.password}`, 'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${fingerprint ?? certificate.getFingerprints()[0]?.value}`, `a=setup:${setup}`, 'a=mid:0', `a=${direction}`,
    'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 'a=rtcp-mux', ...lines, ...more, '',
  ].join('\r\n');

  const check = (theirs: string, isNominating = true): void => {
    const session = readSdp(theirs);
    const media = session?.media.find(({ port }) => port !== 0);
    if (media === undefined) throw new Error('nothing to connect to');
    target = media.port;
    sendRaw(writeBindingRequest(randomBytes(12), `${attributeOf(media, 'ice-ufrag')}:${credentials.ufrag}`, attributeOf(media, 'ice-pwd') ?? '', { isNominating }));
  };

  const greet = (): void => {
    client = new DtlsClient({
      transport, cert: certificate.certPem, key: certificate.privateKey, signatureHash: certificate.signatureHash, srtpProfiles: [7], extendedMasterSecret: true,
    });
    const speaker = client;
    client.onConnect.subscribe(() => {
      const { localKey, localSalt, remoteKey, remoteSalt } = speaker.extractSessionKeys(16, 12);
      srtp = createSrtp({ suite: 'AEAD_AES_128_GCM', local: Buffer.concat([localKey, localSalt]), remote: Buffer.concat([remoteKey, remoteSalt]) });
    });
    // It gives up after half a minute, when nobody waits for it any more.
    client.connect().catch(() => undefined);
  };

  return {
    offer: (options) => describe('actpass', options),
    answer: (options) => describe('active', options),
    restart: () => { credentials = { ufrag: `page${randomBytes(3).toString('hex')}`, password: randomBytes(18).toString('base64') }; },
    check, greet, sendRaw, received, reports,
    connect: async (theirs) => {
      check(theirs);
      await until(() => answered > 0);
      greet();
      await until(() => srtp !== undefined);
    },
    send: (packet) => {
      const sealed = srtp?.protect(packet);
      if (sealed !== undefined) sendRaw(sealed);
    },
    sendReport: (datagram) => {
      const sealed = srtp?.protectControl(datagram);
      if (sealed !== undefined) sendRaw(sealed);
    },
    answered: () => answered,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      if (client !== undefined) client.dtls.flight = 99;
      socket.close();
    },
  };
}

/** Other tests may be running beside it. */
export async function until(isDone: () => boolean, what = 'it', deadlineMs = 20_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!isDone()) {
    if (Date.now() > end) throw new Error(`${what} has not happened`);
    await new Promise((resolve) => { setTimeout(resolve, 2); });
  }
}
