import { phoneHangup, phonePickup } from '@parley/contract/gateway/call-answer.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** What a linked phone is about: a call that rings there or in the software, or the ring of a call that the agent makes. */
type Linked =
  | { readonly kind: 'offered'; readonly call: string; readonly isUp: boolean }
  | { readonly kind: 'dialling' | 'nothing' | 'notLinked' };

function linkedPhone(centre: Centre, id: number): Linked {
  const agent = centre.agents.get(id);
  if (agent?.profile.phoneLinkage !== true) return { kind: 'notLinked' };
  const isUp = agent.leg !== undefined && centre.legs.get(agent.leg)?.state === 'up';
  const call = agent.call === undefined ? undefined : centre.calls.get(agent.call);
  if (call?.offer?.agent === id) return { kind: 'offered', call: call.id, isUp };
  return { kind: agent.state === 'dialling' && !isUp ? 'dialling' : 'nothing' };
}

const WORDS: Readonly<Record<Linked['kind'], string>> = {
  offered: 'the phone must be lifted by hand', dialling: 'the phone must be lifted by hand', nothing: 'the phone does not ring',
  notLinked: 'the agent has signed in without phone linkage',
};

const failed = ({ kind }: Linked) => refuse(sessionErrors.failed, { message: WORDS[kind] });

/**
 * 6.1.2.23 and 6.1.2.24, as far as a switch can do them: it can hang a ringing phone up, but it cannot lift one. So picking up
 * answers what rings in the software of a phone that is off the hook, and for one that rings itself it fails.
 */
export function phoneHandlers(engine: Pick<Engine, 'send' | 'view'>): readonly Handler[] {
  return [
    handle(phonePickup, async ({ agentid: agent }, { vdnId }) => {
      const linked = await engine.view(vdnId, (centre) => linkedPhone(centre, agent));
      const answers = linked.kind === 'offered' && linked.isUp;
      return answers ? carryOut(engine, vdnId, { kind: 'answer', agent, call: linked.call }) : failed(linked);
    }),
    handle(phoneHangup, async ({ agentid: agent }, { vdnId }) => {
      const linked = await engine.view(vdnId, (centre) => linkedPhone(centre, agent));
      // As when the agent does it by hand: the call goes on elsewhere, and the agent is busy.
      if (linked.kind === 'offered') return carryOut(engine, vdnId, { kind: 'reject', agent, mode: 1, call: linked.call });
      return linked.kind === 'dialling' ? carryOut(engine, vdnId, { kind: 'release', agent }) : failed(linked);
    }),
  ];
}
