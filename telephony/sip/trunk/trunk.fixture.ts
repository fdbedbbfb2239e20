import { virtualTimers } from '../../testing/virtual-timers.ts';
import { buildRequest, responseTo, type Fields } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import type { SendRequest } from '../registrar/pings.ts';
import { fakeChannel, type FakeChannel } from '../registrar/registrar.fixture.ts';
import type { Transports } from '../transport/channel.ts';
import type { TrunkConfig } from './trunk.ts';
import { createTrunks, type TrunksDependencies } from './trunks.ts';

/** What a peer answers: nothing for a timeout. */
export type Carrier = (request: SipRequest) => { readonly status: number; readonly headers?: Fields } | undefined;

const TIMEOUT_MS = 32_000;

/** Carriers by their hosts, and all that they were sent. Hosts that are not there cannot be reached. */
export function trunked(trunks: readonly TrunkConfig[], carriers: Record<string, Carrier>, dependencies: Partial<TrunksDependencies> = {}) {
  const timers = virtualTimers();
  const sent: { readonly host: string; readonly request: SipRequest; readonly at: number }[] = [];
  const channels = new Map<string, FakeChannel>();
  const states: string[] = [];
  const transports: Pick<Transports, 'reach'> = {
    reach: async ({ host, kind }) => {
      if (carriers[host] === undefined) throw new Error('unreachable');
      const known = channels.get(host);
      const channel = known?.isOpen() === true ? known : fakeChannel(kind, host.startsWith('sip') ? `203.0.113.${host.length}` : host);
      channels.set(host, channel);
      return Promise.resolve(channel);
    },
  };
  /** Challenges are the user agent's business: carriers here see what it sends after them. */
  const send: SendRequest = async ({ method, uri, from, to = uri, headers = {}, channel, callId = 'x', cseq = 1 }) => {
    const [host = ''] = [...channels].find(([, each]) => each === channel) ?? [];
    const addressed = (party: typeof from): string => `<${typeof party === 'string' ? party : party.uri}>`;
    const request = buildRequest({ method, uri, from: addressed(from), to: addressed(to), callId, cseq, headers });
    sent.push({ host, request, at: timers.now() });
    const answer = carriers[host]?.(request);
    if (answer !== undefined && channel !== undefined) {
      return Promise.resolve({ ok: true, response: responseTo(request, answer.status, undefined, { toTag: 'c', headers: answer.headers ?? {} }), channel, cseq });
    }
    await new Promise<void>((resolve) => { timers.after(TIMEOUT_MS, resolve); });
    return { ok: false, why: 'timeout', cseq };
  };
  const standing = createTrunks({
    timers, transports, send, trunks, random: () => 0.5, onRegistration: ({ name }, state) => { states.push(`${name} ${state}`); }, ...dependencies,
  });
  const sentOf = (method: string): readonly SipRequest[] => sent.filter(({ request }) => request.method === method).map(({ request }) => request);
  return { timers, sent, sentOf, channels, states, trunks: standing };
}
