import { generatePassword } from '../../security/passwords.ts';
import type { Vault } from '../../security/vault.ts';
import type { SealedPhone, SealedSecrets, SipPhone } from './store.ts';

/** 5.1.9: the password that a work number is given has 8 characters (6.1.1.16: at most 32 once the agent chooses); 5.1.8: that of a phone 8 to 16. */
const CTI_LENGTH = 8;
const SIP_LENGTH = 16;

/** Sealed for one agent, so that a row copied to another agent opens nothing. */
const belongsTo = (vdnId: number, workNo: number, what: 'cti' | 'sip'): string => `agent:${vdnId}:${workNo}:${what}`;

export interface Phone {
  readonly workNo: number;
  readonly account: string;
  readonly sipNumber: string;
  readonly sipPassword: string;
  readonly ctiPassword: string;
}

export const makeSipPassword = (): string => generatePassword(SIP_LENGTH);

export function newSecrets(vault: Vault, vdnId: number, workNo: number): SealedSecrets {
  return {
    sipPassword: sealSipPassword(vault, vdnId, workNo, makeSipPassword()),
    ...sealCtiPassword(vault, vdnId, workNo, generatePassword(CTI_LENGTH)),
  };
}

export const sealCtiPassword = (vault: Vault, vdnId: number, workNo: number, password: string): Pick<SealedSecrets, 'ctiPassword' | 'ctiFingerprint'> => ({
  ctiPassword: vault.seal(password, belongsTo(vdnId, workNo, 'cti')),
  ctiFingerprint: ctiFingerprint(vault, workNo, password),
});

/** The same in every tenant: a sign-in by work number (4.6) names none. */
export function ctiFingerprint(vault: Vault, workNo: number, password: string): string {
  return vault.fingerprint(password, `cti:${workNo}`);
}

export function sealSipPassword(vault: Vault, vdnId: number, workNo: number, password: string): Uint8Array {
  return vault.seal(password, belongsTo(vdnId, workNo, 'sip'));
}

export const openSipPassword = (vault: Vault, { vdnId, workNo, sipPassword }: Omit<SipPhone, 'sipNumber'>): string =>
  vault.open(sipPassword, belongsTo(vdnId, workNo, 'sip'));

export function openPhone(vault: Vault, vdnId: number, { workNo, account, sipNumber, sipPassword, ctiPassword }: SealedPhone): Phone {
  return {
    workNo, account, sipNumber,
    sipPassword: openSipPassword(vault, { vdnId, workNo, sipPassword }),
    ctiPassword: vault.open(ctiPassword, belongsTo(vdnId, workNo, 'cti')),
  };
}
