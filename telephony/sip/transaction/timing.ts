/** The waits of RFC 3261 17 and RFC 6026, in milliseconds. B, F, H, J, L and M are 64 times T1. */
export interface TransactionTiming {
  /** What a round trip is taken to be: the first wait before something is sent again. */
  readonly t1: number;
  /** The longest wait before a request that is no INVITE, or a response to an INVITE, is sent again. */
  readonly t2: number;
  /** How long a message lives in the network. */
  readonly t4: number;
  /** Timer D, for as long as a final response may still come again by UDP. */
  readonly absorb: number;
  /** How long an INVITE waits for a response of its receiver until it is told 100 (17.2.1). */
  readonly trying: number;
  /** How long an INVITE of ours waits after each provisional response; a proxy calls it timer C (16.6). */
  readonly proceeding: number;
  /** Transactions that wait for nothing but what comes again end at full multiples of this, those of a moment together. */
  readonly step: number;
}

export const STANDARD_TIMING: TransactionTiming = { t1: 500, t2: 4_000, t4: 5_000, absorb: 32_000, trying: 200, proceeding: 600_000, step: 1 };

/** After so many T1 nobody waits any more. */
export const PATIENCE = 64;
