import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Address } from '@parley/core/conference/conference.ts';

/** How a participant is named on the wire: 6 a phone number, 9 a work number. */
export interface WireAddress {
  readonly addressType: '6' | '9';
  readonly address: string;
}

const WORK_NUMBER = /^\d{1,5}$/;

export function addressOf({ addressType, address }: WireAddress): Address | Refusal {
  if (addressType === '6') return { kind: 'phone', number: address };
  const agent = Number(address);
  if (WORK_NUMBER.test(address) && agent >= WORK_NO.first && agent <= WORK_NO.last) return { kind: 'agent', agent };
  return refuse(gatewayErrors.invalid, { field: 'address', message: `address ${address} is no work number` });
}

/** All of them, or the first that names nobody. */
export function addressesOf(wire: readonly WireAddress[]): readonly Address[] | Refusal {
  const addresses: Address[] = [];
  for (const one of wire) {
    const address = addressOf(one);
    if ('refused' in address) return address;
    addresses.push(address);
  }
  return addresses;
}

/** 6.1.6.1: drive, `conf`, VDN and file name. Nobody plays another tenant's files, nor climbs out of the folder. */
export function fileOf(vdnId: number, voicePath: string): string | Refusal {
  const [, vdn] = /^[a-z]:[/\\]conf[/\\](\d{1,5})[/\\][\w.-]{1,64}$/i.exec(voicePath) ?? [];
  if (vdn !== undefined && Number(vdn) === vdnId && !voicePath.includes('..')) return voicePath;
  return refuse(gatewayErrors.invalid, { field: 'voicePath', message: `voicePath must be of the form y:/conf/${vdnId}/name.V3` });
}

/** An announcement for those who come and go: asked for with `beepTone`, and then the file must be named. */
export function toneOf(vdnId: number, { beepTone = false, voicePath = '' }: { readonly beepTone?: boolean | undefined; readonly voicePath?: string | undefined }): string | undefined | Refusal {
  if (!beepTone) return undefined;
  if (voicePath === '') return refuse(gatewayErrors.invalid, { field: 'voicePath', message: 'voicePath is needed with beepTone' });
  return fileOf(vdnId, voicePath);
}
