import { CALLED } from '../../call/dial.ts';
import { optional, reference, target, template } from '../field.ts';
import { end, fail, nodeType, stay, type Nothing } from '../node-type.ts';

export const transfer = nodeType({
  name: 'transfer',
  summary: 'Sends the caller to a number outside, or on into another flow, which keeps the variables that it knows.',
  fields: { number: optional(template(200)), flow: optional(reference('flow')), error: optional(target) },
  waits: false,
  check: ({ number, flow }, place) => {
    if ((number === undefined) === (flow === undefined)) place.inside('number').fault('either a number or a flow must be given');
    if (number !== undefined && number.every((part) => typeof part === 'string') && !CALLED.test(number.join(''))) place.inside('number').fault('cannot be dialled: up to 24 digits, * and #');
  },
  enter: ({ number, flow }, run) => {
    if (flow !== undefined) return stay({ kind: 'enter', flow });
    const text = run.render(number ?? []);
    return CALLED.test(text) ? end({ kind: 'number', number: text }) : fail('number');
  },
  on: (_node, _memory: Nothing, answer) => (answer.kind === 'failed' ? fail('flow') : undefined),
});
