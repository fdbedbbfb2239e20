import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { until } from './page.ts';

/** A connection that somebody else wrote, all of it: ICE, DTLS, SRTP and SDP. */
export interface WeriftPeer {
  readonly connection: RTCPeerConnection;
  readonly track: MediaStreamTrack;
  readonly received: readonly Buffer[];
  /** Calls: its offer, which `accept` gets the answer of. */
  readonly offer: (direction?: 'sendrecv' | 'sendonly' | 'inactive') => Promise<string>;
  readonly accept: (sdp: string) => Promise<void>;
  readonly answer: (sdp: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export function createWeriftPeer(): WeriftPeer {
  const connection = new RTCPeerConnection({
    // It looks for a server on the Internet if it has none; here nobody answers, and it does not wait.
    iceServers: [{ urls: 'stun:127.0.0.1:9' }], iceStunGatherTimeout: 0.01,
    iceUseIpv6: false, iceAdditionalHostAddresses: ['127.0.0.1'], iceInterfaceAddresses: { udp4: '127.0.0.1' },
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, channels: 1, payloadType: 0 }),
        new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8_000, channels: 1, payloadType: 126 }),
      ],
    },
  });
  const track = new MediaStreamTrack({ kind: 'audio' });
  const transceiver = connection.addTransceiver(track, { direction: 'sendrecv' });
  const received: Buffer[] = [];
  const known = new Set<MediaStreamTrack>();
  connection.onTrack.subscribe((theirs) => {
    // It tells of the same track at each negotiation.
    if (known.has(theirs)) return;
    known.add(theirs);
    theirs.onReceiveRtp.subscribe((packet) => { received.push(packet.serialize()); });
  });
  const described = async (): Promise<string> => {
    await until(() => connection.localDescription !== undefined && connection.localDescription !== null, 'the description');
    return connection.localDescription?.sdp ?? '';
  };
  return {
    connection, track, received,
    offer: async (direction) => {
      if (direction !== undefined) transceiver.setDirection(direction);
      await connection.setLocalDescription(await connection.createOffer());
      return described();
    },
    accept: async (sdp) => { await connection.setRemoteDescription({ type: 'answer', sdp }); },
    answer: async (sdp) => {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription(await connection.createAnswer());
      return described();
    },
    close: async () => connection.close(),
  };
}
