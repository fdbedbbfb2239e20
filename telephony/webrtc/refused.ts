/** Everything that a negotiation can be refused for, with what a person may be told. */
export const WEBRTC_REFUSALS = {
  sdp: 'This is no session description.',
  media: 'There is no sound by DTLS-SRTP in it, or not where it was before.',
  codec: 'There is no codec that both sides have.',
  mux: 'RTP and RTCP are to come by two ports, which browsers do not want any more.',
  ice: 'There are no ICE credentials in it, or the other side waits to be found, as we do.',
  dtls: 'There is no fingerprint of SHA-256 or better in it, or the other side waits for our handshake, as we wait for its.',
  changed: 'The other side is somebody else than before: its certificate has changed.',
  state: 'Nothing has been offered that this could be the answer to.',
  ports: 'There is no port left for it.',
  closed: 'The connection is closed.',
} as const;

export type WebRtcRefusal = keyof typeof WEBRTC_REFUSALS;

/** The only error that negotiating throws. */
export class WebRtcRefused extends Error {
  readonly why: WebRtcRefusal;

  constructor(why: WebRtcRefusal) {
    super(WEBRTC_REFUSALS[why]);
    this.name = 'WebRtcRefused';
    this.why = why;
  }
}
