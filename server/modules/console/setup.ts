import { errors } from '@parley/contract/admin/family.ts';
import { checkSetupLink, setUp } from '@parley/contract/admin/session.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkPassword } from '@parley/core/account/password.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { hashPassword } from '../../security/passwords.ts';
import type { Tokens } from '../access/index.ts';
import type { Accounts } from '../account/index.ts';
import { fromAnotherSite, type Sessions } from './sign-in.ts';
import { describeAccount, refuseEmail } from './users.ts';

export interface SetupDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
}

const SUBJECT = 'first-operator';
const LINK_MS = 24 * 3_600_000;

const hasOperator = async (db: Database, accounts: Pick<Accounts, 'list'>): Promise<boolean> =>
  (await accounts.list(db, INSTALLATION)).some((account) => account.role === 'operator');

/** A token for the set-up link while the installation has no operator; links handed out before stop working. */
export async function ensureSetupLink({ db, accounts, tokens }: Omit<SetupDependencies, 'writer'>): Promise<string | undefined> {
  await tokens.revokeSubject(INSTALLATION, ['setup'], SUBJECT);
  if (await hasOperator(db, accounts)) return undefined;
  return tokens.issue({ vdnId: INSTALLATION, kind: 'setup', subject: SUBJECT, lifeMs: LINK_MS });
}

export function setupHandlers({ writer, accounts, tokens }: Omit<SetupDependencies, 'db'>, sessions: Sessions): readonly Handler[] {
  /** Until when a link is good; a refusal where it is not. */
  const goodUntil = async (text: string, now: number): Promise<number | Refusal> => {
    const token = await tokens.find(text);
    if (token?.kind === 'setup' && token.expiresAt > now) return token.expiresAt;
    return refuse(errors.unauthenticated, { message: 'the set-up link is not valid, or not any more; a restart prints a new one' });
  };

  return [
    handle(checkSetupLink, async ({ token }, { now }) => {
      const expiresAt = await goodUntil(token, now);
      return isRefusal(expiresAt) ? expiresAt : { expiresAt };
    }),

    handle(setUp, async ({ token: text, account: name, password, ...person }, context) => {
      const foreign = fromAnotherSite(context);
      if (foreign !== undefined) return foreign;
      const good = await goodUntil(text, context.now);
      if (isRefusal(good)) return good;
      const weak = checkPassword(password, name);
      if (weak !== undefined) return refuse(errors.invalid, { field: 'password', message: weak });
      const wrong = refuseEmail(person.email);
      if (wrong !== undefined) return wrong;
      const passwordHash = await hashPassword(password);
      // Requests at once come one after another here, and all but the first find an operator.
      const operator = await writer.write(INSTALLATION, { ...context.by, actor: 'setup-link' }, async ({ tx, at, record }) => {
        if (await hasOperator(tx, accounts)) return refuse(errors.conflict, { message: 'the installation has its operator already' });
        await accounts.insert(tx, INSTALLATION, { account: name, name: person.name, role: 'operator', email: person.email ?? '', phone: '', passwordHash }, at);
        const made = await accounts.find(tx, INSTALLATION, name);
        if (made === undefined) throw new Error('the operator just made is not there');
        record({ what: 'account', id: name, before: null, after: describeAccount(made) });
        return made;
      });
      if (isRefusal(operator)) return operator;
      await tokens.revokeSubject(INSTALLATION, ['setup'], SUBJECT);
      return sessions.open(context, operator);
    }),
  ];
}
