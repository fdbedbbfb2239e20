import type { FlowOutcome } from '../call/ivr.ts';
import type { Value } from './expression.ts';
import type { Fields, Values } from './field.ts';
import type { Manner, Piece, Prompt } from './prompt.ts';
import type { Place } from './reading.ts';
import type { Template } from './template.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Name of the tenant's shared key that is sent as the bearer's. */
  readonly key?: string;
  readonly deadlineMs: number;
}

/** What a node asks for. One of a kind goes on at a time: the next takes its place, and leaving the node ends it. */
export type Ask =
  | { readonly kind: 'speak'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'timer'; readonly ms: number }
  | { readonly kind: 'record'; readonly maxMs: number }
  | { readonly kind: 'http'; readonly request: HttpRequest }
  /** Another flow goes on with the caller. */
  | { readonly kind: 'enter'; readonly flow: number }
  | { readonly kind: 'hush' }
  | { readonly kind: 'stopRecord' };

/** What comes of it, and the keys that the caller presses. */
export type Answer =
  | { readonly kind: 'spoken'; readonly ok: boolean }
  | { readonly kind: 'elapsed' }
  | { readonly kind: 'recorded'; readonly ok: boolean; readonly file: string; readonly ms: number }
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'key'; readonly key: string };

/** What a node does next. `set` gives variables their values. */
export type Move<M> =
  | { readonly kind: 'go'; readonly to: string; readonly set?: Readonly<Record<string, string>>; readonly typed?: string }
  /** Stays at the node, which remembers this. */
  | { readonly kind: 'wait'; readonly memory: M; readonly asks?: readonly Ask[]; readonly typed?: string }
  | { readonly kind: 'end'; readonly outcome: FlowOutcome }
  /** Takes the node's way `error`, else the flow's, else says goodbye. */
  | { readonly kind: 'fail'; readonly why: string };

/** What a node sees of the call. */
export interface Run {
  readonly value: (name: string) => Value;
  readonly text: (name: string) => string;
  readonly pieces: (prompt: Prompt) => readonly Piece[];
  readonly render: (template: Template, encode?: (value: string) => string) => string;
  /** Keys pressed before anybody asked for them. */
  readonly typed: string;
  readonly hasQueue: (queue: number) => boolean;
  readonly manner: Manner;
}

/** A kind of node: one file each, joined in one table (node-types.ts). `N` is what a node of it says, `M` what it remembers while it waits. */
export interface NodeType<N = unknown, M = unknown> {
  readonly name: string;
  /** What it does, for designers. */
  readonly summary: string;
  readonly fields: Fields;
  /** Whether time or the caller's keys pass before the call goes on, other than by `error`: no circle may be without such a node. */
  readonly waits: boolean;
  /** What fields alone do not tell. */
  readonly check?: (node: N, place: Place) => void;
  readonly enter: (node: N, run: Run) => Move<M>;
  /** Undefined where it does not matter to the node; keys are then kept for the next question. */
  readonly on?: (node: N, memory: M, answer: Answer, run: Run) => Move<M> | undefined;
}

/** Declares a kind of node whose `enter` and `on` see what its fields say. */
export function nodeType<F extends Fields, M>(
  declared: Omit<NodeType<Values<F>, M>, 'fields'> & { readonly fields: F },
): NodeType {
  return declared as unknown as NodeType;
}

export const go = (to: string, set: Readonly<Record<string, string>> = {}): Move<never> => ({ kind: 'go', to, set });
export const fail = (why: string): Move<never> => ({ kind: 'fail', why });
export const end = (outcome: FlowOutcome): Move<never> => ({ kind: 'end', outcome });

/** What nodes remember that have nothing to remember. */
export type Nothing = Readonly<Record<string, never>>;

/** Waits for what is asked for here, or goes on waiting. */
export const stay = (...asks: readonly Ask[]): Move<Nothing> => ({ kind: 'wait', memory: {}, ...(asks.length === 0 ? {} : { asks }) });
