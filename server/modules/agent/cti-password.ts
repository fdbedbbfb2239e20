import { CTI_PASSWORD } from '@parley/core/account/cti-password.ts';
import type { Database } from '../../database/connect.ts';
import type { By, Writer } from '../../engine/writer.ts';
import { sameSecret, type Vault } from '../../security/vault.ts';
import { ctiFingerprint, sealCtiPassword } from './secrets.ts';
import { findCtiPassword, isUsedElsewhere, saveCtiPassword } from './store.ts';

/** The present one is among those that must not come back. */
const REMEMBERED = CTI_PASSWORD.remembered - 1;

/** What became of a change: the old password was wrong, the new one was used before, or another tenant's agent of the same number has it. */
export type CtiPasswordChange = 'changed' | 'wrong' | 'used' | 'taken';

/** The passwords with which work numbers sign in. */
export interface CtiPasswords {
  /** When the present one was set; undefined where there is no such agent. */
  readonly setAt: (vdnId: number, workNo: number) => Promise<number | undefined>;
  /** 6.1.1.16; the new one keeps the rules. */
  readonly change: (by: By, vdnId: number, workNo: number, old: string, fresh: string) => Promise<CtiPasswordChange>;
}

export function createCtiPasswords({ db, writer, vault }: { readonly db: Database; readonly writer: Pick<Writer, 'write'>; readonly vault: Vault }): CtiPasswords {
  return {
    setAt: async (vdnId, workNo) => (await findCtiPassword(db, vdnId, workNo, 0))?.setAt,
    change: async (by, vdnId, workNo, old, fresh) => {
      const outcome = await writer.write(vdnId, by, async ({ tx, at, record }): Promise<CtiPasswordChange> => {
        const present = await findCtiPassword(tx, vdnId, workNo, REMEMBERED);
        if (present === undefined || !sameSecret(ctiFingerprint(vault, workNo, old), present.fingerprint)) return 'wrong';
        const sealed = sealCtiPassword(vault, vdnId, workNo, fresh);
        if ([present.fingerprint, ...present.former].includes(sealed.ctiFingerprint)) return 'used';
        if (await isUsedElsewhere(tx, vdnId, workNo, sealed.ctiFingerprint)) return 'taken';
        await saveCtiPassword(tx, vdnId, workNo, sealed, present.fingerprint, REMEMBERED, at);
        const { account } = present;
        record({ what: 'agent', id: String(workNo), before: { account }, after: { account, changed: ['ctiPassword'] } });
        return 'changed';
      });
      return outcome as CtiPasswordChange;
    },
  };
}
