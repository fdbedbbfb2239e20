import { errors } from '@parley/contract/admin/family.ts';
import {
  changeOperator, changeUser, createOperator, createUser, deleteOperator, deleteUser, listOperators, listUsers, resetOperatorPassword,
  resetUserPassword, showOperator, showUser,
} from '@parley/contract/admin/user.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkEmail } from '@parley/core/account/email.ts';
import { checkPassword, expiredAt, PASSWORD, passwordExpired } from '@parley/core/account/password.ts';
import { isLastOperator, mayManage } from '@parley/core/tenant/roles.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import { pageOf } from '../../database/page.ts';
import type { Writer, Writing } from '../../engine/writer.ts';
import { generatePassword, hashPassword } from '../../security/passwords.ts';
import type { Tokens } from '../access/index.ts';
import type { Account, Accounts, Role } from '../account/index.ts';
import { sessionSubject } from './session.ts';

export interface UserDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  /** Work number of the agent that an account belongs to. */
  readonly agentOf: (db: Database, vdnId: number, account: string) => Promise<number | undefined>;
}

const LIMIT = 100;

type Changes = { readonly [K in 'name' | 'role' | 'email' | 'phone' | 'enabled']?: Account[K] | undefined };
type ShownUser = Result<typeof changeUser>;

/** What journal and audit trail say of an account. Of what is personal they say that it changed, never to what: so an erasure (5.1.13) need not reach the journal. */
export const describeAccount = ({ account, role, enabled }: Account): object => ({ account, role, enabled });

const PERSONAL = ['name', 'email', 'phone'] as const;

const present = ({ account, name, role, email, phone, enabled, lockedUntil, passwordChangedAt }: Account, now: number): ShownUser => ({
  account, name, role, email, phone, enabled,
  lockedUntil: lockedUntil > now ? lockedUntil : 0,
  passwordExpiresAt: passwordChangedAt + PASSWORD.validMs,
  passwordExpired: passwordExpired(passwordChangedAt, now),
});

const unknown = (account: string): Refusal => refuse(errors.notFound, { what: 'account', id: account });

export function refuseEmail(email = ''): Refusal | undefined {
  const wrong = email === '' ? undefined : checkEmail(email);
  return wrong === undefined ? undefined : refuse(errors.invalid, { field: 'email', message: `email: ${wrong}` });
}

/** With a hyphen in the middle it has all four classes of characters (5.1.1), and can be read out on the telephone. */
const makePassword = (): string => `${generatePassword(7)}-${generatePassword(7)}`;

async function choosePassword(given: string | undefined, account: string): Promise<{ chosen: string; passwordHash: string } | Refusal> {
  const wrong = given === undefined ? undefined : checkPassword(given, account);
  if (wrong !== undefined) return refuse(errors.invalid, { field: 'password', message: wrong });
  const chosen = given ?? makePassword();
  return { chosen, passwordHash: await hashPassword(chosen) };
}

export function userHandlers({ db, writer, accounts, tokens, agentOf }: UserDependencies): readonly Handler[] {
  /** Changes an account of which others may hold sessions; those that the change ends are gone when it is there. */
  const write = async <T>(vdnId: number, { by }: Context, work: (writing: Writing, endSessions: (account: string) => Promise<void>) => Promise<T | Refusal>): Promise<T | Refusal> => {
    const ended: string[] = [];
    const done = await writer.write(vdnId, by, (writing) => work(writing, async (account) => {
      ended.push(...await tokens.revokeSubject(vdnId, ['session', 'person'], sessionSubject({ account }), writing.tx));
    }));
    tokens.forget(ended);
    return done;
  };

  const page = async (vdnId: number, query: { after?: string; limit?: number; role?: Role; search?: string }, now: number) => {
    const { limit = LIMIT, ...filter } = query;
    const { items, ...rest } = await pageOf(limit, (most) => accounts.search(db, vdnId, filter, most), ({ account }) => account);
    return { users: items.map((one) => present(one, now)), ...rest };
  };

  const show = async (vdnId: number, name: string, now: number) => {
    const found = await accounts.find(db, vdnId, name);
    if (found === undefined) return unknown(name);
    const workNo = await agentOf(db, vdnId, name);
    return { ...present(found, now), ...(workNo === undefined ? {} : { workNo }) };
  };

  const create = async (vdnId: number, draft: { account: string; name: string; role: Role; email?: string; phone?: string; password?: string }, { by, now }: Context) => {
    const { account: name, password, ...person } = draft;
    const wrong = refuseEmail(person.email);
    if (wrong !== undefined) return wrong;
    const choice = await choosePassword(password, name);
    if (isRefusal(choice)) return choice;
    const made = await writer.write(vdnId, by, async ({ tx, at, record }) => {
      if (await accounts.find(tx, vdnId, name) !== undefined) return refuse(errors.exists, { what: 'account', id: name });
      await accounts.insert(tx, vdnId, { account: name, name: person.name, role: person.role, email: person.email ?? '', phone: person.phone ?? '', passwordHash: choice.passwordHash }, at);
      if (password === undefined) await accounts.setPassword(tx, vdnId, name, choice.passwordHash, expiredAt(at));
      const found = await accounts.find(tx, vdnId, name);
      if (found === undefined) throw new Error('the account just made is not there');
      record({ what: 'account', id: name, before: null, after: describeAccount(found) });
      return found;
    });
    if (isRefusal(made)) return made;
    return { ...present(made, now), ...(password === undefined ? { password: choice.chosen } : {}) };
  };

  /** Finds the account inside a change, and sees that whoever changes it is not below it. */
  const reach = async (tx: Database, vdnId: number, name: string, { caller }: Context): Promise<Account | Refusal> => {
    const found = await accounts.find(tx, vdnId, name);
    if (found === undefined) return unknown(name);
    return mayManage(caller.role as Role, found.role) ? found : refuse(errors.forbidden, { message: `${name} is an ${found.role}` });
  };

  const guardLastOperator = async (tx: Database, account: Account): Promise<Refusal | undefined> =>
    account.role === 'operator' && isLastOperator(await accounts.list(tx, account.vdnId), account.account)
      ? refuse(errors.conflict, { message: `${account.account} is the last operator of the installation` })
      : undefined;

  const change = async (vdnId: number, name: string, changes: Changes, context: Context) => {
    const wrong = refuseEmail(changes.email);
    if (wrong !== undefined) return wrong;
    const after = await write(vdnId, context, async ({ tx, record }, endSessions) => {
      const before = await reach(tx, vdnId, name, context);
      if (isRefusal(before)) return before;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Account>;
      const changed: Account = { ...before, ...given };
      if (!mayManage(context.caller.role as Role, changed.role)) return refuse(errors.forbidden, { message: `only an ${changed.role} makes an ${changed.role}` });
      const refusal = changed.enabled && changed.role === before.role ? undefined : await guardLastOperator(tx, before);
      if (refusal !== undefined) return refusal;
      await accounts.update(tx, vdnId, name, given);
      if (!changed.enabled) await endSessions(name);
      const personal = PERSONAL.filter((field) => changed[field] !== before[field]);
      record({ what: 'account', id: name, before: describeAccount(before), after: { ...describeAccount(changed), ...(personal.length === 0 ? {} : { changed: personal }) } });
      return changed;
    });
    return isRefusal(after) ? after : present(after, context.now);
  };

  const remove = (vdnId: number, name: string, context: Context) =>
    write(vdnId, context, async ({ tx, record }, endSessions) => {
      const before = await reach(tx, vdnId, name, context);
      if (isRefusal(before)) return before;
      const workNo = await agentOf(tx, vdnId, name);
      if (workNo !== undefined) return refuse(errors.inUse, { what: 'Account', id: name, by: `agent ${workNo} signs in with it; delete the agent (5.1.2)` });
      const refusal = await guardLastOperator(tx, before);
      if (refusal !== undefined) return refusal;
      await accounts.remove(tx, vdnId, name);
      await endSessions(name);
      record({ what: 'account', id: name, before: describeAccount(before), after: null });
      return {};
    });

  const reset = async (vdnId: number, name: string, password: string | undefined, context: Context) => {
    if (await accounts.find(db, vdnId, name) === undefined) return unknown(name);
    const choice = await choosePassword(password, name);
    if (isRefusal(choice)) return choice;
    return write(vdnId, context, async ({ tx, at, record }, endSessions) => {
      const before = await reach(tx, vdnId, name, context);
      if (isRefusal(before)) return before;
      await accounts.setPassword(tx, vdnId, name, choice.passwordHash, expiredAt(at));
      await endSessions(name);
      record({
        what: 'account', id: name, before: { account: name, passwordChangedAt: before.passwordChangedAt, lockedUntil: before.lockedUntil },
        after: { account: name, passwordReset: true, lockedUntil: 0 },
      });
      return { account: name, ...(password === undefined ? { password: choice.chosen } : {}) };
    });
  };

  return [
    handle(listUsers, (query, { vdnId, now }) => page(vdnId, query, now)),
    handle(createUser, (draft, context) => create(context.vdnId, draft, context)),
    handle(showUser, ({ account }, { vdnId, now }) => show(vdnId, account, now)),
    handle(changeUser, ({ account, ...changes }, context) => change(context.vdnId, account, changes, context)),
    handle(deleteUser, ({ account }, context) => remove(context.vdnId, account, context)),
    handle(resetUserPassword, ({ account, password }, context) => reset(context.vdnId, account, password, context)),
    // Operators are the accounts of the installation, and nobody else is: so no tenant can make one.
    handle(listOperators, (query, { now }) => page(INSTALLATION, query, now)),
    handle(createOperator, (draft, context) => create(INSTALLATION, { ...draft, role: 'operator' }, context)),
    handle(showOperator, ({ account }, { now }) => show(INSTALLATION, account, now)),
    handle(changeOperator, ({ account, ...changes }, context) => change(INSTALLATION, account, changes, context)),
    handle(deleteOperator, ({ account }, context) => remove(INSTALLATION, account, context)),
    handle(resetOperatorPassword, ({ account, password }, context) => reset(INSTALLATION, account, password, context)),
  ];
}
