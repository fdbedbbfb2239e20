import type { SimulatedVoice } from '../sim/voice.ts';
import type { SimulatedCall } from './modules/simulator/index.ts';

export type { SimulatedVoice } from '../sim/voice.ts';

/** Somebody calls in from a web page, talks with whoever answers for so long, and hangs up; answers the name of the leg. */
export function customerCalls({ callIn, schedule }: Pick<SimulatedVoice, 'callIn' | 'schedule'>, { from, to, talkMs, patienceMs }: SimulatedCall): string {
  const customer = callIn({ from, to, patienceMs, page: 'sends' });
  const talk = async (): Promise<void> => {
    if (await customer.attended) schedule.after(talkMs, customer.hangUp);
  };
  void talk();
  return customer.id;
}
