import { UA, WebSocketInterface, debug } from 'jssip';
import type { IncomingInfoEvent, OutgoingInfoEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { CallEvent, Ending, ImageRequest } from './call-state.ts';
import type { PlacedCall, PlaceOptions } from './caller.ts';

/* The telephone in the browser: SIP over WebSocket and WebRTC. A file of its own, which is loaded when somebody calls. */

const IMAGE_REQUEST = 'application/vnd.parley.image-request+json';
const CALL_STATE = 'application/vnd.parley.call-state+json';
/** The server hears keys as events of RFC 4733. */
const KEY = { transportType: 'RFC2833', duration: 120, interToneGap: 80 } as const;
const WHY_FAILED: Readonly<Record<number, Ending>> = { 403: 'refused', 404: 'unavailable', 408: 'unreachable', 480: 'nobody', 486: 'busy', 503: 'unavailable', 600: 'busy', 603: 'busy' };

interface End {
  readonly originator: string;
  readonly cause: string;
  readonly message?: { readonly status_code?: number } | null;
}

function whyOver({ originator, message, cause }: End): Ending {
  const status = message?.status_code;
  if (originator === 'local') return cause === 'Canceled' || cause === 'Terminated' ? 'hungUp' : 'failed';
  if (status !== undefined) return WHY_FAILED[status] ?? 'failed';
  if (originator === 'remote') return 'over';
  return cause === 'Connection Error' ? 'unreachable' : 'lost';
}

function playThrough(connection: RTCPeerConnection): () => void {
  const speaker = new Audio();
  connection.addEventListener('track', ({ track, streams: [stream] }) => {
    speaker.srcObject = stream ?? new MediaStream([track]);
    // The user has pressed a button, so the browser lets it play.
    speaker.play().catch(() => undefined);
  });
  return () => { speaker.srcObject = null; };
}

/** Tells of the way that the sound takes, and looks for another one when it breaks. */
function watchWay(session: RTCSession, connection: RTCPeerConnection, on: (event: CallEvent) => void): void {
  connection.addEventListener('iceconnectionstatechange', () => {
    const { iceConnectionState: state } = connection;
    if (state === 'disconnected' || state === 'failed') on({ kind: 'lineDown' });
    if (state === 'connected' || state === 'completed') on({ kind: 'lineUp' });
    if (state === 'failed' && session.isEstablished()) session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  });
}

function readMessage(contentType: string, body: string): CallEvent | undefined {
  try {
    if (contentType === IMAGE_REQUEST) return { kind: 'imageAsked', image: JSON.parse(body) as ImageRequest };
    if (contentType !== CALL_STATE) return undefined;
    const { state } = JSON.parse(body) as { readonly state?: unknown };
    return state === 'waiting' || state === 'talking' ? { kind: 'told', state } : undefined;
  } catch {
    return undefined;
  }
}

/** Calls; what becomes of it is told to `on`. */
export function placeCall({ token, stream, on }: PlaceOptions<MediaStream>): PlacedCall {
  debug.disable();
  const { address, user, password, target, webSocketUrl, iceServers } = token;
  const phone = new UA({ sockets: [new WebSocketInterface(webSocketUrl)], uri: address, authorization_user: user, password, register: false, connection_recovery_max_interval: 4 });
  let session: RTCSession | undefined;
  let silence: (() => void) | undefined;
  let isOver = false;

  const end = (why: Ending): void => {
    if (isOver) return;
    isOver = true;
    silence?.();
    // The last word of the call is on its way; the line is closed behind it.
    setTimeout(() => { phone.stop(); }, 500);
    on({ kind: 'over', why });
  };

  const begin = (): void => {
    session = phone.call(target, {
      mediaStream: stream, mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers }, rtcOfferConstraints: { offerToReceiveAudio: true },
      eventHandlers: {
        peerconnection: ({ peerconnection }) => { silence = playThrough(peerconnection); },
        // The server has one address that everybody reaches, and finds out where we are: nothing is to be waited for.
        icecandidate: ({ ready }) => { ready(); },
        progress: () => { on({ kind: 'ringing' }); },
        accepted: () => { on({ kind: 'answered' }); },
        newInfo: ({ originator, info }: IncomingInfoEvent | OutgoingInfoEvent) => {
          const event = (originator as string) === 'remote' ? readMessage(info.contentType, info.body) : undefined;
          if (event !== undefined) on(event);
        },
        ended: (event) => { end(whyOver(event as unknown as End)); },
        failed: (event) => { end(whyOver(event as unknown as End)); },
      },
    });
    watchWay(session, session.connection, on);
  };

  phone.on('connected', () => {
    if (session === undefined) begin();
    else on({ kind: 'lineUp' });
  });
  phone.on('disconnected', () => {
    if (session === undefined) end('unreachable');
    else on({ kind: 'lineDown' });
  });
  phone.start();

  return {
    hangUp: () => {
      if (session?.isEnded() === false) session.terminate();
      end('hungUp');
    },
    mute: (isMuted) => {
      if (isMuted) session?.mute({ audio: true });
      else session?.unmute({ audio: true });
    },
    press: (key) => { if (session?.isEstablished() === true) session.sendDTMF(key, KEY as never); },
  };
}
