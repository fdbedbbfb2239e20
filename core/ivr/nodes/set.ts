import { evaluate, textOf } from '../expression.ts';
import { expression, optional, target, variable } from '../field.ts';
import { fail, go, nodeType } from '../node-type.ts';

export const set = nodeType({
  name: 'set',
  summary: 'Gives a variable the value of an expression. Fails where that comes to nothing, such as a sum of words.',
  fields: { variable, to: expression, next: target, error: optional(target) },
  waits: false,
  enter: ({ variable: name, to, next }, run) => {
    const value = evaluate(to, run.value);
    return value === undefined ? fail('expression') : go(next, { [name]: textOf(value) });
  },
});
