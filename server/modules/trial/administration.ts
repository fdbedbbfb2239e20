import { errors } from '@parley/contract/admin/family.ts';
import { addTrialAccessCode, listTrialAccessCodes, removeTrialAccessCode, setTrial, showTrial } from '@parley/contract/admin/trial.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkEmail } from '@parley/core/account/email.ts';
import { INSTALLATION, isTimeZone } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import { addToPool, findInPool, listPool, removeFromPool, type PoolCode } from './access-codes.ts';
import type { TrialDependencies } from './apply.ts';
import { mailsOn, readChanges, saveChanges, settingsOf, type TrialChanges } from './settings.ts';

const presentCode = ({ code, tenant, addedAt }: PoolCode) => ({ code, ...(tenant === null ? {} : { vdnId: tenant }), addedAt });

function faultOf({ phoneAddress, timeZone, portalUrl }: TrialChanges): Refusal | undefined {
  const wrong = (field: string, message: string): Refusal => refuse(errors.invalid, { field, message: `${field}: ${message}` });
  if (timeZone !== undefined && !isTimeZone(timeZone)) return wrong('timeZone', `there is no time zone ${timeZone}`);
  if (portalUrl !== undefined && !/^https?:$/.test(URL.parse(portalUrl)?.protocol ?? '')) return wrong('portalUrl', 'this is no address of a web page');
  if (phoneAddress === undefined || phoneAddress === '') return undefined;
  if (!phoneAddress.includes('{phone}')) return wrong('phoneAddress', '{phone} must stand in it');
  const message = checkEmail(phoneAddress.replace('{phone}', '1'));
  return message === undefined ? undefined : wrong('phoneAddress', message);
}

export function trialAdministration({ db, writer, clock, mail, portalUrl, isFree }: TrialDependencies): readonly Handler[] {
  const shown = async (from: Database, changes: TrialChanges): Promise<Result<typeof showTrial>> => ({
    ...settingsOf(changes, { leaves: mail.leaves, portalUrl }), mailsToday: await mailsOn(from, clock()),
  });

  return [
    handle(showTrial, async () => shown(db, await readChanges(db))),

    handle(setTrial, async (changes, { by }) => faultOf(changes) ?? writer.write(INSTALLATION, by, async ({ tx, record }) => {
      const before = await readChanges(tx);
      await saveChanges(tx, changes);
      record({ what: 'trial', id: 'trial', before, after: changes });
      return shown(tx, changes);
    })),

    handle(listTrialAccessCodes, async () => {
      const codes = await listPool(db);
      return { accessCodes: codes.map(presentCode), free: codes.filter(({ tenant }) => tenant === null).length };
    }),

    handle(addTrialAccessCode, ({ code }, { by }) => writer.write(INSTALLATION, by, async ({ tx, at, record }) => {
      if (await findInPool(tx, code) !== undefined) return refuse(errors.exists, { what: 'access code for trials', id: code });
      if (!await isFree(code, tx)) return refuse(errors.conflict, { message: `Calls to ${code} reach a tenant already` });
      await addToPool(tx, code, at);
      const added = presentCode({ code, tenant: null, addedAt: at });
      record({ what: 'trial-access-code', id: code, before: null, after: added });
      return added;
    })),

    handle(removeTrialAccessCode, ({ code }, { by }) => writer.write(INSTALLATION, by, async ({ tx, record }) => {
      const before = await findInPool(tx, code);
      if (before === undefined) return refuse(errors.notFound, { what: 'access code for trials', id: code });
      await removeFromPool(tx, code);
      record({ what: 'trial-access-code', id: code, before: presentCode(before), after: null });
      return {};
    })),
  ];
}
