import { seconds, target } from '../field.ts';
import { go, nodeType, stay, type Nothing } from '../node-type.ts';

export const wait = nodeType({
  name: 'wait',
  summary: 'Lets time pass in silence; what is pressed meanwhile is kept for the next question.',
  fields: { seconds: seconds(0.1, 3600), next: target },
  waits: true,
  enter: ({ seconds: time }) => stay({ kind: 'timer', ms: time * 1000 }),
  on: ({ next }, _memory: Nothing, answer) => (answer.kind === 'elapsed' ? go(next) : undefined),
});
