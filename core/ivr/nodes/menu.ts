import { optional, table, target, variable, type Values } from '../field.ts';
import { answerKeypad, ask, askingFields, type Memory, type Rules } from '../keypad.ts';
import { fail, go, nodeType } from '../node-type.ts';

const fields = {
  ...askingFields,
  /** Where each key leads. */
  choices: table(target, { max: 12, key: /^[0-9*#]$/, form: 'a key: 0 to 9, * or #' }),
  /** Keeps the key that was chosen. */
  into: optional(variable),
  otherwise: optional(target),
  error: optional(target),
};

const rulesOf = ({ choices, into, otherwise }: Values<typeof fields>): Rules => ({
  max: 1, terminator: 'none', betweenMs: 1000,
  judge: (key) => {
    const to = Object.hasOwn(choices, key) ? choices[key] : undefined;
    return to === undefined ? 'noMatch' : go(to, into === undefined ? {} : { [into]: key });
  },
  givenUp: (why) => (otherwise === undefined ? fail(why) : go(otherwise)),
});

export const menu = nodeType({
  name: 'menu',
  summary: 'Lets the caller choose by one key.',
  fields,
  waits: true,
  check: ({ choices }, place) => { if (Object.keys(choices).length === 0) place.inside('choices').fault('must have at least one key'); },
  enter: (node, run) => ask(node, rulesOf(node), run),
  on: (node, memory: Memory, answer, run) => answerKeypad(node, rulesOf(node), memory, answer, run),
});
