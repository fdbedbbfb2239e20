import { integer, optional, seconds, target, variable, withDefault, type Values } from '../field.ts';
import { answerKeypad, ask, askingFields, keysField, type Memory, type Rules } from '../keypad.ts';
import { fail, go, nodeType } from '../node-type.ts';

const fields = {
  ...askingFields, ...keysField,
  into: variable,
  max: integer(1, 32),
  min: withDefault(integer(1, 32), 1),
  betweenSeconds: withDefault(seconds(0.5, 60), 3),
  next: target,
  /** For who gives no answer that will do. */
  otherwise: optional(target),
  error: optional(target),
};

const rulesOf = ({ into, max, min, terminator, betweenSeconds, next, otherwise }: Values<typeof fields>): Rules => ({
  max, terminator, betweenMs: betweenSeconds * 1000,
  judge: (keys) => (keys.length < min ? 'noMatch' : go(next, { [into]: keys })),
  givenUp: (why) => (otherwise === undefined ? fail(why) : go(otherwise)),
});

export const collect = nodeType({
  name: 'collect',
  summary: 'Asks for digits and keeps them in a variable.',
  fields,
  waits: true,
  check: ({ min, max }, place) => { if (min > max) place.inside('min').fault('must not be greater than max'); },
  enter: (node, run) => ask(node, rulesOf(node), run),
  on: (node, memory: Memory, answer, run) => answerKeypad(node, rulesOf(node), memory, answer, run),
});
