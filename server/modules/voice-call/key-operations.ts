import { secondDial, secondDialEx, thirdPartyConfTransmitNum } from '@parley/contract/gateway/call-keys.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** 6.1.2.13 and 6.1.2.25: keys for the menus of others. */
export function keyHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(secondDialEx, ({ agentid: agent, number: digits }, { vdnId }) => carryOut(engine, vdnId, { kind: 'pressKeys', agent, digits })),
    handle(secondDial, ({ agentid: agent, number: digits }, { vdnId }) => carryOut(engine, vdnId, { kind: 'pressKeys', agent, digits })),
    handle(thirdPartyConfTransmitNum, ({ agentid: agent }, { vdnId }) => carryOut(engine, vdnId, { kind: 'passKeys', agent })),
  ];
}
