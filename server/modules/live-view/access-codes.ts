import type { cmsQueryAccessCodeCallInfo } from '@parley/contract/monitoring/vdn-live.ts';
import type { Result } from '@parley/contract/operation.ts';
import { agentsOf, type Call } from '@parley/core/call/call.ts';
import { kindOf } from '@parley/core/call/kind.ts';
import { secondsBetween } from '@parley/core/live/queue-figures.ts';
import type { AccessCode } from '../route/index.ts';
import type { Look } from './look.ts';

type Figures = Omit<Result<typeof cmsQueryAccessCodeCallInfo>[number], 'innoId'>;

const NOTHING: Figures = { allCallCount: 0, ivrCallCount: 0, agentCallCount: 0, queueCallCount: 0, longestWaitTime: 0 };

/** The code that the number begins with which was dialled; of several the longest, as with calls that come in (5.3.2). */
function codeOf(call: Call, codes: ReadonlyMap<string, AccessCode>): AccessCode | undefined {
  for (let { length } = call.originalCalled; length > 0; length -= 1) {
    const code = codes.get(call.originalCalled.slice(0, length));
    if (code !== undefined) return code;
  }
  return undefined;
}

/** In a queue, with an agent (who may be being rung) or in a flow: one of them, the one that the caller hopes for first. */
function placeOf(call: Call): 'queueCallCount' | 'agentCallCount' | 'ivrCallCount' | undefined {
  if (agentsOf(call).length > 0 || call.offer !== undefined) return 'agentCallCount';
  if (call.waitingIn.length > 0 || call.awaits !== undefined) return 'queueCallCount';
  return call.flow === undefined ? undefined : 'ivrCallCount';
}

const waitsSince = ({ visits }: Call): number | undefined =>
  visits.find(({ device, until }) => until === undefined && (device === 'queue' || device === 'agentQueue'))?.waitFrom;

/** Whoever called one of these codes and is still there, by code. */
export function callsByCode({ centre, now }: Look, codes: readonly AccessCode[]): ReadonlyMap<string, Figures> {
  const byNumber = new Map(codes.map((code) => [code.code, code]));
  const figures = new Map<string, Figures>();
  for (const call of centre.calls.values()) {
    const code = kindOf(call) === 'inbound' ? codeOf(call, byNumber) : undefined;
    if (code === undefined) continue;
    const before = figures.get(code.id) ?? NOTHING;
    const place = placeOf(call);
    const since = place === 'queueCallCount' ? waitsSince(call) : undefined;
    figures.set(code.id, {
      ...before, allCallCount: before.allCallCount + 1, ...(place === undefined ? {} : { [place]: before[place] + 1 }),
      longestWaitTime: Math.max(before.longestWaitTime, since === undefined ? 0 : secondsBetween(since, now)),
    });
  }
  return figures;
}

export const figuresOfCode = (figures: ReadonlyMap<string, Figures>, id: string): Result<typeof cmsQueryAccessCodeCallInfo>[number] => ({ innoId: id, ...(figures.get(id) ?? NOTHING) });
