import type { MessagePort } from 'node:worker_threads';
import type { CodecName } from '../audio/codec.ts';
import type { MediaAnswer, MediaOrder, MediaReport } from './order.ts';

/** What is said between the engine's own thread and those that make sound. */
export type ToThread =
  /** Without a number nobody waits for the answer, and none is given. */
  | { readonly kind: 'order'; readonly number?: number; readonly order: MediaOrder }
  /** The leg's sound is made in another thread from now on: its packets go there and come from there. */
  | { readonly kind: 'lend'; readonly leg: string; readonly port: MessagePort }
  /** It is made here again. */
  | { readonly kind: 'reclaim'; readonly leg: string; readonly isUp: boolean }
  /** The leg of another thread is made sound for here. */
  | { readonly kind: 'borrow'; readonly leg: string; readonly port: MessagePort; readonly isUp: boolean };

export type FromThread =
  | { readonly kind: 'answer'; readonly number: number; readonly answer: MediaAnswer }
  | { readonly kind: 'report'; readonly report: MediaReport };

/** How the threads are set up. */
export interface ThreadSettings {
  /** Where sound is received, and what is told to others where that is another address. */
  readonly address: string;
  readonly advertised: string;
  readonly ports: { readonly from: number; readonly to: number };
  /** In our order; the first that both ends have is used. */
  readonly codecs: readonly CodecName[];
  /** What waiting callers hear. */
  readonly music: string | undefined;
  /** A leg from which nothing has come for so long is lost, unless it said that it is silent. */
  readonly silentMs: number;
}
