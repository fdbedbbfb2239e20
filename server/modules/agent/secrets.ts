import { generatePassword } from '../../security/passwords.ts';
import type { Vault } from '../../security/vault.ts';
import type { SealedPhone, SealedSecrets } from './store.ts';

/** 5.1.9: the password of a work number has at most 8 characters; 5.1.8: that of a phone 8 to 16. */
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

export function newSecrets(vault: Vault, vdnId: number, workNo: number): SealedSecrets {
  const ctiPassword = generatePassword(CTI_LENGTH);
  return {
    sipPassword: sealSipPassword(vault, vdnId, workNo, generatePassword(SIP_LENGTH)),
    ctiPassword: vault.seal(ctiPassword, belongsTo(vdnId, workNo, 'cti')),
    ctiFingerprint: ctiFingerprint(vault, workNo, ctiPassword),
  };
}

/** The same in every tenant: a sign-in by work number (4.6) names none. */
export function ctiFingerprint(vault: Vault, workNo: number, password: string): string {
  return vault.fingerprint(password, `cti:${workNo}`);
}

export function sealSipPassword(vault: Vault, vdnId: number, workNo: number, password: string): Uint8Array {
  return vault.seal(password, belongsTo(vdnId, workNo, 'sip'));
}

export function openPhone(vault: Vault, vdnId: number, { workNo, account, sipNumber, sipPassword, ctiPassword }: SealedPhone): Phone {
  return {
    workNo, account, sipNumber,
    sipPassword: vault.open(sipPassword, belongsTo(vdnId, workNo, 'sip')),
    ctiPassword: vault.open(ctiPassword, belongsTo(vdnId, workNo, 'cti')),
  };
}
