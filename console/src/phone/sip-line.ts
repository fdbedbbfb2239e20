import JsSIP from 'jssip';
import type { DeskSession } from '../desk/keeper.ts';

/* The line to Parley: SIP over WebSocket by JsSIP, whose declarations lack those of its events; what is used of them stands here. */

export type Credentials = NonNullable<DeskSession['phone']>;

export interface LineListener {
  readonly registered: () => void;
  readonly refused: () => void;
  readonly disconnected: () => void;
  readonly invited: (id: string) => void;
  readonly up: (id: string) => void;
  readonly over: (id: string) => void;
  readonly heard: (stream: MediaStream) => void;
}

export interface SipLine {
  readonly answer: (id: string, microphone: MediaStream) => void;
  readonly decline: (id: string) => void;
  /** Calls a room of Parley's; answers the id of the dialog. */
  readonly call: (room: string, microphone: MediaStream) => string;
  readonly discard: (id: string) => void;
  /** Another microphone, also in the middle of a call. */
  readonly speak: (track: MediaStreamTrack) => void;
  /** Hangs up and signs the phone off; where another page goes on with the call, it goes without a word, as pages that are closed do. */
  readonly stop: (how: 'handedOver' | 'over') => void;
}

interface Emitter<Events> {
  readonly on: <Name extends keyof Events & string>(name: Name, listener: (event: Events[Name]) => void) => void;
}

interface SessionOptions {
  readonly mediaStream: MediaStream;
  readonly mediaConstraints: MediaStreamConstraints;
  readonly pcConfig: RTCConfiguration;
}

interface Session extends Emitter<{
  readonly peerconnection: { readonly peerconnection: RTCPeerConnection };
  readonly accepted: object; readonly confirmed: object; readonly ended: object; readonly failed: object;
}> {
  readonly id: string;
  readonly connection: RTCPeerConnection | null | undefined;
  readonly answer: (options: SessionOptions) => void;
  readonly terminate: (options?: { readonly status_code?: number; readonly reason_phrase?: string }) => void;
  readonly isEnded: () => boolean;
}

interface Agent extends Emitter<{
  readonly registered: object; readonly disconnected: object;
  readonly registrationFailed: { readonly response?: { readonly status_code: number } | null };
  readonly newRTCSession: { readonly originator: string; readonly session: Session };
}> {
  readonly start: () => void;
  readonly stop: () => void;
  readonly call: (target: string, options: SessionOptions) => Session;
}

interface Library {
  readonly UA: new (options: object) => Agent;
  readonly WebSocketInterface: new (url: string) => { readonly disconnect: () => void };
}

const { UA, WebSocketInterface } = JsSIP as unknown as Library;

const REGISTER_SECONDS = 120;
/** Seconds between tries to have the line again: those of JsSIP would leave a caller waiting for half a minute. */
const RECOVERY = { connection_recovery_min_interval: 1, connection_recovery_max_interval: 4 };
const REFUSED = new Set([401, 403, 404]);
/** Who is rung may try elsewhere (RFC 3261 21.4.18). */
const UNAVAILABLE = { status_code: 480, reason_phrase: 'Temporarily Unavailable' };

export function openSipLine({ address, user, password, webSocketUrl, iceServers }: Credentials, listener: LineListener): SipLine {
  const sessions = new Map<string, Session>();
  const socket = new WebSocketInterface(webSocketUrl);
  const agent = new UA({ sockets: [socket], uri: address, authorization_user: user, password, register: true, register_expires: REGISTER_SECONDS, ...RECOVERY });
  const options = (mediaStream: MediaStream): SessionOptions => ({ mediaStream, mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: iceServers.map((server) => ({ ...server })) } });

  const attend = (session: Session): void => {
    const { id } = session;
    sessions.set(id, session);
    const hear = (connection: RTCPeerConnection): void => {
      connection.addEventListener('track', ({ streams: [stream] }) => { if (stream !== undefined) listener.heard(stream); });
    };
    if (session.connection == null) session.on('peerconnection', ({ peerconnection }) => { hear(peerconnection); });
    else hear(session.connection);
    const over = (): void => {
      if (sessions.delete(id)) listener.over(id);
    };
    session.on('confirmed', () => { listener.up(id); });
    session.on('ended', over);
    session.on('failed', over);
  };

  const end = (id: string, how?: Parameters<Session['terminate']>[0]): void => {
    const session = sessions.get(id);
    if (session !== undefined && !session.isEnded()) session.terminate(how);
  };

  agent.on('registered', listener.registered);
  agent.on('disconnected', listener.disconnected);
  agent.on('registrationFailed', ({ response }) => { if (response != null && REFUSED.has(response.status_code)) listener.refused(); });
  agent.on('newRTCSession', ({ originator, session }) => {
    attend(session);
    if (originator === 'remote') listener.invited(session.id);
  });
  agent.start();

  return {
    answer: (id, microphone) => { sessions.get(id)?.answer(options(microphone)); },
    decline: (id) => { end(id, UNAVAILABLE); },
    call: (room, microphone) => agent.call(`sip:${room}@${address.slice(address.indexOf('@') + 1)}`, options(microphone)).id,
    discard: (id) => { end(id); },
    speak: (track) => {
      for (const { connection } of sessions.values()) for (const sender of connection?.getSenders() ?? []) void sender.replaceTrack(track);
    },
    stop: (how) => {
      if (how === 'handedOver') socket.disconnect();
      agent.stop();
    },
  };
}
