import { sameSecret, type Vault } from '../../security/vault.ts';

/** What a GUID stands for. */
export interface GuidOf {
  readonly vdnId: number;
  readonly agent: number;
  readonly session: string;
  /** Raised by 6.1.1.24. */
  readonly generation: number;
  readonly signedInAt: number;
}

/**
 * GUIDs are not kept anywhere: each is a keyed digest of the session and, where they rotate, of the minute it is for, so
 * that they survive a restart and rotating them writes nothing. The VDN stands in the first eight digits, since a path of
 * the agent gateway names no tenant. Neither '=' nor ':' may stand in a GUID: desktops cut the header there.
 */
export interface Guids {
  readonly current: (of: GuidOf, rotates: boolean, now: number) => string;
  /** Whether the GUID is the session's present one, or the one before that is still good. */
  readonly accepts: (given: string, of: GuidOf, rotates: boolean, now: number) => boolean;
}

/** 6.1.4.1 GUIDINTERVAL and GUIDTIMEOUT: a GUID is renewed after a minute and good for two. */
const INTERVAL_MS = 60_000;
const SUFFIX = '.AgentGateway0';

const GUID = /^([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.AgentGateway\d$/i;

/** The VDN that a GUID claims to be of. */
export function vdnOfGuid(guid: string): number | undefined {
  const [, digits] = GUID.exec(guid) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

export function createGuids(vault: Pick<Vault, 'fingerprint'>): Guids {
  const make = ({ vdnId, agent, session }: GuidOf, generation: number, period: number): string => {
    const digest = Buffer.from(vault.fingerprint(`${vdnId}:${agent}:${session}:${generation}:${period}`, 'agent guid'), 'base64url').toString('hex');
    const vdn = vdnId.toString(16).padStart(8, '0');
    return `${vdn}-${digest.slice(0, 4)}-${digest.slice(4, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 24)}${SUFFIX}`;
  };
  const periodOf = ({ signedInAt }: GuidOf, rotates: boolean, now: number): number => (rotates ? Math.max(0, Math.floor((now - signedInAt) / INTERVAL_MS)) : 0);
  return {
    current: (of, rotates, now) => make(of, of.generation, periodOf(of, rotates, now)),
    accepts: (given, of, rotates, now) => {
      const period = periodOf(of, rotates, now);
      if (sameSecret(given, make(of, of.generation, period))) return true;
      return (period > 0 && sameSecret(given, make(of, of.generation, period - 1)))
        // Requests with the GUID before a renewal may be on their way (6.1.1.24).
        || (of.generation > 0 && sameSecret(given, make(of, of.generation - 1, period)));
    },
  };
}
