import { list, optional, reference, referenceOrTemplate, target } from '../field.ts';
import { end, fail, go, nodeType } from '../node-type.ts';

export const queue = nodeType({
  name: 'queue',
  summary: 'Sends the caller into a skill queue, or into several at once: whichever has an agent first gets the call.',
  fields: {
    queue: referenceOrTemplate('queue'),
    also: optional(list(reference('queue'), 1, 10)),
    /** Where there is no such queue (any more). */
    otherwise: optional(target),
    error: optional(target),
  },
  waits: false,
  enter: ({ queue: given, also = [], otherwise }, run) => {
    const first = typeof given === 'number' ? given : numberIn(run.render(given));
    const [main, ...others] = [...new Set(first === undefined ? also : [first, ...also])].filter(run.hasQueue);
    if (main !== undefined) return end({ kind: 'queue', queue: main, ...(others.length === 0 ? {} : { also: others }) });
    return otherwise === undefined ? fail('queue') : go(otherwise);
  },
});

function numberIn(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
