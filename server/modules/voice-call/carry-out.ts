import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import type { Refusal } from '@parley/contract/refusal.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf, type Codes } from '../online-agent/index.ts';

/** The sections of 6.1.2 list no 100-009: what their own codes do not tell is 100-007. */
const GENERAL: Codes = { wrongState: sessionErrors.failed, noPermission: sessionErrors.failed };

type AgentCommand = Extract<Command, { readonly agent: number }>;

/** Sends an agent's command; a refusal gets the code that the operation lists for it. */
export async function carryOut(engine: Pick<Engine, 'send'>, vdnId: number, command: AgentCommand, codes: Codes = {}): Promise<Refusal | Record<string, never>> {
  const { refused } = await engine.send(vdnId, command);
  return refused === undefined ? {} : refusalOf(refused, command.agent, { ...GENERAL, ...codes });
}

/** The same for commands that make a call: answers its id. */
export async function makeCall(engine: Pick<Engine, 'send'>, vdnId: number, command: AgentCommand, codes: Codes = {}): Promise<Refusal | string> {
  const { result = '', refused } = await engine.send(vdnId, command);
  return refused === undefined ? result : refusalOf(refused, command.agent, { ...GENERAL, ...codes });
}
