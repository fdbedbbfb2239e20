import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';

/** One event for one agent, as it goes over the wire (6.5.1). */
export interface Notice {
  readonly agent: number;
  readonly eventType: AgentEventType;
  readonly content: AgentEvents[AgentEventType];
}

export const notice = <Type extends AgentEventType>(agent: number, eventType: Type, content: AgentEvents[Type]): Notice => ({ agent, eventType, content });

/** As it goes over the wire, polled (6.1.4.1) or pushed (6.1.4.2). */
export const wireOf = ({ agent, eventType, content }: Notice) => ({ eventType, workNo: String(agent), content });
