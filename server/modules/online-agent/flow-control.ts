import type { Operation } from '@parley/contract/operation.ts';
import { createRateLimit } from '../../security/rate-limit.ts';

/** 6.1.3 and 6.5.6: queries of one agent, and of all together, in two seconds. */
const WINDOW_MS = 2000;
const PER_AGENT = 5;
const ALL = 15_000;
const MAX_AGENTS = 100_000;

const QUERIES = /^\/agentgateway\/resource\/(?:(?:queuedevice|agentgroup|calldata)\/|onlineagent\/\{agentid\}\/(?:agentskills|agentskillsbyworkno|agentstatus|syncagentinfo|updateguid)(?:\/|$))/i;

const known = new WeakMap<Operation, boolean>();

/** Whether 6.5.6 counts the operation among the queries; polls and call control are never held up. */
export function isQuery(op: Operation): boolean {
  let is = known.get(op);
  if (is === undefined) {
    is = QUERIES.test(op.path);
    known.set(op, is);
  }
  return is;
}

export interface FlowControl {
  readonly take: (agent: string, now: number) => boolean;
}

export function createFlowControl(): FlowControl {
  const agents = createRateLimit(PER_AGENT, WINDOW_MS, MAX_AGENTS);
  const all = createRateLimit(ALL, WINDOW_MS);
  return { take: (agent, now) => agents.take(agent, now) && all.take('', now) };
}
