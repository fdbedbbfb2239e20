import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

/** 6.5.1.3.4: one number; a longer text, or several numbers, have 6.5.1.3.5. */
const isOneNumber = (called: string): boolean => called.length <= 24 && !called.includes(',');

/** What agents are told of calls to look at before they are dialled (6.5.1.3); that they are kept for one, project-agent.ts tells. */
export const PREVIEW_NOTICES: NoticesOf = {
  // Older desktops know 6.5.1.3.3 alone, which has no data.
  PreviewBegan: ({ agent, control: controlid, personal }) => {
    const { called: dialeddigits = '', data: callData = '' } = personal ?? {};
    const withData = isOneNumber(dialeddigits) ? 'AgentEvent_Preview_CallOut' : 'AgentEvent_Preview_CallOut_Ex';
    return [notice(agent, 'AgentEvent_Preview', { controlid, dialeddigits }), notice(agent, withData, { controlid, dialeddigits, callData })];
  },
  PreviewEnded: ({ agent, why }) => (why === 'released' ? [notice(agent, 'AgentEvent_Release_Preview', null)] : []),
};
