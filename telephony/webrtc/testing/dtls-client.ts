import { DtlsClient, RTCDtlsTransport, type RTCCertificate, type Transport } from 'werift';
import { realTimers, type Timers } from '../../timers.ts';
import { createIdentity, type Fingerprint } from '../dtls/identity.ts';
import { createDtlsServer, type DtlsFailure, type DtlsServer, type SrtpKeys } from '../dtls/server.ts';

export interface DtlsTestOptions {
  readonly timers?: Timers;
  readonly fingerprints?: readonly Fingerprint[];
  /** The client's certificate, and maybe not the key that belongs to it. */
  readonly certificate?: Pick<RTCCertificate, 'certPem' | 'privateKey' | 'signatureHash'>;
  readonly srtpProfiles?: readonly number[];
  readonly extendedMasterSecret?: boolean;
  /** What becomes of a datagram on its way: it may be lost, or come as several. */
  readonly toServer?: (datagram: Buffer) => readonly Buffer[];
  readonly toClient?: (datagram: Buffer) => readonly Buffer[];
}

export interface DtlsTest {
  readonly server: DtlsServer;
  readonly client: DtlsClient;
  readonly toServer: Buffer[];
  readonly toClient: Buffer[];
  readonly keys: SrtpKeys[];
  readonly failed: DtlsFailure[];
  readonly closed: () => boolean;
  /** Lets the client have all its answers, so that it does not repeat itself for half a minute. */
  readonly stop: () => void;
}

export async function certificateOfTests(): Promise<RTCCertificate> {
  const made = await RTCDtlsTransport.SetupCertificate();
  if (made === undefined) throw new Error('there is no certificate');
  return made;
}

export async function fingerprintsOfTests(): Promise<readonly Fingerprint[]> {
  return (await certificateOfTests()).getFingerprints().map(({ algorithm, value }) => ({ hash: algorithm, value }));
}

/** Our server and a client that somebody else wrote, with a wire between them. */
export async function connectDtls(options: DtlsTestOptions = {}): Promise<DtlsTest> {
  const { certPem, privateKey, signatureHash } = options.certificate ?? await certificateOfTests();
  const toServer: Buffer[] = [];
  const toClient: Buffer[] = [];
  const keys: SrtpKeys[] = [];
  const failed: DtlsFailure[] = [];
  let isClosed = false;
  const transport: Transport = {
    type: 'test', address: { address: '127.0.0.1', family: 'IPv4', port: 1 }, closed: false,
    onData: () => {},
    send: async (datagram) => {
      toServer.push(datagram);
      for (const one of options.toServer?.(datagram) ?? [datagram]) setImmediate(() => { server.receive(one); });
      return Promise.resolve();
    },
    close: async () => Promise.resolve(),
  };
  const server = createDtlsServer({
    identity: createIdentity(),
    fingerprints: options.fingerprints ?? await fingerprintsOfTests(),
    timers: options.timers ?? realTimers,
    send: (datagram) => {
      toClient.push(datagram);
      for (const one of options.toClient?.(datagram) ?? [datagram]) setImmediate(() => { transport.onData(one, ['127.0.0.1', 1]); });
    },
    onKeys: (made) => { keys.push(made); },
    onFailed: (why) => { failed.push(why); },
    onClosed: () => { isClosed = true; },
  });
  const client = new DtlsClient({
    transport, cert: certPem, key: privateKey, signatureHash,
    srtpProfiles: [...options.srtpProfiles ?? [7, 1]] as never[],
    extendedMasterSecret: options.extendedMasterSecret ?? true,
  });
  return { server, client, toServer, toClient, keys, failed, closed: () => isClosed, stop: () => { client.dtls.flight = 99; } };
}
