import { useEffect } from 'react';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { listCalls } from '@parley/contract/admin/call.ts';
import { listKeys } from '@parley/contract/admin/key.ts';
import { listTenants } from '@parley/contract/admin/tenant.ts';
import { listUsers } from '@parley/contract/admin/user.ts';
import { findDesk, useDesk } from '../desk/desk.ts';
import { useAsked } from '../session/asking.ts';
import { isInTenant, useSession } from '../session/session.ts';
import { seenBy, useGuideState } from './guide-state.ts';
import { factsOfCalls, type Facts } from './steps.ts';

const EVERY_MS = 3000;
/** Who has made what comes with the demo. */
const DEMO = 'demo';
const DEMO_TENANT = 'demo';
const ENTRIES = 50;

export interface Known {
  readonly facts: Facts;
  /** The latest call, for looking at it. */
  readonly latestCall: string | undefined;
  readonly error: unknown;
}

/** Whether somebody has made one, as the audit trail says; what the demo came with is nobody's work. */
function useMade(operation: string, enabled: boolean, trail = listAudit): boolean | undefined {
  const { data } = useAsked(trail, { operation, limit: ENTRIES }, { enabled });
  return data?.entries.some(({ actor }) => actor !== DEMO);
}

/** Read anew while one looks, and when one comes back from another page. */
export function useKnown(): Known {
  const session = useSession();
  const { account, role, workNo } = session;
  const { standing, now } = useDesk();
  const { seen } = useGuideState();
  const isOperator = role === 'operator';
  const builds = role === 'administrator';
  const inTenant = isInTenant(session);
  useEffect(() => { if (workNo !== null && standing === 'unknown') void findDesk(); }, [workNo, standing]);

  const over = useAsked(listCalls, { limit: 20 }, { everyMs: EVERY_MS, enabled: !isOperator });
  const live = useAsked(listCalls, { state: 'live', limit: 20 }, { everyMs: EVERY_MS, enabled: !isOperator });
  const [queue, agent, number, button] = [useMade('createSkill', builds), useMade('agentAccountCreate', builds), useMade('createCalledRoute', builds), useMade('createWidgetKey', builds)];
  const tenants = useAsked(listTenants, {}, { enabled: isOperator });
  const people = useAsked(listUsers, { role: 'administrator' }, { enabled: isOperator && inTenant });
  const keys = useAsked(listKeys, {}, { enabled: isOperator && inTenant });
  const trunk = useMade('createTrunk', isOperator, listInstallationAudit);

  const calls = over.data === undefined || live.data === undefined ? undefined : [...live.data.calls, ...over.data.calls];
  const looked = (step: string): boolean => seen.includes(seenBy(account, step));
  return {
    facts: {
      ...factsOfCalls(calls, now), look: looked('look'), board: looked('board'), others: looked('others'), queue, agent, number, button,
      tenant: tenants.data?.tenants.some(({ tenantId }) => tenantId !== DEMO_TENANT), choose: inTenant,
      people: people.data === undefined ? undefined : people.data.users.length > 0, keys: keys.data === undefined ? undefined : keys.data.keys.length > 0,
      trunk,
    },
    latestCall: calls?.[0]?.callId,
    error: over.error ?? live.error ?? tenants.error,
  };
}
