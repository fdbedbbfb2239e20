/**
 * What configuration must ask of, and tell to, the live side: agents at work, calls in queues, phones at the registrar.
 * The modules use it through this port; `nothingLive` is the truth as long as no engine runs.
 */
export interface Live {
  /** Signs the agent out in whatever state, drops the legs, ends the registrations (5.1.2). */
  readonly endAgent: (vdnId: number, workNo: number) => Promise<void>;
  /** The registrar must ask for the new password from now on (5.1.8). */
  readonly sipPasswordChanged: (vdnId: number, sipNumber: string) => Promise<void>;
  /** Those of the queues in which calls wait or are being served (5.2.2). */
  readonly queuesHoldingCalls: (vdnId: number, queueIds: readonly number[]) => Promise<readonly number[]>;
}

export const nothingLive: Live = {
  endAgent: () => Promise.resolve(),
  sipPasswordChanged: () => Promise.resolve(),
  queuesHoldingCalls: () => Promise.resolve([]),
};
