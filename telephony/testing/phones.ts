import { setTimeout as pause } from 'node:timers/promises';
import { codecOf } from '../audio/codec.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.ts';
import { tonesAmong } from '../audio/listen.ts';
import { Oscillator } from '../audio/oscillator.ts';
import { openRtpEnd } from '../media/rtp-end.ts';
import type { NegotiatedEnd, VideoEnd } from '../media/end.ts';
import { HEADER_BYTES, payloadLength, payloadOffset, payloadTypeOf, writeHeader } from '../rtp/packet.ts';
import { createPorts } from '../rtp/ports.ts';
import { OutgoingStream } from '../rtp/stream.ts';
import { sends } from '../sdp/section.ts';
import { createKeyReader, createKeySender, isKey, type KeySender } from '../rtp/telephone-event.ts';
import type { CallEvent, SipCall } from '../sip/call/call.ts';
import { responseTo, type Fields } from '../sip/message/build.ts';
import { createUserAgent } from '../sip/call/user-agent.ts';
import { createTransactions } from '../sip/transaction/transaction-layer.ts';
import type { Place, Target } from '../sip/transport/channel.ts';
import { createTransports } from '../sip/transport/transports.ts';
import { realTimers } from '../timers.ts';
import { vp8Picture } from '../video/camera.fixture.ts';
import { VP8 } from '../webrtc/picture.ts';

/** How loud phones say their tone: many of them at once are no noise yet. */
export const TONE_DBM0 = -18;
/** As large as a thumb. */
const PICTURE = vp8Picture({ width: 64, height: 48 }, 10);
const CODEC = 'PCMA';
/** What was seen longer ago is not seen any more. */
const SEEN_MS = 150;
/** So much of what was heard last is looked at. */
const LOOK_FRAMES = 8;

/** A telephone that a test has in its hands: real SIP, real sound. It says one tone as long as it is up. */
export interface TestPhone {
  readonly number: string;
  readonly hertz: number;
  readonly state: () => 'idle' | 'ringing' | 'up' | 'gone';
  /** How loud each of some tones is in its ear, 1 as phones say theirs. */
  readonly hears: (tones: readonly number[]) => Readonly<Record<number, number>>;
  readonly answer: () => Promise<void>;
  readonly reject: (status?: number) => void;
  readonly hangUp: () => void;
  /** Resolves when they have been sent. */
  readonly press: (keys: string) => Promise<void>;
  /** The keys that came. */
  readonly keysSent: () => string;
  /** The number that is shown. */
  readonly shows: () => string | undefined;
  readonly timesRung: () => number;
  /** What it does when it is rung: rings on, or says that it is busy. */
  manner: 'waits' | 'busy';
  /** Whether it answers when a NOTIFY tells it to; it says so when it registers. */
  isLinked: boolean;
  /** Whether it can be seen, when it is asked for pictures. */
  hasCamera: boolean;
  /** The phones that it has seen in the last moment. */
  readonly sees: () => readonly string[];
  /** Calls a number, by the password with which it has registered. */
  readonly call: (number: string, headers?: Fields) => Promise<void>;
  /** What an INVITE says in Replaces that is to take the place of its call (RFC 3891). */
  readonly replaces: () => string;
  /** Goes on with its call from elsewhere: by another connection, and with another port for its sound. */
  readonly roam: (by: Target) => Promise<boolean>;
  readonly register: (password: string, expires?: number) => Promise<number>;
  /** Says nothing at all any more, not even that it is silent; or goes on. */
  readonly falls: (how: 'silent' | 'talking') => void;
  /** Packets that came in. */
  readonly packets: () => number;
  /** Changes what it wants: on hold it sends nothing and wants nothing. */
  readonly offer: (direction: 'hold' | 'resume') => Promise<boolean>;
  /** Is not seen any more. */
  readonly closeCamera: () => Promise<boolean>;
}

export interface TestPhones {
  readonly phone: (number: string, hertz: number) => TestPhone;
  /** Where they can be called, which is where a trunk would find a carrier. */
  readonly place: Place;
  readonly stop: () => Promise<void>;
  /** How many calls stand. */
  readonly calls: () => number;
}

interface Line {
  readonly end: NegotiatedEnd;
  readonly stream: OutgoingStream;
  readonly keys: KeySender | undefined;
}

/** Says a tone, and how loud. */
export function toneOf(hertz: number): (frame: Int16Array) => void {
  const oscillator = new Oscillator({ hertz, dbm0: TONE_DBM0 });
  return (frame) => { for (let i = 0; i < frame.length; i += 1) frame[i] = Math.round(oscillator.next()); };
}

/** How loud the tones of phones are in a stretch of sound; what is hardly there is left out. */
export const tonesIn = (sound: Int16Array, tones: readonly number[]): Readonly<Record<number, number>> => tonesAmong(sound, tones, TONE_DBM0);

/** Telephones behind one socket, that call and are called by a server at `server`. */
export async function createTestPhones(server: Place, ports: { readonly from: number; readonly to: number }): Promise<TestPhones> {
  const transports = await createTransports({
    listen: [{ kind: 'UDP', address: '127.0.0.1', port: 0 }, { kind: 'TCP', address: '127.0.0.1', port: 0 }], timers: realTimers, onFault: () => undefined,
  });
  const [listening] = transports.listening;
  const place = listening?.place ?? server;
  const transactions = createTransactions({ transports, timers: realTimers });
  const agent = createUserAgent({ transactions, transports, timers: realTimers, name: 'test phone', contactFor: ({ local }) => `sip:test@${local.address}:${local.port}` });
  const rtpPorts = createPorts({ ...ports, address: '127.0.0.1', pauseMs: 500 });
  const rung = new Map<string, (call: SipCall) => void>();
  const ticks = new Set<() => void>();
  const ticking = setInterval(() => { for (const tick of ticks) tick(); }, FRAME_MS);
  agent.onInvite((call) => {
    const ring = rung.get(call.to.user);
    if (ring === undefined) call.reject(404);
    else ring(call);
  });
  /** Who is to be told what a NOTIFY says, by the Call-ID of the call that it rings for. */
  const linked = new Map<string, (event: string) => void>();
  agent.onRequest('NOTIFY', ({ request, respond }) => {
    const tell = linked.get(request.headers.get('Call-ID') ?? '');
    respond(responseTo(request, tell === undefined ? 489 : 200));
    tell?.(request.headers.get('Event') ?? '');
  });
  const target = { kind: 'UDP', host: server.address, port: server.port } as const;

  const phone = (number: string, hertz: number): TestPhone => {
    const codec = codecOf(CODEC);
    const [encoder, decoder] = [codec.createEncoder(), codec.createDecoder()];
    const say = toneOf(hertz);
    const frame = new Int16Array(FRAME_SAMPLES);
    const payload = new Uint8Array(FRAME_SAMPLES);
    const heard = new Int16Array(FRAME_SAMPLES * 6);
    const ears = new Int16Array(FRAME_SAMPLES * LOOK_FRAMES);
    let call: SipCall | undefined;
    let line: Line | undefined;
    let state: ReturnType<TestPhone['state']> = 'idle';
    let keys = '';
    let timesRung = 0;
    let packets = 0;
    /** Whom it has seen, and when last. */
    const seen = new Map<string, number>();
    const picture = { sequence: 0, timestamp: 0 };
    let hasHeard = false;
    let isHeld = false;
    let isSilent = false;
    let secret: string | undefined;

    const put = (samples: Int16Array): void => {
      ears.copyWithin(0, samples.length);
      ears.set(samples, ears.length - samples.length);
    };
    const silence = new Int16Array(FRAME_SAMPLES);
    /** Whole pictures of VP8 (RFC 7741 4.2), as far as a recorder looks into them: they say whose they are. */
    const show = (video: VideoEnd | undefined): void => {
      const agreed = video?.agreed();
      if (video === undefined || agreed === undefined || !sends(agreed.direction) || !self.hasCamera) return;
      const name = Uint8Array.of(0x10, ...PICTURE, ...new TextEncoder().encode(number));
      const packet = new Uint8Array(HEADER_BYTES + name.length);
      picture.sequence = (picture.sequence + 1) & 0xffff;
      picture.timestamp += FRAME_MS * 90;
      writeHeader(packet, agreed.codec.payloadType, true, picture.sequence, picture.timestamp, hertz);
      packet.set(name, HEADER_BYTES);
      video.send(packet);
    };
    const tick = (): void => {
      if (state === 'up') show(line?.end.video);
      if (!hasHeard) put(silence);
      hasHeard = false;
      if (isSilent || line?.keys?.tick() === true || isHeld || line === undefined) return;
      say(frame);
      const agreed = line.end.agreed();
      if (agreed !== undefined && state === 'up') line.stream.sendFrame(payload.subarray(0, encoder.encode(frame, payload)), agreed.payloadType, FRAME_SAMPLES);
    };

    const open = async (): Promise<NegotiatedEnd> => {
      const end = await openRtpEnd({ ports: rtpPorts, advertised: '127.0.0.1', codecs: [CODEC], cname: number, silentMs: 60_000, timers: realTimers });
      if (end === undefined) throw new Error('there is no port left for a test phone');
      const stream = new OutgoingStream({ send: end.send, now: realTimers.now, clockRate: 8000 });
      const reader = createKeyReader({ clockRate: 8000, onKey: (key) => { keys += key; } });
      end.onPacket((packet) => {
        if (end.agreed()?.receives.get(payloadTypeOf(packet)) === 'telephone-event') {
          reader.read(packet, realTimers.now());
          return;
        }
        packets += 1;
        hasHeard = true;
        const from = payloadOffset(packet);
        put(heard.subarray(0, decoder.decode(packet.subarray(from, from + payloadLength(packet, from)), heard)));
      });
      end.video?.allow(self.hasCamera ? [VP8] : []);
      end.video?.onPacket((packet) => { seen.set(new TextDecoder().decode(packet.subarray(payloadOffset(packet) + 1 + PICTURE.length)), realTimers.now()); });
      line = { end, stream, keys: undefined };
      return end;
    };

    /** Keys go by what was agreed on. */
    const agreeOnKeys = (): void => {
      const event = line?.end.agreed()?.telephoneEvent;
      if (line !== undefined && event !== undefined) line = { ...line, keys: createKeySender({ stream: line.stream, payloadType: event, toneMs: 80 }) };
    };

    const over = (): void => {
      state = 'gone';
      linked.delete(call?.callId ?? '');
      line?.end.close();
      line = undefined;
      ticks.delete(tick);
      ears.fill(0);
    };

    const renegotiate = async ({ sdp, accept, refuse }: Extract<CallEvent, { kind: 'offered' }>): Promise<void> => {
      if (line === undefined) return;
      if (sdp === undefined) {
        accept(await line.end.offer());
        return;
      }
      const answer = await line.end.answer(sdp);
      if (answer.ok) accept(answer.sdp);
      else refuse(488);
    };

    const takeAnswer = async (own: SipCall, sdp: string): Promise<void> => {
      await line?.end.accept(sdp);
      agreeOnKeys();
      if (call === own && own.state() === 'up') state = 'up';
    };

    const attend = (own: SipCall): void => {
      call = own;
      ticks.add(tick);
      own.listen((event) => {
        if (event.kind === 'offered') {
          void renegotiate(event);
        } else if (event.kind === 'answered' && event.sdp !== undefined) {
          void takeAnswer(own, event.sdp);
        } else if (event.kind === 'ended' && call === own) over();
      });
    };

    const self: TestPhone = {
      number, hertz, manner: 'waits', isLinked: false, hasCamera: false,
      state: () => state,
      hears: (tones) => tonesIn(ears, tones),
      sees: () => [...seen].filter(([, at]) => realTimers.now() - at < SEEN_MS).map(([shown]) => shown),
      keysSent: () => keys,
      shows: () => call?.from.user,
      timesRung: () => timesRung,
      falls: (how) => { isSilent = how === 'silent'; },
      packets: () => packets,
      answer: async () => {
        const own = call;
        if (own === undefined) throw new Error(`${number} does not ring`);
        const end = await open();
        const answered = own.sdp === undefined ? { ok: true as const, sdp: await end.offer() } : await end.answer(own.sdp);
        if (!answered.ok) throw new Error(`${number} cannot take the offer: ${answered.message}`);
        if (own.state() === 'ended') {
          over();
          return;
        }
        own.answer(answered.sdp);
        state = 'up';
        agreeOnKeys();
      },
      reject: (status = 603) => { call?.reject(status); },
      hangUp: () => { call?.hangUp(); },
      press: async (pressed) => {
        line?.keys?.press(pressed.split('').filter(isKey));
        while (line?.keys?.isBusy() === true) await pause(FRAME_MS);
      },
      call: async (to, headers = {}) => {
        const end = await open();
        state = 'ringing';
        attend(agent.invite({
          uri: `sip:${to}@${server.address}:${server.port}`, from: `sip:${number}@${server.address}`, target, headers, sdp: await end.offer(),
          ...(secret === undefined ? {} : { credentials: { user: number, password: secret } }),
        }));
      },
      replaces: () => {
        const { localTag = '', remoteTag = '' } = call?.dialog() ?? {};
        return `${call?.callId};to-tag=${remoteTag};from-tag=${localTag}`;
      },
      roam: async (by) => {
        if (call === undefined) return false;
        call.moveTo(await transports.reach(by));
        const former = line?.end;
        const end = await open();
        const answered = await call.offer(await end.offer());
        former?.close();
        const accepted = answered.ok && await end.accept(answered.sdp);
        agreeOnKeys();
        return accepted !== false && accepted.ok;
      },
      register: async (password, expires = 600) => {
        secret = password;
        const sent = await agent.send({
          method: 'REGISTER', uri: `sip:${server.address}:${server.port}`, from: `sip:${number}@${server.address}`, to: `sip:${number}@${server.address}`, target,
          headers: {
            'Contact': `<sip:${number}@${place.address}:${place.port}>`, 'Expires': String(expires), ...(self.isLinked ? { 'Allow-Events': 'talk, hold' } : {}),
          },
          credentials: { user: number, password },
        });
        return sent.ok ? sent.response.status : 0;
      },
      closeCamera: async () => {
        line?.end.video?.allow([]);
        return self.offer('resume');
      },
      offer: async (direction) => {
        isHeld = direction === 'hold';
        const sdp = await line?.end.offer();
        if (sdp === undefined || call === undefined) return false;
        const answered = await call.offer(isHeld ? sdp.replace('a=sendrecv', 'a=inactive') : sdp);
        if (answered.ok && !isHeld) await line?.end.accept(answered.sdp);
        return answered.ok;
      },
    };

    rung.set(number, (own) => {
      timesRung += 1;
      if (self.manner === 'busy') {
        own.reject(486);
        return;
      }
      keys = '';
      state = 'ringing';
      attend(own);
      if (self.isLinked) linked.set(own.callId, (event) => { if (event === 'talk' && state === 'ringing') void self.answer(); });
      own.ring();
    });
    return self;
  };

  return {
    phone, place,
    calls: agent.calls,
    stop: async () => {
      clearInterval(ticking);
      await agent.stop();
      transactions.stop();
      await transports.stop();
    },
  };
}
