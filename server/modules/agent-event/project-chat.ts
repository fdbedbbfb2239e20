import { readersOf } from '@parley/core/chat/chat.ts';
import { abilityOf, NOTHING, roleIn } from './call-notice.ts';
import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

/** What agents are told of text sessions alone (6.5.1.9); that these come, are taken and end is told as of calls. */
export const CHAT_NOTICES: NoticesOf = {
  CustomerWrote: ({ call: id, text: message }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined) return NOTHING;
    return readersOf(centre, id).map((agent) => notice(agent, 'AgentEvent_MessageData', {
      callid: id, caller: call.caller, called: call.called, feature: call.feature, type: roleIn(call, agent), message, mediaAbility: abilityOf(call),
    }));
  },
};
