import { sendNoteletEx } from '@parley/contract/gateway/agent-note.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';
import type { Codes } from './refusals.ts';

/** 6.1.1.4 lists 100-001 for whatever is wrong with a note. */
const { parameterRefused } = sessionErrors;
const CODES: Codes = { nothing: parameterRefused, limit: parameterRefused, tooLarge: parameterRefused };

export function noteHandlers({ engine }: { readonly engine: Pick<Engine, 'send'> }): readonly Handler[] {
  return [
    handle(sendNoteletEx, async ({ agentid: agent, agentIds = [], content }, { vdnId }) => {
      if (content === undefined) return refuse(parameterRefused, { message: 'content' });
      const outcome = await carryOut(engine, vdnId, { kind: 'sendNote', agent, to: agentIds, text: content }, CODES);
      return isRefusal(outcome) ? outcome : null;
    }),
  ];
}
