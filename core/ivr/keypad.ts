import { integer, oneOf, optional, seconds, withDefault, flag, type Values } from './field.ts';
import { fail, type Answer, type Ask, type Move, type Run } from './node-type.ts';
import { prompt } from './prompt.ts';

/** How a caller is asked for keys: what collecting digits and choosing from a menu have in common. */
export const askingFields = {
  prompt: optional(prompt),
  /** Said before the prompt is repeated. */
  noInput: optional(prompt),
  noMatch: optional(prompt),
  /** How often it is asked again. */
  retries: withDefault(integer(0, 10), 2),
  firstSeconds: withDefault(seconds(0.5, 60), 5),
  /** Whether a key cuts the prompt short. */
  bargeIn: withDefault(flag, true),
};

export const keysField = { terminator: withDefault(oneOf(['#', '*', 'none']), '#') };

export type Asking = Values<typeof askingFields>;

export interface Rules {
  readonly max: number;
  readonly terminator: string;
  readonly betweenMs: number;
  /** What the keys lead to, or what is wrong with them. */
  readonly judge: (keys: string) => Move<never> | 'noMatch';
  /** What becomes of who has been asked often enough. */
  readonly givenUp: (why: 'noInput' | 'noMatch') => Move<never>;
}

export interface Memory {
  readonly keys: string;
  readonly tries: number;
  readonly speaking: boolean;
}

/** Asks for the first time. Who has typed ahead does not hear the prompt. */
export const ask = (asking: Asking, rules: Rules, run: Run): Move<Memory> =>
  (run.typed === '' ? speak(asking, 0, undefined, run) : take(asking, rules, { keys: '', tries: 0, speaking: false }, run.typed, run, []));

function speak(asking: Asking, tries: number, why: 'noInput' | 'noMatch' | undefined, run: Run): Move<Memory> {
  const pieces = [...(why === undefined ? [] : run.pieces(asking[why] ?? [])), ...run.pieces(asking.prompt ?? [])];
  const asks: readonly Ask[] = pieces.length === 0 ? [{ kind: 'timer', ms: asking.firstSeconds * 1000 }] : [{ kind: 'speak', pieces }];
  return { kind: 'wait', memory: { keys: '', tries, speaking: pieces.length > 0 }, asks, typed: '' };
}

function take(asking: Asking, rules: Rules, memory: Memory, typed: string, run: Run, before: readonly Ask[]): Move<Memory> {
  let { keys } = memory;
  for (const [index, key] of typed.split('').entries()) {
    const isEnd = key === rules.terminator;
    if (!isEnd) keys += key;
    if (isEnd || keys.length >= rules.max) return finish(asking, rules, { ...memory, keys }, typed.slice(index + 1), run);
  }
  return { kind: 'wait', memory: { ...memory, keys, speaking: false }, asks: [...before, { kind: 'timer', ms: rules.betweenMs }], typed: '' };
}

function finish(asking: Asking, rules: Rules, { keys, tries }: Memory, typed: string, run: Run): Move<Memory> {
  const judged = keys === '' ? 'noInput' : rules.judge(keys);
  if (typeof judged !== 'string') return judged.kind === 'go' ? { ...judged, typed } : judged;
  // What was typed ahead was meant for another question.
  return tries >= asking.retries ? rules.givenUp(judged) : speak(asking, tries + 1, judged, run);
}

export function answerKeypad(asking: Asking, rules: Rules, memory: Memory, answer: Answer, run: Run): Move<Memory> | undefined {
  switch (answer.kind) {
    case 'key':
      if (!memory.speaking) return take(asking, rules, memory, answer.key, run, []);
      return asking.bargeIn ? take(asking, rules, memory, answer.key, run, [{ kind: 'hush' }]) : { kind: 'wait', memory };
    case 'spoken':
      return answer.ok ? { kind: 'wait', memory: { ...memory, speaking: false }, asks: [{ kind: 'timer', ms: asking.firstSeconds * 1000 }] } : fail('prompt');
    case 'elapsed':
      return finish(asking, rules, memory, '', run);
    case 'recorded':
    case 'answered':
    case 'failed':
      return undefined;
    default:
      return answer satisfies never;
  }
}
