import { codecLines, type Codec } from '../sdp/codec.ts';
import type { Direction } from '../sdp/section.ts';
import { connectionTo, writeSdp, type Attribute, type Media, type Session } from '../sdp/session.ts';
import type { Credentials } from './ice/lite.ts';

/** One media line of ours. */
export type LocalSection =
  /** Refused: it keeps its place and says nothing (RFC 3264 6). */
  | { readonly kind: string; readonly mid: string | undefined; readonly protocol: string; readonly formats: readonly string[]; readonly stream?: undefined }
  | { readonly kind: string; readonly mid: string | undefined; readonly protocol: string; readonly formats?: undefined; readonly stream: LocalStream };

export interface LocalStream {
  readonly codecs: readonly Codec[];
  readonly direction: Direction;
  readonly ssrc: number;
}

export interface LocalTransport {
  readonly credentials: Credentials;
  readonly fingerprint: string;
  /** The offerer leaves the roles to the other side, which takes the active one (RFC 8842 5.2, 5.3); we wait. */
  readonly setup: 'actpass' | 'passive';
  /** Where we can be reached, in the order in which it is to be tried. */
  readonly addresses: readonly string[];
  readonly port: number;
}

export interface LocalParts {
  readonly sessionId: string;
  readonly version: number;
  readonly isBundled: boolean;
  readonly cname: string;
  readonly sections: readonly LocalSection[];
  readonly transport: LocalTransport;
}

/** For offers that fix nothing yet. */
export const OFFERED_PROTOCOL = 'UDP/TLS/RTP/SAVPF';
/** A relay that does not look into the picture cannot shrink it; this is enough for a face (kilobits per second). */
const VIDEO_BANDWIDTH = 'AS:1200';

const flag = (name: string): Attribute => ({ name });
const line = (name: string, value: string): Attribute => ({ name, value });

/** Writes an offer or an answer (RFC 8829 5.2, 5.3), as much of it as a page needs that calls one server. */
export function writeLocalDescription({ sessionId, version, isBundled, cname, sections, transport }: LocalParts): string {
  const first = transport.addresses[0] ?? '0.0.0.0';
  const mids = sections.flatMap(({ mid, stream }) => (stream === undefined || mid === undefined ? [] : [mid]));
  const session: Session = {
    origin: { username: '-', sessionId, version: String(version), ...connectionTo(first) },
    name: '-',
    attributes: [
      // It is the session that is lite, so it stands here and nowhere else (RFC 8839 5.3).
      flag('ice-lite'),
      ...(isBundled ? [line('group', `BUNDLE ${mids.join(' ')}`)] : []),
    ],
    media: sections.map((section) => mediaOf(section, transport, cname)),
  };
  return writeSdp(session);
}

function mediaOf({ kind, mid, protocol, formats, stream }: LocalSection, transport: LocalTransport, cname: string): Media {
  const named = mid === undefined ? [] : [line('mid', mid)];
  const first = connectionTo(transport.addresses[0] ?? '0.0.0.0');
  if (stream === undefined) return { kind, port: 0, protocol, formats, connection: first, attributes: [...named, flag('inactive')] };
  return {
    kind, protocol,
    port: transport.port,
    formats: stream.codecs.map(({ payloadType }) => String(payloadType)),
    connection: first,
    ...(kind === 'video' ? { bandwidth: VIDEO_BANDWIDTH } : {}),
    attributes: [
      ...named,
      flag(stream.direction),
      ...transportLines(transport),
      ...codecLines(stream.codecs),
      ...(kind === 'audio' ? [line('ptime', '20')] : []),
      // Pages take the first stream of a track; without a name for it there is none (RFC 8830).
      line('msid', `call ${kind}`),
      line('ssrc', `${stream.ssrc} cname:${cname}`),
    ],
  };
}

function transportLines({ credentials, fingerprint, setup, addresses, port }: LocalTransport): readonly Attribute[] {
  return [
    line('ice-ufrag', credentials.ufrag),
    line('ice-pwd', credentials.password),
    line('fingerprint', `sha-256 ${fingerprint}`),
    line('setup', setup),
    flag('rtcp-mux'),
    ...(setup === 'actpass' ? [flag('rtcp-mux-only')] : []),
    ...addresses.map((address, i) => line('candidate', `${i + 1} 1 udp ${hostPriority(i)} ${address} ${port} typ host`)),
    flag('end-of-candidates'),
  ];
}

/** RFC 8445 5.1.2.1: a host candidate of the one component that there is. */
function hostPriority(place: number): number {
  return 126 * 2 ** 24 + (65_535 - place) * 2 ** 8 + 255;
}
