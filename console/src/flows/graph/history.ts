import type { Definition } from './graph.ts';

/** What has been done to a definition since it was opened, step by step. */
export interface History {
  readonly past: readonly Definition[];
  readonly present: Definition;
  readonly future: readonly Definition[];
  /** What the last step was about: typing on in a field is one step with what was typed before. */
  readonly about: string | undefined;
  /** Another number for each definition. */
  readonly revision: number;
}

export type Step =
  | { readonly kind: 'change'; readonly definition: Definition; readonly about?: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

const MOST = 200;

export const begun = (definition: Definition): History => ({ past: [], present: definition, future: [], about: undefined, revision: 0 });

export function stepped(history: History, step: Step): History {
  const { past, present, future, about, revision } = history;
  switch (step.kind) {
    case 'change': {
      if (step.definition === present) return history;
      const goesOn = step.about !== undefined && step.about === about;
      return { past: goesOn ? past : [...past, present].slice(-MOST), present: step.definition, future: [], about: step.about, revision: revision + 1 };
    }
    case 'undo': {
      const before = past.at(-1);
      return before === undefined ? history : { past: past.slice(0, -1), present: before, future: [present, ...future], about: undefined, revision: revision + 1 };
    }
    case 'redo': {
      const [after, ...others] = future;
      return after === undefined ? history : { past: [...past, present], present: after, future: others, about: undefined, revision: revision + 1 };
    }
    default:
      return step satisfies never;
  }
}
