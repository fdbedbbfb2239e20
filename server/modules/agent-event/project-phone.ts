import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { alerting, NOTHING, roleIn } from './call-notice.ts';
import { phoneStatus } from './linked-phone.ts';
import { notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

/** The agent whose phone it is now: the leg of an earlier session is none of this one's business. */
function ownerOf(centre: Centre, id: number | undefined, leg: string): Agent | undefined {
  const agent = id === undefined ? undefined : centre.agents.get(id);
  return agent?.leg === undefined || agent.leg === leg ? agent : undefined;
}

/** Causes that tell nothing of whether the phone could ring. */
const UNKNOWN: ReadonlySet<number> = new Set<number>([
  CAUSE.unknownNumber, CAUSE.noResource, CAUSE.internalError, CAUSE.tooManyCalls, CAUSE.callsUsedUp, CAUSE.numberBarred,
]);

function offHookFor(centre: Centre, { id, call: current, conference, inspecting, playback }: Agent): AgentEvents['AgentOther_PhoneOffhook'] {
  const call = current === undefined ? undefined : centre.calls.get(current);
  if (call !== undefined) return { type: roleIn(call, id) };
  return { type: conference === undefined && inspecting === undefined && playback === undefined ? 'unknown' : 'main' };
}

/** What agents are told of their own phones (6.5.1.7), and of those of the others as they ring (6.5.1.2.2). */
export const PHONE_NOTICES: NoticesOf = {
  LegRang: ({ leg }, centre) => {
    const rung = centre.legs.get(leg);
    if (rung === undefined) return NOTHING;
    if (rung.agent === undefined) {
      const call = rung.call === undefined ? undefined : centre.calls.get(rung.call);
      return call === undefined ? NOTHING : alerting(centre, call, { workNo: '', phone: rung.number });
    }
    const agent = ownerOf(centre, rung.agent, leg);
    const call = centre.calls.get(agent?.call ?? '');
    if (agent === undefined) return NOTHING;
    // Clients read which call it is that comes in; of calls they make themselves they expect null.
    if (call?.offer?.agent !== agent.id) return [notice(agent.id, 'AgentOther_PhoneAlerting', null), ...phoneStatus(agent, 'ringing')];
    return [
      notice(agent.id, 'AgentOther_PhoneAlerting', { callid: call.id, caller: call.caller }), ...phoneStatus(agent, 'ringing'),
      ...alerting(centre, call, { workNo: String(agent.id), phone: rung.number }),
    ];
  },
  LegAnswered: ({ leg }, centre) => {
    const agent = ownerOf(centre, centre.legs.get(leg)?.agent, leg);
    if (agent === undefined) return NOTHING;
    const offHook = notice(agent.id, 'AgentOther_PhoneOffhook', offHookFor(centre, agent));
    const told = [offHook, ...phoneStatus(agent, 'offHook')];
    return agent.state === 'dialling' ? [...told, notice(agent.id, 'AgentState_Busy', null)] : told;
  },
  LegEnded: ({ leg, agent: id, by, cause }, centre) => {
    const agent = ownerOf(centre, id, leg);
    if (agent === undefined) return NOTHING;
    if (by === 'far' && cause === CAUSE.busy) return [notice(agent.id, 'AgentOther_PhoneBusy', null)];
    if (by === 'far' && UNKNOWN.has(cause)) return [notice(agent.id, 'AgentOther_PhoneUnknow', null)];
    return [notice(agent.id, 'AgentOther_PhoneRelease', { phoneState: by === 'platform' || cause === CAUSE.unanswered ? 3 : 2 }), ...phoneStatus(agent, 'onHook')];
  },
};
