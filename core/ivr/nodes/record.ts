import { optional, seconds, target, text, variable, withDefault } from '../field.ts';
import { fail, go, nodeType, stay, type Nothing } from '../node-type.ts';
import { prompt } from '../prompt.ts';

export const record = nodeType({
  name: 'record',
  summary: 'Records what the caller says, until a key or the time ends it.',
  fields: {
    prompt: optional(prompt),
    maxSeconds: withDefault(seconds(1, 600), 120),
    /** Each of these keys ends it; other keys are not kept. */
    endKeys: withDefault(text({ max: 12, pattern: /^[0-9*#]*$/, form: 'keys: 0 to 9, * and #' }), '#'),
    /** Keeps the name of the recording. */
    into: variable,
    /** Keeps how long it is, in seconds. */
    lengthInto: optional(variable),
    next: target,
    error: optional(target),
  },
  waits: true,
  enter: ({ prompt: said, maxSeconds }, run) =>
    stay(said === undefined ? { kind: 'record', maxMs: maxSeconds * 1000 } : { kind: 'speak', pieces: run.pieces(said) }),
  on: ({ maxSeconds, endKeys, into, lengthInto, next }, _memory: Nothing, answer) => {
    switch (answer.kind) {
      case 'spoken':
        return answer.ok ? stay({ kind: 'record', maxMs: maxSeconds * 1000 }) : fail('prompt');
      case 'key':
        return endKeys.includes(answer.key) ? stay({ kind: 'stopRecord' }) : stay();
      case 'recorded':
        return answer.ok
          ? go(next, { [into]: answer.file, ...(lengthInto === undefined ? {} : { [lengthInto]: String(Math.round(answer.ms / 1000)) }) })
          : fail('record');
      case 'elapsed':
      case 'answered':
      case 'failed':
        return undefined;
      default:
        return answer satisfies never;
    }
  },
});
