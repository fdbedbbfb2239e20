import type { Refusal } from '@parley/contract/refusal.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf, type Codes } from './refusals.ts';

type AgentCommand = Extract<Command, { readonly agent: number }>;

/** Sends an agent's command; a refusal gets the code that the operation lists for it. */
export async function carryOut(engine: Pick<Engine, 'send'>, vdnId: number, command: AgentCommand, codes: Codes = {}): Promise<Refusal | Record<string, never>> {
  const { refused } = await engine.send(vdnId, command);
  return refused === undefined ? {} : refusalOf(refused, command.agent, codes);
}
