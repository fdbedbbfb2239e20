import { useMemo } from 'react';
import { showReasons } from '@parley/contract/admin/workplace.ts';
import { useAsked } from '../session/asking.ts';
import type { LiveAgent } from '../live/live.ts';

/** Names of the reasons for which agents are busy or rest; empty where there is none to tell. */
export function useReasonOf(): (agent: Pick<LiveAgent, 'state' | 'reason'>) => string {
  const rest = useAsked(showReasons, { kind: 'rest' }).data?.reasons;
  const busy = useAsked(showReasons, { kind: 'busy' }).data?.reasons;
  return useMemo(() => {
    const names = { rest: new Map(rest?.map(({ code, name }) => [code, name])), busy: new Map(busy?.map(({ code, name }) => [code, name])) };
    return ({ state, reason }) => {
      if (reason === 0 || (state !== 'rest' && state !== 'busy')) return '';
      return names[state].get(reason) ?? String(reason);
    };
  }, [rest, busy]);
}
