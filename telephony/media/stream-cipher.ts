import type { SrtpSuite } from '../rtp/srtp-keys.ts';
import { createSrtp, type Srtp } from '../rtp/srtp.ts';
import type { ChosenStream } from '../sdp/offer-answer.ts';

/** Those that we have; of others no key is ever agreed on. */
export const SUITES: readonly SrtpSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32', 'AEAD_AES_128_GCM', 'AEAD_AES_256_GCM'];

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, index) => byte === other[index]);

/** The cipher of a stream from one negotiation to the next: the same keys go on with the same counters. Null where it is in the clear. */
export function createStreamCipher(): (chosen: ChosenStream) => Srtp | null {
  let keys: { readonly local: Uint8Array; readonly remote: Uint8Array; readonly srtp: Srtp } | undefined;
  return ({ crypto }) => {
    if (crypto === undefined) {
      keys = undefined;
      return null;
    }
    const suite = SUITES.find((one) => one === crypto.local.suite);
    if (suite === undefined) return null;
    if (keys === undefined || !isSame(keys.local, crypto.local.key) || !isSame(keys.remote, crypto.remote.key)) {
      keys = { local: crypto.local.key, remote: crypto.remote.key, srtp: createSrtp({ suite, local: crypto.local.key, remote: crypto.remote.key }) };
    }
    return keys.srtp;
  };
}
