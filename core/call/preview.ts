import { toIdle } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { takes } from '../agent/readiness.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { MEDIA } from '../queue/treatment.ts';
import { bytesOf, FEATURE, MAX_DATA_BYTES } from './call.ts';
import { beginCall, CALLED, checkDialling, MAY } from './dial.ts';

/** What a campaign shows an agent before it is dialled (6.5.1.3). */
export interface Previewing {
  /** 6.5.1.3 controlid: names the preview. */
  readonly control: string;
  readonly numbers: readonly string[];
  readonly caller?: string;
  readonly queue?: number;
  readonly data?: string;
  /** How long the agent may look at it. */
  readonly ms: number;
}

/** 6.5.1.3.5: several numbers with the commas between them. */
const MAX_NUMBERS_LENGTH = 120;

/** A campaign keeps an idle agent for a call. It ends by the call, by the campaign, or by time. */
export function preview(step: Step, agent: Agent, { control, numbers, caller = '', queue, data = '', ms }: Previewing): Refused | undefined {
  const called = numbers.join(',');
  if (numbers.length === 0 || !numbers.every((number) => CALLED.test(number)) || called.length > MAX_NUMBERS_LENGTH) return refused('badNumber', called);
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callData');
  if (queue !== undefined && !step.centre.config.queues.has(queue)) return refused('unknownQueue', String(queue));
  if (!takes(agent, MEDIA.voice)) return refused('wrongState', agent.state);
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'preoccupied', cause: 'preview' });
  step.emit({
    type: 'PreviewBegan', agent: agent.id, control, until: step.at + ms, ...(queue === undefined ? {} : { queue }), personal: { caller, called, data },
  });
  return undefined;
}

/** 6.1.2.2: the agent calls one of the numbers shown, with what the campaign gave for it. Answers the call's id. */
export function previewCallOut(step: Step, agent: Agent, { control, called }: { readonly control: string; readonly called: string }): string | Refused {
  if (!CALLED.test(called)) return refused('badNumber', `${called} cannot be dialled`);
  const shown = agent.preview;
  if (shown?.control !== control || !shown.numbers.includes(called)) return refused('noPreview', control);
  const dialling = { called, caller: shown.caller, data: shown.data, ...(shown.queue === undefined ? {} : { queue: shown.queue }) };
  const obstacle = checkDialling(step, agent, dialling, MAY.callOut);
  if (obstacle !== undefined) return obstacle;
  const call = beginCall(step, agent, dialling, FEATURE.preview);
  step.emit({ type: 'PreviewEnded', agent: agent.id, control, why: 'called', call });
  return call;
}

/** The campaign takes a preview back; one that is over already is no matter. */
export function releasePreview(step: Step, agent: Agent, control: string): void {
  if (agent.preview?.control !== control) return;
  step.emit({ type: 'PreviewEnded', agent: agent.id, control, why: 'released' });
  toIdle(step, agent, 'preview');
}

export function previewTimeout(step: Step, agent: Agent): void {
  if (agent.preview !== undefined) releasePreview(step, agent, agent.preview.control);
}
