import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { customersOf } from './call.ts';
import { CALLED } from './dial.ts';
import { currentOf } from './hold.ts';

/** 6.1.2.13: keys pressed in the call, heard by everybody outside who is in it. Agents have no menus. */
export function pressKeys(step: Step, agent: Agent, digits: string): Refused | undefined {
  if (!CALLED.test(digits)) return refused('badNumber', 'number');
  const current = currentOf(step, agent);
  if (isRefused(current)) return current;
  const far = customersOf(current.call).flatMap(({ leg, connected }) => (connected && leg !== undefined ? [leg] : []));
  if (far.length === 0) return refused('nothing', 'nobody outside is in the call');
  for (const leg of far) step.emit({ type: 'KeysPressed', call: current.call.id, agent: agent.id, leg, personal: { digits } });
  return undefined;
}
