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
  return {
    sipPassword: sealSipPassword(vault, vdnId, workNo, generatePassword(SIP_LENGTH)),
    ctiPassword: vault.seal(generatePassword(CTI_LENGTH), belongsTo(vdnId, workNo, 'cti')),
  };
}

export function sealSipPassword(vault: Vault, vdnId: number, workNo: number, password: string): Uint8Array {
  return vault.seal(password, belongsTo(vdnId, workNo, 'sip'));
}

export function openCtiPassword(vault: Vault, vdnId: number, workNo: number, sealed: Uint8Array): string {
  return vault.open(sealed, belongsTo(vdnId, workNo, 'cti'));
}

export function openPhone(vault: Vault, vdnId: number, { workNo, account, sipNumber, sipPassword, ctiPassword }: SealedPhone): Phone {
  return {
    workNo, account, sipNumber,
    sipPassword: vault.open(sipPassword, belongsTo(vdnId, workNo, 'sip')),
    ctiPassword: openCtiPassword(vault, vdnId, workNo, ctiPassword),
  };
}
