import { fail, go, stay, type Answer, type Move, type Nothing, type Run } from './node-type.ts';
import type { Prompt } from './prompt.ts';

/** Speaks to the caller, who is asked nothing. */
export const announce = (prompt: Prompt, run: Run): Move<Nothing> => stay({ kind: 'speak', pieces: run.pieces(prompt) });

/** A key cuts the announcement short where it may, and is kept for the question that follows. */
export function heard(node: { readonly bargeIn: boolean; readonly next: string }, _memory: Nothing, answer: Answer, run: Run): Move<Nothing> | undefined {
  if (answer.kind === 'spoken') return answer.ok ? go(node.next) : fail('prompt');
  if (answer.kind !== 'key') return undefined;
  return node.bargeIn ? { kind: 'go', to: node.next, typed: run.typed + answer.key } : stay();
}
