import type { Guests } from '../../engine/guests.ts';
import type { Challenger } from '../../../telephony/sip/registrar/challenger.ts';
import type { Registrar } from '../../../telephony/sip/registrar/registrar.ts';
import type { Trunks } from '../../../telephony/sip/trunk/trunks.ts';
import type { CallEnd, SipCall } from '../../../telephony/sip/call/call.ts';
import type { PeerResult } from '../../../telephony/sip/trunk/peers.ts';
import type { Channel } from '../../../telephony/sip/transport/channel.ts';
import { takesTalk } from './pick-up.ts';
import type { Admission, Directory, Way } from './ways.ts';

export interface DirectoryDependencies {
  readonly realm: string;
  readonly registrar: Pick<Registrar, 'bindingsOf'>;
  readonly trunks: Pick<Trunks, 'routesFor' | 'callerFor' | 'claim' | 'reportResult' | 'whoIs' | 'incoming' | 'ofAccount'>;
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

function resultOf(end: CallEnd): PeerResult {
  if (end.kind === 'failed') return { status: end.status };
  return end.kind === 'lost' ? 'failed' : 'ok';
}

/** Who is reached by registered phones and by trunks, and who may call in by them. */
export function createDirectory({ realm, registrar, trunks, challenger, guests, isPhone }: DirectoryDependencies): Directory {
  const outside = function* outside(number: string, from: string): Generator<readonly Way[]> {
    for (const route of trunks.routesFor(number)) {
      yield [{
        carrier: 'rtp', uri: route.uri, by: { target: route.target }, from: `sip:${trunks.callerFor(route.trunk, from) ?? (from === '' ? NOBODY : from)}@${route.domain}`,
        ...(route.credentials === undefined ? {} : { credentials: route.credentials }),
        claim: () => {
          const claim = trunks.claim(route.trunk.name);
          return claim.ok ? (end) => {
            claim.release();
            trunks.reportResult(route, resultOf(end));
          } : undefined;
        },
      }];
    }
  };

  const phones = (number: string, from: string): readonly Way[] => registrar.bindingsOf({ user: number, realm }).map(({ uri, channel, path, allowEvents }) => ({
    carrier: isBrowser(channel) ? 'webrtc' : 'rtp',
    uri, by: { channel }, from: `sip:${from === '' ? NOBODY : from}@${realm}`, claim: asAlways,
    ...(path.length === 0 ? {} : { headers: { Route: path.join(', ') } }),
    ...(takesTalk(allowEvents) ? { isLinked: true } : {}),
  }));

  /** By its address, or by the name that its credentials have proved. */
  const admit = async (call: SipCall): Promise<Admission> => {
    const channel = call.channel();
    if (channel === undefined) return { ok: false, status: 500 };
    // A browser is no carrier, whoever else may be at its address.
    const byAddress = isBrowser(channel) ? undefined : trunks.whoIs(channel.remote, call.invite);
    if (byAddress === undefined) {
      const checked = await challenger.check(call.invite, channel);
      if (checked.kind === 'challenge') return { ok: false, status: 401, headers: { 'WWW-Authenticate': checked.challenges[0] ?? '' } };
      if (checked.kind === 'denied') return { ok: false, status: checked.status };
      const { user } = checked.account;
      if (guests?.isGuest(user) === true) {
        const used = isBrowser(channel) ? guests.use(user, call.to.user) : undefined;
        return used === undefined ? { ok: false, status: 403 } : { ok: true, caller: used.caller, called: call.to.user };
      }
      const byAccount = trunks.ofAccount(user);
      // A phone calls in as a customer would: where it leads is what access codes say.
      if (byAccount === undefined) return { ok: true, caller: user, called: call.to.user };
      return admitted(byAccount, call);
    }
    return admitted(byAddress, call);
  };

  const admitted = (trunk: Parameters<Trunks['incoming']>[0], call: SipCall): Admission => {
    const { called, caller } = trunks.incoming(trunk, call.invite);
    return called === undefined ? { ok: false, status: 404 } : { ok: true, caller: caller ?? '', called };
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
  };
}
