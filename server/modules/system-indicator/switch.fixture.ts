import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import { createSwitchFigures } from '../../adapters/voice/figures.ts';
import { createRig, trunk, type FakeCall, type Rig } from '../../adapters/voice/voice.fixture.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import type { SwitchFigures } from './switch-figures.ts';

export const FIVE_MS = 300_000;
export const TRUNK = 'carrier';
const SOURCE = '203.0.113.77';
const PORTS = { from: 20_000, to: 20_199 } as const;

/** A floor, and beside it a switch that is measured: its calls are those of the rig, which nobody on the floor hears of. */
export interface MeasuredFloor {
  readonly floor: LiveFloor;
  readonly rig: Rig;
  /** A call comes in by the trunk; answers the name of its leg. */
  readonly byTrunk: () => Promise<{ readonly leg: string; readonly call: FakeCall }>;
  readonly answer: (leg: string) => Promise<void>;
  /** Up to the next five minutes of the clock, and behind them; what is to be done then is. Answers when those began that are over now. */
  readonly fiveMinutesLater: () => Promise<number>;
}

export async function openMeasuredFloor(): Promise<MeasuredFloor> {
  let measured: SwitchFigures | undefined;
  const switchFigures: SwitchFigures = {
    periods: () => measured?.periods() ?? [], blocks: () => measured?.blocks() ?? Promise.resolve(undefined), terminal: (number) => measured?.terminal(number),
  };
  const floor = await openLiveFloor({ world: { switchFigures } });
  const { server } = floor;
  // Just behind the beginning of five minutes, so that they do not end by themselves during a test.
  const now = server.world.clock();
  const from = Math.ceil(now / FIVE_MS) * FIVE_MS;
  server.advance(from - now + 1000);
  const rig = createRig({ trunks: [trunk(TRUNK, { networks: [`${SOURCE}/32`], limits: { calls: 50 } })], countsFrom: from });
  const { traffic } = rig;
  if (traffic === undefined) throw new Error('nothing is counted');
  let legs = 0;
  let calls = 0;
  measured = createSwitchFigures({
    traffic, port: rig.port, agent: { calls: () => rig.calls.filter((call) => call.state() !== 'ended').length }, realm: 'parley', ports: PORTS,
    media: { figures: () => Promise.resolve({ legs: rig.port.counts().up, rooms: 0, plays: 0, recordings: 0, strangers: 0 }) },
    registrar: { bindingsOf: ({ user }) => rig.bindings.filter((binding) => binding.user === user && binding.channel.isOpen()) },
  });
  return {
    floor, rig,
    byTrunk: async () => {
      legs += 1;
      calls += 1;
      return { leg: `in-${legs}`, call: await rig.arrive({ from: `4930${calls}`, to: '1000', channel: fakeChannel('UDP', SOURCE) }) };
    },
    answer: async (leg) => { await rig.ordered({ kind: 'answer', leg }); },
    fiveMinutesLater: async () => {
      await rig.timers.advance(FIVE_MS);
      await floor.later(FIVE_MS);
      server.fire('system-samples');
      await server.jobsDone();
      return Math.floor(server.world.clock() / FIVE_MS) * FIVE_MS - FIVE_MS;
    },
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Milliseconds as `yyyy-MM-dd HH:mm:ss` in UTC. */
export function utc(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}
