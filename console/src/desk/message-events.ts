import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { AgentEventSeen } from './keeper.ts';

export interface Message {
  readonly kind: 'note' | 'chat';
  /** Of a note the work number of the colleague, of a chat the id of its call. */
  readonly with: string;
  /** Who wrote it, where that is not the agent. */
  readonly from: string;
  readonly isOwn: boolean;
  readonly at: number;
  readonly text: string;
}

/** What is to be read of a message: channels send plain text, or JSON whose content may be written in HTML (Table 6-255). */
export function textOf(message: string): string {
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed === 'object' && parsed !== null && 'content' in parsed && typeof parsed.content === 'string') return unmarked(parsed.content);
  } catch {
    // Plain text.
  }
  return message;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', nbsp: ' ', amp: '&' };
const unmarked = (html: string): string =>
  html.replace(/<br\s*\/?>|<\/p>(?=.)/gi, '\n').replace(/<\/?[a-z][^>]*>/gi, '').replace(/&(lt|gt|quot|nbsp|amp);/g, (_whole, name: string) => ENTITIES[name] ?? '');

/** A note or a message of which an event tells; undefined of all others. */
export function messageOf({ eventType, content, at }: AgentEventSeen): Message | undefined {
  if (eventType === 'AgentOther_Note') {
    const { sender, sendername, context } = content as AgentEvents['AgentOther_Note'];
    return { kind: 'note', with: sender, from: sendername || sender, isOwn: false, at, text: context };
  }
  if (eventType === 'AgentEvent_MessageData') {
    const { callid, caller, message } = content as AgentEvents['AgentEvent_MessageData'];
    return { kind: 'chat', with: callid, from: caller, isOwn: false, at, text: textOf(message) };
  }
  return undefined;
}
