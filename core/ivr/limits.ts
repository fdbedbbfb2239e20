/** What a flow may be at most: enough for any that people draw, and little enough for thousands of callers at once. */
export const LIMITS = {
  nodes: 500,
  /** Of the flow's own variables; those that the platform gives come on top. */
  variables: 100,
  /** Characters of a variable's value: four thousand of the longest still fit into the call data of 6.1.3.3. */
  value: 4000,
  /** Characters of a text that is spoken at a time. */
  spoken: 2000,
  /** Characters of the path of a file (13.2.1.12). */
  path: 225,
  expression: 500,
  holidays: 500,
  pieces: 10,
  faults: 100,
} as const;

/** What bounds a caller's way through flows, whatever they look like. */
export const BOUNDS = {
  /** Nodes entered in all. */
  steps: 5000,
  /** Nodes entered since the caller last pressed a key. */
  quietSteps: 500,
  /** Flows that a caller is passed through. */
  flows: 20,
  /** How often the flow's own way out of a failure is taken. */
  errors: 5,
  /** Keys that are kept for the next question. */
  typed: 32,
  /** A caller who is told that nothing more can be done does not wait longer for that. */
  goodbyeMs: 15_000,
} as const;
