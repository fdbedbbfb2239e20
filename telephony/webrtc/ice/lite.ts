import { randomBytes } from 'node:crypto';
import { readBindingRequest, writeBindingSuccess, writeRoleConflict, writeUnknownAttributes, type Source } from './stun.ts';

/** Who may reach us: a fragment of a user name and a password, new ones for each restart (RFC 8445 5.3). */
export interface Credentials {
  readonly ufrag: string;
  readonly password: string;
}

/**
 * The passive side of ICE (RFC 8445 2.5): it waits where everybody can reach it, answers checks of those who have the
 * password, and takes the way that the other side nominates. It asks nobody, so no description can make it send anything
 * to anybody, names of mDNS among them.
 */
export interface IceLite {
  readonly local: () => Credentials;
  /** The other side, once its description is there; another one than before is a restart, for which `local` is new (RFC 8445 9). */
  readonly setRemote: (remote: Credentials) => { readonly restarted: boolean };
  /** A datagram that is none of RTP or DTLS (RFC 7983 7). */
  readonly receive: (datagram: Buffer, from: Source) => 'ignored' | 'checked' | 'selected';
  /** Whether somebody who has the password has been there. */
  readonly isKnown: (address: string, port: number) => boolean;
  /** The way that was nominated, or before that the one that was checked last. */
  readonly selected: () => Source | undefined;
}

/** A browser has some addresses and its relays some more; more than these at once nobody needs. */
const MOST_SOURCES = 16;

function createCredentials(): Credentials {
  // 48 and 144 bits, more than the 24 and 128 of RFC 8445 5.3.
  return { ufrag: randomBytes(6).toString('base64'), password: randomBytes(18).toString('base64') };
}

export function createIceLite(send: (datagram: Buffer, to: Source) => void): IceLite {
  let local = createCredentials();
  /** Good until the new ones are in use, so that sound goes on while a page restarts. */
  let previous: Credentials | undefined;
  let remote: Credentials | undefined;
  /** By address and port, the one that was checked last at the end. */
  const known = new Map<string, Source>();
  let selected: Source | undefined;
  let isNominated = false;

  const keep = (key: string, from: Source): void => {
    known.delete(key);
    known.set(key, from);
    if (known.size <= MOST_SOURCES) return;
    for (const [oldest, source] of known) {
      if (source.address === selected?.address && source.port === selected.port) continue;
      known.delete(oldest);
      return;
    }
  };

  return {
    local: () => local,
    setRemote: (next) => {
      const restarted = remote !== undefined && (remote.ufrag !== next.ufrag || remote.password !== next.password);
      remote = next;
      if (restarted) {
        previous = local;
        local = createCredentials();
      }
      return { restarted };
    },
    receive: (datagram, { address, port }) => {
      const request = readBindingRequest(datagram);
      // Who has not the password gets no answer at all, so nobody can be made a target by it.
      const credentials = [local, previous].find((one) => one?.ufrag === request?.asked);
      if (request === undefined || credentials === undefined || !request.isIntact(credentials.password)) return 'ignored';
      const isCurrent = credentials === local;
      if (isCurrent && remote !== undefined && request.asking !== remote.ufrag) return 'ignored';
      const from: Source = { address, port };
      if (request.unknown.length > 0) {
        send(writeUnknownAttributes(request, credentials.password), from);
        return 'ignored';
      }
      if (request.isControlled) {
        send(writeRoleConflict(request, credentials.password), from);
        return 'ignored';
      }
      send(writeBindingSuccess(request, from, credentials.password), from);
      keep(`${address} ${port}`, from);
      if (!isCurrent) return 'checked';
      previous = request.isNominating ? undefined : previous;
      // A page that changes its network nominates the new way, and we follow at once.
      if (!request.isNominating && isNominated) return 'checked';
      isNominated ||= request.isNominating;
      if (selected?.address === address && selected.port === port) return 'checked';
      selected = from;
      return 'selected';
    },
    isKnown: (address, port) => (selected?.port === port && selected.address === address) || known.has(`${address} ${port}`),
    selected: () => selected,
  };
}
