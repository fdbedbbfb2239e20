/** What the demo's traffic is told by the Parley that starts it. */
export interface TrafficPlan {
  /** Where Parley is asked over HTTP. */
  readonly url: string;
  /** Where calls are real: its SIP, and who calls in by it. Else the simulator has the phones and the customers. */
  readonly sip?: { readonly address: string; readonly port: number; readonly user: string; readonly password: string };
  readonly numbers: readonly string[];
  readonly agents: readonly PlannedAgent[];
}

export interface PlannedAgent {
  readonly workNo: number;
  readonly password: string;
  readonly phone: string;
  readonly sipPassword: string;
}

/** Moderately: some of ten agents are free most of the time, and now and then somebody waits. */
export const PACE = {
  betweenCallsMs: 5000, talkMs: 32_000, patienceMs: 45_000,
  /** How long a phone rings, at least and beyond that at most. */
  ringMs: 1500, ringMoreMs: 4000,
  /** One talk in so many makes an agent tired for a while. */
  breakAfter: 9, breakMs: 25_000,
} as const;
