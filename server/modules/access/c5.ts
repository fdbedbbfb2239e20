import { randomUUID } from 'node:crypto';
import { refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import { configLogin } from '@parley/contract/gateway/config-login.ts';
import { gatewayConfigurationErrors as errors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import { CONFIGURATION_AGENT_OFFSET as VDN_OFFSET } from '@parley/core/tenant/settings.ts';
import type { FailureLock } from '../../security/failure-lock.ts';
import { verifyNobody, verifyPassword } from '../../security/passwords.ts';
import type { Tokens } from './tokens.ts';

/** A shift and a bit: the reference sets no end, and a client that finds its GUID gone signs in again (107-007). */
const LIFE_MS = 12 * 3_600_000;
const MAX_GUID = 128;

/** An agent as far as this sign-in needs to know. */
export interface SigningAgent {
  readonly vdnId: number;
  readonly workNo: number;
  readonly account: string;
  /** Another one after each change of the CTI password; tells nothing of it. */
  readonly passwordMark: string;
}

export interface C5Dependencies {
  readonly tokens: Tokens;
  readonly lock: FailureLock;
  /** The agents of every tenant that have this work number and this CTI password. */
  readonly agentsByWorkNo: (workNo: number, password: string) => Promise<readonly SigningAgent[]>;
  /** Supervisors and administrators configure; agents do not. */
  readonly mayConfigure: (vdnId: number, account: string) => Promise<boolean>;
  readonly tenant: (vdnId: number) => Promise<{ readonly enabled: boolean; readonly passwordHash: string | null } | undefined>;
}

/** Whom a GUID speaks for; the mark ends it when the password changes. */
interface Subject {
  readonly vdnId: number;
  readonly who: string;
  readonly mark: string;
}

const subjectText = ({ who, mark }: Subject): string => `${who}#${mark}`;
const VDN = 'vdn';
/** The end of an Argon2id hash is the tag: as good as random, and another one after each change. */
const markOf = (passwordHash: string): string => passwordHash.slice(-12);

export function c5Handlers({ tokens, lock, agentsByWorkNo, mayConfigure, tenant }: C5Dependencies): readonly Handler[] {
  const signInVdn = async (vdnId: number, password: string): Promise<Subject | undefined> => {
    const found = await tenant(vdnId);
    const passwordHash = found?.enabled === true ? found.passwordHash : null;
    const right = passwordHash === null ? await verifyNobody(password) : await verifyPassword(password, passwordHash);
    return right && passwordHash !== null ? { vdnId, who: VDN, mark: markOf(passwordHash) } : undefined;
  };

  const signInAgent = async (workNo: number, password: string): Promise<Subject | undefined> => {
    const allowed: SigningAgent[] = [];
    for (const agent of await agentsByWorkNo(workNo, password)) {
      if ((await tenant(agent.vdnId))?.enabled === true && await mayConfigure(agent.vdnId, agent.account)) allowed.push(agent);
    }
    // A work number belongs to a tenant, and nothing here names one. Where two tenants fit, guessing could open the wrong one.
    const [agent, ...others] = allowed;
    if (agent === undefined || others.length > 0) return undefined;
    return { vdnId: agent.vdnId, who: `agent:${workNo}`, mark: agent.passwordMark };
  };

  return [
    handle(configLogin, async ({ agentId, password }, { source, now, header }) => {
      if (agentId > WORK_NO.last && agentId <= VDN_OFFSET) {
        return refuse(errors.invalid, { field: 'agentId', message: `agentId must be a work number up to ${WORK_NO.last} or a VDN id plus ${VDN_OFFSET}` });
      }
      const attempt = `C5:${agentId}:${source}`;
      if (lock.lockedFor(attempt, now) > 0) return refuse(errors.locked, { message: 'try again later' });
      const subject = agentId > VDN_OFFSET ? await signInVdn(agentId - VDN_OFFSET, password) : await signInAgent(agentId, password);
      // Checking took its time: of guesses at once, those that end after the lock has closed count no more.
      if (lock.lockedFor(attempt, now) > 0) return refuse(errors.locked, { message: 'try again later' });
      if (subject === undefined) {
        lock.fail(attempt, now);
        return refuse(errors.signInFailed);
      }
      lock.succeed(attempt);
      // Neither '=' nor ':' may stand in it: desktops cut the header there.
      const guid = `${randomUUID()}.AgentGateway0`;
      await tokens.issue({ vdnId: subject.vdnId, kind: 'C5', subject: subjectText(subject), lifeMs: LIFE_MS, text: guid, at: now });
      header('Guid', guid);
      return { guid };
    }),
  ];
}

export type C5AuthenticatorDependencies = Omit<C5Dependencies, 'lock' | 'agentsByWorkNo'> & {
  readonly agent: (vdnId: number, workNo: number) => Promise<Pick<SigningAgent, 'account' | 'passwordMark'> | undefined>;
};

/** C5: the header `Guid` (4.6). Whom it speaks for is looked up each time, so that it ends with the right to configure. */
export function c5Authenticator({ tokens, mayConfigure, tenant, agent }: C5AuthenticatorDependencies): Authenticator {
  const mark = async (vdnId: number, who: string): Promise<{ mark: string; account?: string } | undefined> => {
    const found = await tenant(vdnId);
    if (found?.enabled !== true) return undefined;
    if (who === VDN) return found.passwordHash === null ? undefined : { mark: markOf(found.passwordHash) };
    const person = await agent(vdnId, Number(who.slice('agent:'.length)));
    if (person === undefined || !(await mayConfigure(vdnId, person.account))) return undefined;
    return { mark: person.passwordMark, account: person.account };
  };
  return {
    needsBody: false,
    authenticate: async ({ header, now }) => {
      const guid = header('guid')?.trim();
      if (guid === undefined || guid === '' || guid.length > MAX_GUID) return refuseCaller('unauthenticated', 'a header Guid of config/login is needed');
      const token = await tokens.find(guid);
      if (token?.kind !== 'C5') return refuseCaller('unauthenticated', 'the GUID is not known');
      if (token.expiresAt <= now) return refuseCaller('unauthenticated', 'the GUID has expired');
      const [who = '', held = ''] = token.subject.split('#');
      const current = await mark(token.vdnId, who);
      if (current?.mark !== held) return refuseCaller('unauthenticated', 'the GUID has ended with the password or the right it came from');
      return {
        ok: true,
        caller: {
          scheme: 'C5', vdnId: token.vdnId, actor: who, tokenDigest: token.digest,
          ...(current.account === undefined ? {} : { account: current.account }),
        },
      };
    },
  };
}
