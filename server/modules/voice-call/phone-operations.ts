import { phoneHangup, phonePickup } from '@parley/contract/gateway/call-answer.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** Whether a phone of that number answers when it is told to. */
export type CanPickUp = (number: string) => Promise<boolean>;

export interface PhoneDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly canPickUp: CanPickUp;
}

/** The number of a linked phone that is not off the hook yet; of others the core says itself what is wrong. */
function linkedOnHook({ agents, legs }: Centre, id: number): string | undefined {
  const agent = agents.get(id);
  if (agent?.profile.phoneLinkage !== true || agent.leg === undefined || legs.get(agent.leg)?.state === 'up') return undefined;
  return agent.profile.phone;
}

/** 6.1.2.23 and 6.1.2.24. A phone can be hung up whatever it is; to lift it, it must be one that takes that from the switch. */
export function phoneHandlers({ engine, canPickUp }: PhoneDependencies): readonly Handler[] {
  return [
    handle(phonePickup, async ({ agentid: agent }, { vdnId }) => {
      const phone = await engine.view(vdnId, (centre) => linkedOnHook(centre, agent));
      if (phone !== undefined && !await canPickUp(phone)) return refuse(sessionErrors.failed, { message: 'the phone must be lifted by hand' });
      return carryOut(engine, vdnId, { kind: 'pickUpPhone', agent });
    }),
    handle(phoneHangup, ({ agentid: agent }, { vdnId }) => carryOut(engine, vdnId, { kind: 'hangUpPhone', agent })),
  ];
}
