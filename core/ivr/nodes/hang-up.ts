import { optional } from '../field.ts';
import { end, nodeType, stay, type Nothing } from '../node-type.ts';
import { prompt } from '../prompt.ts';

export const hangUp = nodeType({
  name: 'hangUp',
  summary: 'Ends the call, after a last word where there is one.',
  fields: { prompt: optional(prompt) },
  waits: false,
  enter: ({ prompt: said }, run) => (said === undefined ? end({ kind: 'hangUp' }) : stay({ kind: 'speak', pieces: run.pieces(said) })),
  // Also where it could not be said: there is nothing else to do.
  on: (_node, _memory: Nothing, answer) => (answer.kind === 'spoken' ? end({ kind: 'hangUp' }) : answer.kind === 'key' ? stay() : undefined),
});
