import { errors } from '@parley/contract/admin/family.ts';
import { simulateCall } from '@parley/contract/admin/simulator.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';

/** A customer of the simulator. */
export interface SimulatedCall {
  readonly from: string;
  readonly to: string;
  readonly talkMs: number;
  readonly patienceMs: number;
}

export interface SimulatorDependencies {
  /** Lets somebody call in; answers the name of the leg. */
  readonly callIn: (call: SimulatedCall) => string;
  /** The tenant whom a dialled number leads to. */
  readonly tenantOf: (dialled: string) => Promise<number | undefined>;
}

const FROM = '13800000001';
const TALK_SECONDS = 60;
const PATIENCE_SECONDS = 120;

/** Nobody lets customers call into another tenant's lines. */
export function simulatorHandlers({ callIn, tenantOf }: SimulatorDependencies): readonly Handler[] {
  return [
    handle(simulateCall, async ({ to, from = FROM, talkSeconds = TALK_SECONDS, patienceSeconds = PATIENCE_SECONDS }, { vdnId }) => {
      if (await tenantOf(to) !== vdnId) return refuse(errors.notFound, { what: 'access code that begins', id: to });
      return { leg: callIn({ from, to, talkMs: talkSeconds * 1000, patienceMs: patienceSeconds * 1000 }) };
    }),
  ];
}
