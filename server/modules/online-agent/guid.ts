import { timingSafeEqual } from 'node:crypto';
import { putBounded } from '../../security/bounded-map.ts';
import type { Vault } from '../../security/vault.ts';

/** What a GUID stands for. */
export interface GuidOf {
  readonly vdnId: number;
  readonly agent: number;
  readonly session: string;
  /** Raised by 6.1.1.24, at `renewedAt`. */
  readonly generation: number;
  readonly renewedAt: number;
  readonly signedInAt: number;
}

/**
 * GUIDs are not kept anywhere: each is a keyed digest of the session and, where they rotate, of the minute it is for, so
 * that they survive a restart and rotating them writes nothing. The VDN stands in the first eight digits, since a path of
 * the agent gateway names no tenant, and a mark of ours behind it, so that nobody makes us look into a VDN by guessing.
 * Neither '=' nor ':' may stand in a GUID: desktops cut the header there.
 */
export interface Guids {
  /** The VDN that a GUID of ours is of. */
  readonly vdnOf: (guid: string) => number | undefined;
  readonly current: (of: GuidOf, rotates: boolean, now: number) => string;
  /** Whether the GUID is the session's present one, or the one before that is still good. */
  readonly accepts: (given: string, of: GuidOf, rotates: boolean, now: number) => boolean;
}

/** 6.1.4.1 GUIDINTERVAL and GUIDTIMEOUT: a GUID is renewed after a minute and good for two. */
const INTERVAL_MS = 60_000;
const TIMEOUT_MS = 120_000;
const SUFFIX = '.AgentGateway0';
const MAX_KNOWN = 50_000;

const GUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{12}\.AgentGateway\d$/;

/** GUIDs are all of one length, which is no secret. */
const isSame = (given: string, expected: string): boolean => given.length === expected.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(expected, 'latin1'));

export function createGuids(vault: Pick<Vault, 'fingerprint'>): Guids {
  const known = new Map<string, string>();
  /** Every request of an agent asks for the same few digests, each of which costs as much as the rest of a poll. */
  const digestOf = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = Buffer.from(vault.fingerprint(text, 'agent guid'), 'base64url').toString('hex');
    putBounded(known, text, made, MAX_KNOWN);
    return made;
  };
  const markOf = (vdnId: number): string => digestOf(`vdn:${vdnId}`).slice(0, 8);
  const make = ({ vdnId, agent, session }: GuidOf, generation: number, period: number): string => {
    const mark = markOf(vdnId);
    const digest = digestOf(`${vdnId}:${agent}:${session}:${generation}:${period}`);
    const vdn = vdnId.toString(16).padStart(8, '0');
    return `${vdn}-${mark.slice(0, 4)}-${mark.slice(4)}-${digest.slice(0, 4)}-${digest.slice(4, 16)}${SUFFIX}`;
  };
  const periodOf = ({ signedInAt }: GuidOf, rotates: boolean, now: number): number => (rotates ? Math.max(0, Math.floor((now - signedInAt) / INTERVAL_MS)) : 0);
  return {
    vdnOf: (guid) => {
      const [, digits = '', one = '', other = ''] = GUID.exec(guid) ?? [];
      const vdnId = Number.parseInt(digits, 16);
      return vdnId > 0 && isSame(one + other, markOf(vdnId)) ? vdnId : undefined;
    },
    current: (of, rotates, now) => make(of, of.generation, periodOf(of, rotates, now)),
    accepts: (given, of, rotates, now) => {
      const { generation, renewedAt } = of;
      const period = periodOf(of, rotates, now);
      const periods = period > 0 ? [period, period - 1] : [period];
      // Requests with the GUID before a renewal may be on their way.
      const generations = generation > 0 && now - renewedAt < TIMEOUT_MS ? [generation, generation - 1] : [generation];
      return generations.some((one) => periods.some((other) => isSame(given, make(of, one, other))));
    },
  };
}
