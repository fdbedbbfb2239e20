import type { StateAsked } from '../agent/requests.ts';
import type { SignIn } from '../agent/session.ts';
import type { Arrival } from '../call/arrive.ts';
import type { Dialling } from '../call/dial.ts';
import type { LegReport } from '../call/leg.ts';
import type { ConfigChange } from './config.ts';

/** A command of an agent; whoever sends it has checked that the agent's own session asks. */
type ByAgent<Kind extends string, Fields = unknown> = { readonly kind: Kind; readonly agent: number } & Fields;

export type Command =
  | { readonly kind: 'configure'; readonly change: ConfigChange }
  | { readonly kind: 'timer'; readonly key: string; readonly at: number }
  | { readonly kind: 'signIn' } & SignIn
  | ByAgent<'signOut', { readonly cause?: number; readonly force?: boolean }>
  | ByAgent<'askState', StateAsked>
  | { readonly kind: 'arrive' } & Arrival
  | { readonly kind: 'legReported'; readonly report: LegReport }
  | ByAgent<'renewGuid'>
  | ByAgent<'answer'>
  | ByAgent<'hold'>
  | ByAgent<'retrieve', { readonly call?: string }>
  | ByAgent<'mute', { readonly on: boolean }>
  | ByAgent<'release'>
  | ByAgent<'dialOut', Dialling>;

export type CommandKind = Command['kind'];
