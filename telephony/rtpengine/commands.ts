import { dictionaryOf, isDictionary, listOf, numberOf, textOf, type Dictionary, type Encodable } from './bencode.ts';
import type { Ng, NgAnswer } from './ng.ts';

/** Two parties of a call, by their tags; without the second one, the first alone. */
export interface Parties {
  readonly call: string;
  readonly from: string;
  readonly to?: string;
}

/** How a description is to be rewritten for the party that it goes to. Names that rtpengine does not know are passed over without a word. */
export interface Rewriting {
  readonly protocol?: 'RTP/AVP' | 'RTP/AVPF' | 'RTP/SAVP' | 'RTP/SAVPF' | 'UDP/TLS/RTP/SAVPF';
  readonly ice?: 'remove' | 'force' | 'default';
  readonly rtcpMux?: readonly ('offer' | 'require' | 'demux' | 'accept' | 'reject')[];
  readonly sdes?: readonly string[];
  readonly osrtp?: readonly ('offer' | 'accept')[];
  readonly dtls?: 'off' | 'passive' | 'active';
  readonly flags?: readonly ('asymmetric' | 'strict source' | 'port latching' | 'generate mid' | 'inject DTMF' | 'single codec' | 'trust address')[];
  /** Interfaces of rtpengine by name: of the party that the description comes from, and of the one it goes to. */
  readonly direction?: readonly [string, string];
  /** What rtpengine is to remember of the party that the description comes from. */
  readonly label?: string;
}

export type Failed = Extract<NgAnswer, { ok: false }>;
export type Done = { readonly ok: true } | Failed;
export type Described = { readonly ok: true; readonly sdp: string } | Failed;

/** One stream of packets, as rtpengine sees it. */
export interface StreamSeen {
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  readonly packets: number;
}

export interface PartySeen {
  readonly tag: string;
  readonly label: string | undefined;
  /** Whether RTP and RTCP of its first sound share a port. */
  readonly rtcpMux: boolean;
  /** Of its first sound; RTP first, and RTCP behind it where it has ports of its own. */
  readonly streams: readonly StreamSeen[];
}

/** What to play: a file that rtpengine can read, or the sound itself. */
export type Playable = { readonly file: string } | { readonly blob: string };

/** What rtpengine is asked for, as far as it was seen to work. `play media` and `subscribe` leave mixing to the listener. */
export interface Commands {
  readonly ping: () => Promise<Done>;
  readonly offer: (parties: Parties, sdp: string, rewriting?: Rewriting) => Promise<Described>;
  readonly answer: (parties: Required<Parties>, sdp: string, rewriting?: Rewriting) => Promise<Described>;
  /** At once: otherwise rtpengine keeps its ports for half a minute. A call that is not there is deleted, too. */
  readonly remove: (call: string) => Promise<Done>;
  readonly query: (call: string) => Promise<{ readonly ok: true; readonly parties: readonly PartySeen[] } | Failed>;
  /** The names of calls. An answer is one datagram, so of thousands of them none may come. */
  readonly list: (limit: number) => Promise<{ readonly ok: true; readonly calls: readonly string[] } | Failed>;
  readonly playMedia: (parties: Parties, what: Playable, repeats?: number) => Promise<{ readonly ok: true; readonly ms: number | undefined } | Failed>;
  readonly stopMedia: (parties: Parties) => Promise<Done>;
  readonly blockMedia: (parties: Parties) => Promise<Done>;
  readonly unblockMedia: (parties: Parties) => Promise<Done>;
  readonly blockKeys: (parties: Parties) => Promise<Done>;
  readonly unblockKeys: (parties: Parties) => Promise<Done>;
  /** Presses a key as if that party had; nothing is sent unless offer and answer had the flag `inject DTMF`. */
  readonly playKey: (parties: Parties, key: string, ms?: number) => Promise<Done>;
  /** Answers an offer that has a section for each party that is listened to, and the tag of the listener. */
  readonly subscribe: (call: string) => Promise<{ readonly ok: true; readonly sdp: string; readonly tag: string } | Failed>;
  readonly acceptSubscription: (call: string, tag: string, sdp: string) => Promise<Done>;
  readonly unsubscribe: (call: string, tag: string) => Promise<Done>;
}

/** What rtpengine says of calls that it does not have. */
export const isUnknownCall = (answer: Failed): boolean => answer.why === 'refused' && answer.message.toLowerCase().startsWith('unknown call-id');

const partiesOf = ({ call, from, to }: Parties): Record<string, Encodable | undefined> => ({ 'call-id': call, 'from-tag': from, 'to-tag': to });

const rewritingOf = ({ protocol, ice, rtcpMux, sdes, osrtp, dtls, flags, direction, label }: Rewriting): Record<string, Encodable | undefined> => ({
  'transport-protocol': protocol, ICE: ice, 'rtcp-mux': rtcpMux, SDES: sdes, OSRTP: osrtp, DTLS: dtls, flags, direction, label, replace: ['origin'],
});

const done = (answer: NgAnswer): Done => (answer.ok ? { ok: true } : answer);

function described(answer: NgAnswer): Described {
  if (!answer.ok) return answer;
  const sdp = textOf(answer.fields, 'sdp');
  return sdp === undefined ? { ok: false, why: 'refused', message: 'rtpengine answered without a description' } : { ok: true, sdp };
}

export function createCommands({ request }: Pick<Ng, 'request'>): Commands {
  const simple = (command: string) => async (parties: Parties): Promise<Done> => done(await request(command, partiesOf(parties)));
  return {
    ping: async () => done(await request('ping')),
    offer: async (parties, sdp, rewriting = {}) => described(await request('offer', { ...partiesOf(parties), sdp, ...rewritingOf(rewriting) })),
    answer: async (parties, sdp, rewriting = {}) => described(await request('answer', { ...partiesOf(parties), sdp, ...rewritingOf(rewriting) })),
    remove: async (call) => done(await request('delete', { 'call-id': call, 'delete-delay': 0 })),
    query: async (call) => {
      const answer = await request('query', { 'call-id': call });
      return answer.ok ? { ok: true, parties: partiesIn(answer.fields) } : answer;
    },
    list: async (limit) => {
      const answer = await request('list', { limit });
      return answer.ok ? { ok: true, calls: listOf(answer.fields, 'calls').filter((call) => typeof call === 'string') } : answer;
    },
    playMedia: async (parties, what, repeats) => {
      const answer = await request('play media', { ...partiesOf(parties), ...what, 'repeat-times': repeats });
      return answer.ok ? { ok: true, ms: numberOf(answer.fields, 'duration') } : answer;
    },
    stopMedia: simple('stop media'),
    blockMedia: simple('block media'),
    unblockMedia: simple('unblock media'),
    blockKeys: simple('block DTMF'),
    unblockKeys: simple('unblock DTMF'),
    playKey: async (parties, key, ms) => done(await request('play DTMF', { ...partiesOf(parties), code: key, duration: ms })),
    subscribe: async (call) => {
      const answer = await request('subscribe request', { 'call-id': call, flags: ['all'] });
      const offer = described(answer);
      const tag = answer.ok ? textOf(answer.fields, 'to-tag') : undefined;
      if (!offer.ok) return offer;
      return tag === undefined ? { ok: false, why: 'refused', message: 'rtpengine answered without a tag' } : { ok: true, sdp: offer.sdp, tag };
    },
    acceptSubscription: async (call, tag, sdp) => done(await request('subscribe answer', { 'call-id': call, 'to-tag': tag, sdp })),
    unsubscribe: async (call, tag) => done(await request('unsubscribe', { 'call-id': call, 'to-tag': tag })),
  };
}

function partiesIn(fields: Dictionary): readonly PartySeen[] {
  return [...dictionaryOf(fields, 'tags') ?? []].map(([tag, party]) => {
    const [sound] = listOf(party, 'medias').filter((media) => textOf(media, 'type') === 'audio');
    return {
      tag, label: textOf(party, 'label'), rtcpMux: listOf(sound, 'flags').includes('rtcp-mux'),
      streams: listOf(sound, 'streams').filter(isDictionary).map((stream) => {
        const remote = dictionaryOf(stream, 'endpoint');
        return {
          local: { address: textOf(stream, 'local address') ?? '', port: numberOf(stream, 'local port') ?? 0 },
          remote: { address: textOf(remote, 'address') ?? '', port: numberOf(remote, 'port') ?? 0 },
          packets: numberOf(dictionaryOf(stream, 'stats'), 'packets') ?? 0,
        };
      }),
    };
  });
}
