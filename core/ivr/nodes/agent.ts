import { optional, reference, referenceOrTemplate, target } from '../field.ts';
import { end, fail, go, nodeType } from '../node-type.ts';

export const agent = nodeType({
  name: 'agent',
  summary: 'Sends the caller to one agent, and to a skill queue where that agent does not come.',
  fields: { agent: referenceOrTemplate('agent'), overflow: optional(reference('queue')), otherwise: optional(target), error: optional(target) },
  waits: false,
  enter: ({ agent: given, overflow, otherwise }, run) => {
    const text = typeof given === 'number' ? String(given) : run.render(given).trim();
    if (/^[1-9]\d{0,8}$/.test(text)) return end({ kind: 'agent', agent: Number(text), ...(overflow === undefined || !run.hasQueue(overflow) ? {} : { overflow }) });
    return otherwise === undefined ? fail('agent') : go(otherwise);
  },
});
