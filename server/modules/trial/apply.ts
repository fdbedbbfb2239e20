import { randomInt } from 'node:crypto';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { provisionErrors as errors } from '@parley/contract/provision/family.ts';
import { applyTenant, generateVerifyCode } from '@parley/contract/provision/trial.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Input } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkEmail } from '@parley/core/account/email.ts';
import type { Database, DatabaseTransaction } from '../../database/connect.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Letter, Mail } from '../../engine/mail.ts';
import type { Writer, Writing } from '../../engine/writer.ts';
import { createRateLimit } from '../../security/rate-limit.ts';
import { sameSecret, type Vault } from '../../security/vault.ts';
import { freeCode, giveCode, removeFromPool, reserveCode } from './access-codes.ts';
import { claim, forgiveAttempts, giveBack, putCode, removeCode, takeAttempt } from './codes.ts';
import { codeLetter, welcomeLetter } from './letters.ts';
import { provisionTrial, type Perform, type TrialTenant } from './provision.ts';
import { readChanges, settingsOf, takeMail, type TrialSettings } from './settings.ts';

/** Whoever applies, as it is to be kept. */
export interface Applicant {
  readonly company: string;
  readonly phone: string;
  readonly email: string;
  readonly until: number;
}

export interface TrialDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly writer: Writer;
  readonly clock: () => number;
  readonly mail: Mail;
  readonly onFault: OnFault;
  readonly perform: Perform;
  readonly portalUrl: string;
  /** A letter that must arrive goes off when the transaction commits. */
  readonly drop: (tx: DatabaseTransaction, vdnId: number, letter: Letter) => Promise<void>;
  /** Whether calls to this number reach nobody yet. */
  readonly isFree: (code: string, tx?: Database) => Promise<boolean>;
  readonly tenantOfContact: (contact: { readonly phone: string; readonly email: string }) => Promise<number | undefined>;
  /** Keeps who the tenant is, and its order. */
  readonly keepCustomer: (writing: Writing, vdnId: number, applicant: Applicant) => Promise<void>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CODES_AN_HOUR = 30;
const TRIES_AN_HOUR = 60;

type Application = Input<typeof applyTenant>;

const plain = (phone: string): string => phone.replace(/^\+/, '');

export function applyHandlers(deps: TrialDependencies): readonly Handler[] {
  const { db, vault, writer, clock, mail, onFault, perform, portalUrl, drop, isFree, tenantOfContact, keepCustomer } = deps;
  const codesBySource = createRateLimit(CODES_AN_HOUR, HOUR_MS);
  const triesBySource = createRateLimit(TRIES_AN_HOUR, HOUR_MS);
  const phoneMark = (phone: string): string => vault.fingerprint(plain(phone), 'trial phone');
  const emailMark = (email: string): string => vault.fingerprint(email.toLowerCase(), 'trial mail');
  const codeMark = (phone: string, code: string): string => vault.fingerprint(`${plain(phone)}:${code}`, 'trial code');

  const current = async (): Promise<TrialSettings | Refusal> => {
    const settings = settingsOf(await readChanges(db), { leaves: mail.leaves, portalUrl });
    return settings.enabled ? settings : refuse(errors.forbidden, { message: 'no trials are given out here' });
  };
  const mailFault = (email: string): Refusal | undefined => {
    const message = checkEmail(email);
    return message === undefined ? undefined : refuse(errors.invalid, { field: 'email', message: `email: ${message}` });
  };

  const sendCode = async ({ phone, email }: { readonly phone: string; readonly email: string | undefined }, settings: TrialSettings, now: number): Promise<object> => {
    const to = email ?? settings.phoneAddress.replace('{phone}', plain(phone));
    if (to === '') return refuse(errors.codeHasNoWay);
    const mark = phoneMark(phone);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const wait = await putCode(db, { phoneMark: mark, emailMark: email === undefined ? null : emailMark(email), codeMark: codeMark(phone, code) }, now);
    if (wait > 0) return refuse(errors.codeSentAlready, { seconds: Math.ceil(wait / 1000) });
    const outcome = await takeMail(db, now, settings.mailsPerDay) ? await mail.send(codeLetter(to, code)) : undefined;
    if (outcome?.ok === true) return {};
    // Nobody has it, so nobody need wait for another one.
    await removeCode(db, mark);
    return refuse(outcome === undefined ? errors.mailUsedUp : errors.codeNotTaken);
  };

  /** 17.3 tells a code that is not there from one that is wrong. */
  const checkCode = async ({ phone, email, phoneVerifyCode }: Application, now: number): Promise<Refusal | undefined> => {
    const expected = await takeAttempt(db, phoneMark(phone), now);
    if (expected === undefined) return refuse(errors.codeUnknown);
    const isRight = sameSecret(codeMark(phone, phoneVerifyCode.trim()), expected.codeMark) && (expected.emailMark === null || sameSecret(emailMark(email), expected.emailMark));
    if (!isRight) return refuse(errors.codeWrong);
    await forgiveAttempts(db, phoneMark(phone));
    return undefined;
  };

  /** The first code of the pool that calls do not reach yet. */
  const takeCode = async (now: number): Promise<string | undefined> => {
    for (let code = await reserveCode(db, now); code !== undefined; code = await reserveCode(db, now)) {
      if (await isFree(code)) return code;
      onFault('an access code for trials has come into use elsewhere, and is taken from those for trials', { code });
      await removeFromPool(db, code);
    }
    return undefined;
  };

  const provisionWithCode = async ({ companyName, email }: Application, settings: TrialSettings, now: number): Promise<TrialTenant | Refusal> => {
    const accessCode = await takeCode(now);
    if (accessCode === undefined) return refuse(errors.noAccessCode);
    if (!await takeMail(db, now, settings.mailsPerDay)) {
      await freeCode(db, accessCode);
      return refuse(errors.mailUsedUp);
    }
    let begun: number | undefined;
    try {
      return await provisionTrial(perform, {
        company: companyName.trim(), email, accessCode, timeZone: settings.timeZone, onTenant: (vdnId) => { begun = vdnId; },
      });
    } catch (error) {
      onFault('a trial could not be set up; its tenant is switched off', { vdnId: begun, accessCode, error });
      // The code may be in use there by now, so it is that tenant's.
      if (begun !== undefined) {
        await giveCode(db, accessCode, begun);
        await perform(changeTenant, 0, { vdnId: begun, enabled: false });
      } else await freeCode(db, accessCode);
      return refuse(errors.atTheSameTime);
    }
  };

  const apply = async (application: Application, settings: TrialSettings, { by, now }: Context): Promise<object> => {
    const { companyName, phone, email } = application;
    if (await tenantOfContact({ phone: plain(phone), email }) !== undefined) return refuse(errors.tenantThere);
    const trial = await provisionWithCode(application, settings, now);
    if (isRefusal(trial)) return trial;
    const until = clock() + settings.days * DAY_MS;
    const company = companyName.trim();
    return writer.write(trial.vdnId, by, async (writing) => {
      const { tx } = writing;
      await keepCustomer(writing, trial.vdnId, { company, phone: plain(phone), email, until });
      await giveCode(tx, trial.accessCode, trial.vdnId);
      await removeCode(tx, phoneMark(phone));
      await drop(tx, trial.vdnId, welcomeLetter(email, { company, portalUrl: settings.portalUrl, until }, trial));
      return {};
    });
  };

  return [
    handle(generateVerifyCode, async ({ phone, email: given = '' }, { source, now }) => {
      const email = given.trim() === '' ? undefined : given.trim();
      const fault = email === undefined ? undefined : mailFault(email);
      if (fault !== undefined) return fault;
      const settings = await current();
      if (isRefusal(settings)) return settings;
      if (!codesBySource.take(source, now)) return refuse(errors.tooMany);
      return sendCode({ phone, email }, settings, now);
    }),

    handle(applyTenant, async (input, context) => {
      const application = { ...input, email: input.email.trim() };
      const { source, now } = context;
      const fault = mailFault(application.email);
      if (fault !== undefined) return fault;
      const settings = await current();
      if (isRefusal(settings)) return settings;
      if (!triesBySource.take(source, now)) return refuse(errors.tooMany);
      const wrong = await checkCode(application, now).catch((error: unknown) => {
        onFault('a code could not be checked', { error });
        return refuse(errors.codeFault);
      });
      if (wrong !== undefined) return wrong;
      const marks = [phoneMark(application.phone), emailMark(application.email)];
      if (!await claim(db, marks, now)) return refuse(errors.atTheSameTime);
      try {
        return await apply(application, settings, context);
      } finally {
        await giveBack(db, marks);
      }
    }),
  ];
}
