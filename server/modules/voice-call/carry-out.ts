import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import type { Refusal } from '@parley/contract/refusal.ts';
import type { Command } from '@parley/core/centre/command.ts';
import type { Engine, Sent } from '../../engine/engine.ts';
import { refusalOf, type Codes } from '../online-agent/index.ts';

/** The sections of 6.1.2 list no 100-009: what their own codes do not tell is 100-007. Call data are counted in bytes, which no schema can. */
const GENERAL: Codes = { wrongState: sessionErrors.failed, noPermission: sessionErrors.failed, tooLarge: gatewayErrors.invalid };

type AgentCommand = Extract<Command, { readonly agent: number }>;
type Sends = Pick<Engine, 'send'>;

/** The code that the operation lists for a refusal; `details` fill its text. */
function wireOf({ refused }: Sent, agent: number, codes: Codes, details: Refusal['details']): Refusal | undefined {
  if (refused === undefined) return undefined;
  const refusal = refusalOf(refused, agent, { ...GENERAL, ...codes });
  return { ...refusal, details: { ...refusal.details, ...details } };
}

/** Sends an agent's command. */
export async function carryOut(
  engine: Sends, vdnId: number, command: AgentCommand, codes: Codes = {}, details: Refusal['details'] = {},
): Promise<Refusal | Record<string, never>> {
  return wireOf(await engine.send(vdnId, command), command.agent, codes, details) ?? {};
}

/** The same for commands that make a call: answers its id. */
export async function makeCall(
  engine: Sends, vdnId: number, command: AgentCommand, codes: Codes = {}, details: Refusal['details'] = {},
): Promise<Refusal | string> {
  const sent = await engine.send(vdnId, command);
  return wireOf(sent, command.agent, codes, details) ?? sent.result ?? '';
}
