import { evaluate, isTrue } from '../expression.ts';
import { condition, group, list, optional, target } from '../field.ts';
import { fail, go, nodeType } from '../node-type.ts';

export const branch = nodeType({
  name: 'branch',
  summary: 'Goes where the first condition holds that does, such as weekday <= 5 and time >= \'09:00\' and not holiday.',
  fields: { cases: list(group({ when: condition, to: target }), 1, 50), otherwise: target, error: optional(target) },
  waits: false,
  enter: ({ cases, otherwise }, run) => {
    for (const { when, to } of cases) {
      const value = evaluate(when, run.value);
      if (value === undefined) return fail('expression');
      if (isTrue(value)) return go(to);
    }
    return go(otherwise);
  },
});
