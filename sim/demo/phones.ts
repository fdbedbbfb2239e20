import { codecOf } from '../../telephony/audio/codec.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../telephony/audio/frame.ts';
import type { NegotiatedEnd } from '../../telephony/media/end.ts';
import { openRtpEnd } from '../../telephony/media/rtp-end.ts';
import { createPorts } from '../../telephony/rtp/ports.ts';
import { OutgoingStream } from '../../telephony/rtp/stream.ts';
import type { CallEvent, SipCall } from '../../telephony/sip/call/call.ts';
import { createUserAgent } from '../../telephony/sip/call/user-agent.ts';
import { createTransactions } from '../../telephony/sip/transaction/transaction-layer.ts';
import { createTransports } from '../../telephony/sip/transport/transports.ts';
import { realTimers } from '../../telephony/timers.ts';
import { createMurmur } from './voice-sound.ts';

/* Telephones of simulated people: real SIP and real sound, behind one socket. */

const CODEC = 'PCMA';
const SILENT_MS = 60_000;
const PORTS = { from: 40_000, to: 40_399 } as const;
const EXPIRES_SECONDS = 600;

export interface Talk {
  readonly hangUp: () => void;
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface DemoPhones {
  /** Answers its status; 0 where there is no answer. To be said again before `EXPIRES_SECONDS` are over. */
  readonly register: (account: Credentials) => Promise<number>;
  /** What a phone does that is rung: it answers after so long. */
  readonly attend: (number: string, answerAfterMs: () => number) => void;
  /** Somebody of that number calls; `over` is called once when it has ended, however that came. */
  readonly call: (from: string, to: string, over: () => void) => Promise<Talk>;
  readonly stop: () => Promise<void>;
}

export interface DemoPhonesOptions {
  readonly server: { readonly address: string; readonly port: number };
  /** With what those who call in show that they may. */
  readonly caller: Credentials;
  readonly random: () => number;
}

export async function createDemoPhones({ server, caller, random }: DemoPhonesOptions): Promise<DemoPhones> {
  const own = server.address;
  const transports = await createTransports({ listen: [{ kind: 'UDP', address: own, port: 0 }], timers: realTimers, onFault: () => undefined });
  const transactions = createTransactions({ transports, timers: realTimers });
  const agent = createUserAgent({ transactions, transports, timers: realTimers, name: 'demo phone', contactFor: ({ local }) => `sip:demo@${local.address}:${local.port}` });
  const place = transports.listening[0]?.place ?? server;
  const ports = createPorts({ ...PORTS, address: own });
  const target = { kind: 'UDP', host: server.address, port: server.port } as const;
  const uri = `sip:${server.address}:${server.port}`;
  const attended = new Map<string, () => number>();
  const ticks = new Set<() => void>();
  const ticking = setInterval(() => { for (const tick of ticks) tick(); }, FRAME_MS);

  const openSound = (): Promise<NegotiatedEnd | undefined> => openRtpEnd({ ports, advertised: own, codecs: [CODEC], cname: 'demo', silentMs: SILENT_MS, timers: realTimers });

  /** Talks as long as the call stands. */
  const talk = (call: SipCall, end: NegotiatedEnd, over: () => void): void => {
    const encoder = codecOf(CODEC).createEncoder();
    const murmur = createMurmur(95 + random() * 140);
    const stream = new OutgoingStream({ send: end.send, now: realTimers.now, clockRate: 8000 });
    const [frame, payload] = [new Int16Array(FRAME_SAMPLES), new Uint8Array(FRAME_SAMPLES)];
    const tick = (): void => {
      const agreed = end.agreed();
      if (agreed === undefined || call.state() !== 'up') return;
      murmur(frame);
      stream.sendFrame(payload.subarray(0, encoder.encode(frame, payload)), agreed.payloadType, FRAME_SAMPLES);
    };
    const renegotiate = async ({ sdp, accept, refuse }: Extract<CallEvent, { kind: 'offered' }>): Promise<void> => {
      if (sdp === undefined) {
        accept(await end.offer());
        return;
      }
      const answered = await end.answer(sdp);
      if (answered.ok) accept(answered.sdp);
      else refuse(488);
    };
    ticks.add(tick);
    call.listen((event) => {
      if (event.kind === 'offered') void renegotiate(event);
      else if (event.kind === 'answered' && event.sdp !== undefined) void end.accept(event.sdp);
      else if (event.kind === 'ended') {
        ticks.delete(tick);
        end.close();
        over();
      }
    });
  };

  const answer = async (call: SipCall): Promise<void> => {
    if (call.state() !== 'early') return;
    const end = await openSound();
    const answered = end === undefined || call.sdp === undefined ? undefined : await end.answer(call.sdp);
    if (end === undefined || answered?.ok !== true || call.state() !== 'early') {
      end?.close();
      call.reject(480);
      return;
    }
    talk(call, end, () => undefined);
    call.answer(answered.sdp);
  };

  agent.onInvite((call) => {
    const after = attended.get(call.to.user);
    if (after === undefined) {
      call.reject(404);
      return;
    }
    call.ring();
    setTimeout(() => { void answer(call); }, after());
  });

  return {
    attend: (number, answerAfterMs) => { attended.set(number, answerAfterMs); },
    register: async ({ user, password }) => {
      const address = `sip:${user}@${server.address}`;
      const sent = await agent.send({
        method: 'REGISTER', uri, from: address, to: address, target, headers: { Contact: `<sip:${user}@${place.address}:${place.port}>`, Expires: String(EXPIRES_SECONDS) },
        credentials: { user, password },
      });
      return sent.ok ? sent.response.status : 0;
    },
    call: async (from, to, over) => {
      const end = await openSound();
      if (end === undefined) {
        over();
        return { hangUp: () => undefined };
      }
      const call = agent.invite({
        uri: `sip:${to}@${server.address}:${server.port}`, target, sdp: await end.offer(), credentials: { ...caller },
        // Who shows a password calls by its name; the number is said as carriers say it (RFC 3325).
        from: `sip:${caller.user}@${server.address}`, headers: { 'P-Asserted-Identity': `<sip:${from}@${server.address}>` },
      });
      talk(call, end, over);
      return { hangUp: () => { call.hangUp(); } };
    },
    stop: async () => {
      clearInterval(ticking);
      await agent.stop();
      transactions.stop();
      await transports.stop();
    },
  };
}
