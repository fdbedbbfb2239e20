import { enterDemo, showDemo } from '@parley/contract/admin/demo.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Database } from '../../database/connect.ts';
import { createFailureLock } from '../../security/failure-lock.ts';
import { sameSecret } from '../../security/vault.ts';
import type { Account, Accounts } from '../account/index.ts';
import { fromAnotherSite, type Sessions } from '../console/index.ts';
import type { Tenants } from '../tenant/index.ts';
import type { DemoDoor, DemoOffer } from './door.ts';

export interface DemoDependencies {
  readonly db: Database;
  readonly door: Pick<DemoDoor, 'offered'>;
  readonly accounts: Pick<Accounts, 'find' | 'findMany'>;
  readonly tenants: Pick<Tenants, 'find'>;
  readonly agentOf: (db: Database, vdnId: number, account: string) => Promise<number | undefined>;
  readonly sessions: Pick<Sessions, 'open'>;
}

type Person = Result<typeof showDemo>['people'][number];

/** A page that was left open over a restart asks with a token of yesterday, now and then; who guesses asks more often. */
const FAILURES_PER_SOURCE = 30;
const SOURCE_LOCK_MS = 5 * 60_000;

export function demoHandlers({ db, door, accounts, tenants, agentOf, sessions }: DemoDependencies): readonly Handler[] {
  const sources = createFailureLock({ failures: FAILURES_PER_SOURCE, lockMs: SOURCE_LOCK_MS });

  const admit = async (token: string, context: Context): Promise<DemoOffer | Refusal> => {
    const foreign = fromAnotherSite(context);
    if (foreign !== undefined) return foreign;
    const { source, now } = context;
    if (sources.lockedFor(source, now) > 0) return refuse(errors.tooMany);
    const offer = door.offered();
    // No answer tells whether there is a demo.
    if (!sameSecret(token, offer?.token ?? '') || offer === undefined) {
      sources.fail(source, now);
      return refuse(errors.unauthenticated, { message: 'the link is not that of the last start' });
    }
    sources.succeed(source);
    if ((await tenants.find(offer.vdnId))?.enabled !== true) return refuse(errors.forbidden, { message: 'the tenant has been switched off' });
    return offer;
  };

  const personOf = async (found: Account | undefined): Promise<Person | undefined> => {
    if (found?.enabled !== true || found.role === 'operator') return undefined;
    const { account, name, role, vdnId } = found;
    return { account, name, role, workNo: await agentOf(db, vdnId, account) ?? null };
  };

  return [
    handle(showDemo, async ({ token }, context) => {
      const offer = await admit(token, context);
      if (isRefusal(offer)) return offer;
      const { vdnId, customer } = offer;
      const known = await accounts.findMany(db, vdnId, offer.accounts);
      const people: Person[] = [];
      for (const account of offer.accounts) {
        const person = await personOf(known.get(account));
        if (person !== undefined) people.push(person);
      }
      context.header('Cache-Control', 'no-store');
      return {
        people,
        customer: customer && { widgetKey: customer.widgetKey, numbers: [...customer.numbers] },
      };
    }),

    handle(enterDemo, async ({ token, account: name }, context) => {
      const offer = await admit(token, context);
      if (isRefusal(offer)) return offer;
      const account = offer.accounts.includes(name) ? await accounts.find(db, offer.vdnId, name) : undefined;
      if (account === undefined) return refuse(errors.notFound, { what: 'person of the demo', id: name });
      if (!account.enabled) return refuse(errors.forbidden, { message: 'the account has been switched off' });
      return sessions.open(context, account);
    }),
  ];
}
