import type { Guests } from '../../engine/guests.ts';
import type { CodecName } from '../../../telephony/audio/codec.ts';
import type { CallEnd, SipCall } from '../../../telephony/sip/call/call.ts';
import { readUri } from '../../../telephony/sip/message/uri.ts';
import type { Challenger } from '../../../telephony/sip/registrar/challenger.ts';
import type { Registrar } from '../../../telephony/sip/registrar/registrar.ts';
import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import { retryAfterMs } from '../../../telephony/sip/trunk/ask.ts';
import { applyPlan } from '../../../telephony/sip/trunk/number-rules.ts';
import type { PeerResult } from '../../../telephony/sip/trunk/peers.ts';
import type { TrunkConfig } from '../../../telephony/sip/trunk/trunk.ts';
import type { Route, Trunks } from '../../../telephony/sip/trunk/trunks.ts';
import { takesTalk } from './pick-up.ts';
import type { Admission, Directory, Way } from './ways.ts';

export interface DirectoryDependencies {
  readonly realm: string;
  readonly registrar: Pick<Registrar, 'bindingsOf'>;
  readonly trunks: Pick<Trunks, 'routesFor' | 'callerFor' | 'claim' | 'reportResult' | 'whoIs' | 'incoming' | 'ofAccount' | 'credentialsOf'>;
  readonly challenger: Challenger;
  /** Whom web pages have let in to call; nobody unless told. */
  readonly guests?: Guests;
  /** Whether it is a number of a phone of ours, registered or not. */
  readonly isPhone: (number: string) => Promise<boolean>;
}

/** Shown where no number is: an empty user part is no address. */
const NOBODY = 'anonymous';

const isBrowser = ({ kind }: Channel): boolean => kind === 'WS' || kind === 'WSS';

const asAlways = (): (() => void) => () => undefined;

const phoneNamed = (user: string): string => `phone ${user}`;
export const isPhoneNamed = (who: string): boolean => who.startsWith(phoneNamed(''));
export const isGuestNamed = (who: string): boolean => who.startsWith(guestNamed(''));
const TRUNK = 'trunk ';
/** The name of the trunk; undefined of who came by none. */
export const trunkOf = (who: string): string | undefined => (who.startsWith(TRUNK) ? who.slice(TRUNK.length) : undefined);
const trunkNamed = ({ name }: TrunkConfig): string => `${TRUNK}${name}`;
const guestNamed = (user: string): string => `guest ${user}`;

/** What a call has shown of the machine by which it went; what we called off ourselves shows nothing. */
function resultOf(end: CallEnd): PeerResult | undefined {
  if (end.kind === 'ours') return undefined;
  if (end.kind !== 'failed') return end.kind === 'lost' ? 'failed' : 'ok';
  const holdMs = end.response === undefined ? undefined : retryAfterMs(end.response);
  return { status: end.status, ...(holdMs === undefined ? {} : { retryAfterMs: holdMs }) };
}

const CODECS: readonly CodecName[] = ['PCMA', 'PCMU', 'G722', 'opus'];

/** Those that the trunk wants and we have, in its order. */
function codecsOf({ codecs = [] }: TrunkConfig): { readonly codecs?: readonly CodecName[] } {
  const known = codecs.flatMap((name) => CODECS.find((codec) => codec.toLowerCase() === name.toLowerCase()) ?? []);
  return known.length === 0 ? {} : { codecs: known };
}

/** As it was dialled, as the trunk is told it and, where that can be known, with its country's number: rules that fit one of them fit the number. */
function formsOf({ trunk: { numbering }, called }: Route, number: string): readonly string[] {
  const full = numbering === undefined ? undefined : applyPlan(number, { form: 'plus' }, numbering);
  return [...new Set([number, called, ...(full === undefined ? [] : [full])])];
}

/** The same device, whatever else its Contact says here and there. */
function isSameContact(one: string, other: string): boolean {
  const [first, second] = [readUri(one), readUri(other)];
  return first !== undefined && second !== undefined && first.user === second.user && first.host.toLowerCase() === second.host.toLowerCase() && first.port === second.port;
}

/** Who is reached by registered phones and by trunks, and who may call in by them. */
export function createDirectory({ realm, registrar, trunks, challenger, guests, isPhone }: DirectoryDependencies): Directory {
  const outside = function* outside(number: string, from: string): Generator<readonly Way[]> {
    for (const route of trunks.routesFor(number)) {
      const { trunk, uri, target, domain, credentials } = route;
      yield [{
        carrier: 'rtp', ...codecsOf(trunk), who: trunkNamed(trunk), toll: formsOf(route, number),
        uri, by: { target }, from: `sip:${trunks.callerFor(trunk, from) ?? (from === '' ? NOBODY : from)}@${domain}`,
        ...(credentials === undefined ? {} : { credentials }),
        claim: () => {
          const claim = trunks.claim(trunk.name);
          return claim.ok ? (end) => {
            claim.release();
            const result = resultOf(end);
            if (result !== undefined) trunks.reportResult(route, result);
          } : undefined;
        },
      }];
    }
  };

  const phones = (number: string, from: string): readonly Way[] => registrar.bindingsOf({ user: number, realm }).map(({ uri, channel, path, allowEvents }) => ({
    carrier: isBrowser(channel) ? 'webrtc' : 'rtp', who: phoneNamed(number),
    uri, by: { channel }, from: `sip:${from === '' ? NOBODY : from}@${realm}`, claim: asAlways,
    ...(path.length === 0 ? {} : { headers: { Route: path.join(', ') } }),
    ...(takesTalk(allowEvents) ? { isLinked: true } : {}),
  }));

  const admitGuest = (user: string, call: SipCall, isByWeb: boolean): Admission => {
    const admitted = { ok: true, who: guestNamed(user), called: call.to.user, release: asAlways() } as const;
    // The one call that a guest has is the one that it takes up again.
    if (call.replaces !== undefined) return { ...admitted, caller: '' };
    const used = isByWeb ? guests?.use(user, call.to.user) : undefined;
    return used === undefined ? { ok: false, status: 403 } : { ...admitted, caller: used.caller, unverified: true };
  };

  const admitFrom = (trunk: TrunkConfig, call: SipCall): Admission => {
    const { called, caller } = trunks.incoming(trunk, call.invite);
    // Who takes a call over calls us, and no number.
    const who = trunkNamed(trunk);
    if (called === undefined && call.replaces === undefined) return { ok: false, status: 404, who };
    const claim = trunks.claim(trunk.name);
    if (claim.ok) return { ok: true, who, caller: caller ?? '', called: called ?? '', ...codecsOf(trunk), release: claim.release };
    // Its lines are taken, which is what a caller is told who finds somebody talking (RFC 3261 21.4.18); 503 would keep the carrier from
    // all of our lines (21.5.4). That is right where it calls too often, for as long as that is so.
    return claim.why === 'callsPerSecond' ? { ok: false, status: 503, headers: { 'Retry-After': '1' }, who } : { ok: false, status: 486, who };
  };

  /** By its address, or by the name that its credentials have proved. */
  const admit = async (call: SipCall): Promise<Admission> => {
    const channel = call.channel();
    if (channel === undefined) return { ok: false, status: 500 };
    // A browser is no carrier, whoever else may be at its address.
    const byAddress = isBrowser(channel) ? undefined : trunks.whoIs(channel.remote, call.invite);
    if (byAddress !== undefined) return admitFrom(byAddress, call);
    const checked = await challenger.check(call.invite, channel);
    if (checked.kind === 'challenge') return { ok: false, status: 401, headers: { 'WWW-Authenticate': checked.challenges[0] ?? '' } };
    if (checked.kind === 'denied') return { ok: false, status: checked.status };
    // It may have been given up while its account was looked up; then it takes no place.
    if (call.state() === 'ended') return { ok: false, status: 487 };
    const { user } = checked.account;
    if (guests?.isGuest(user) === true) return admitGuest(user, call, isBrowser(channel));
    const byAccount = trunks.ofAccount(user);
    // A phone calls in as a customer would: where it leads is what access codes say.
    return byAccount === undefined ? { ok: true, who: phoneNamed(user), caller: user, called: call.to.user, release: asAlways() } : admitFrom(byAccount, call);
  };

  return {
    phone: async (number, from) => {
      const ways = phones(number, from);
      if (ways.length > 0) return [ways];
      return await isPhone(number) ? [] : outside(number, from);
    },
    number: (number, from) => Promise.resolve(outside(number, from)),
    isLinked: (number) => registrar.bindingsOf({ user: number, realm }).some(({ allowEvents }) => takesTalk(allowEvents)),
    admit,
    claimAgain: (who) => {
      const claim = who.startsWith(TRUNK) ? trunks.claim(who.slice(TRUNK.length)) : undefined;
      return claim?.ok === true ? claim.release : undefined;
    },
    credentialsOf: (who) => (who.startsWith(TRUNK) ? trunks.credentialsOf(who.slice(TRUNK.length)) : undefined),
    wayBackTo: (who, contact) => {
      const [kind, user = ''] = who.split(' ', 2);
      return kind === 'phone' ? registrar.bindingsOf({ user, realm }).find(({ uri }) => isSameContact(uri, contact))?.channel : undefined;
    },
  };
}
