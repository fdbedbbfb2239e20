import { cancelTransfer, transferCall, transferErrors as errors } from '@parley/contract/gateway/call-transfer.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Destination } from '@parley/core/call/arrive.ts';
import { MODES, type TransferTo } from '@parley/core/call/transfer.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';
import { queueOf } from './dial-operations.ts';

export interface TransferDependencies {
  readonly engine: Pick<Engine, 'send'>;
  /** Where an access code of the tenant leads; undefined for one that it does not have. */
  readonly accessCode: (vdnId: number, code: string) => Promise<Destination | undefined>;
  /** The tenant's flow of this access code, as routes and queues name it; undefined for one that takes no calls. */
  readonly flow: (vdnId: number, code: string) => Promise<string | undefined>;
}

type Asked = Input<typeof transferCall>;

/** 6.1.2.11 devicetype. */
const DEVICES = { 1: 'queue', 2: 'agent', 3: 'flow', 4: 'accessCode', 5: 'number' } as const satisfies Record<Asked['devicetype'], TransferTo['device']>;

const ID = /^\d{1,9}$/;
const wrong = (field: string, message: string): Refusal => refuse(gatewayErrors.invalid, { message: `${field} ${message}` });
const nowhere = (what: string): Refusal => refuse(sessionErrors.failed, { message: what });

/** 6.1.2.11 address, whose meaning is that of the device. */
async function targetOf({ accessCode, flow }: TransferDependencies, vdnId: number, asked: Asked): Promise<TransferTo | Refusal> {
  const { devicetype, address, caller = '', skillId } = asked;
  const device = DEVICES[devicetype];
  switch (device) {
    case 'queue':
      return ID.test(address) ? { device, queue: Number(address) } : wrong('address', 'must be the id of a skill queue');
    case 'agent':
      if (!ID.test(address)) return wrong('address', 'must be a work number');
      return { device, agent: Number(address), ...queueOf(skillId) };
    case 'flow': {
      const found = await flow(vdnId, address);
      return found === undefined ? nowhere(`no flow takes calls at ${address}`) : { device, flow: found };
    }
    case 'accessCode': {
      const to = await accessCode(vdnId, address);
      return to === undefined || to.kind === 'nowhere' ? nowhere(`${address} leads nowhere`) : { device, to };
    }
    case 'number':
      return { device, number: address, caller };
    default:
      return device satisfies never;
  }
}

/** 6.1.2.11 and 6.1.2.12. */
export function transferHandlers(deps: TransferDependencies): readonly Handler[] {
  const { engine } = deps;
  return [
    handle(transferCall, async (asked, { vdnId }) => {
      const { agentid: agent, devicetype, mode: asNumber, callappdata: data = '', holdflag: hold = true } = asked;
      const mode = MODES[DEVICES[devicetype]][asNumber];
      if (mode === undefined) return wrong('mode', `${asNumber} does not go with devicetype ${devicetype}`);
      const to = await targetOf(deps, vdnId, asked);
      if (isRefusal(to)) return to;
      return carryOut(engine, vdnId, { kind: 'transfer', agent, to, mode, data, hold }, {
        noCall: errors.transferNoCall, badMode: gatewayErrors.invalid, badNumber: gatewayErrors.invalid,
      });
    }),
    handle(cancelTransfer, ({ agentid: agent }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'cancelTransfer', agent }, { noCall: errors.transferNotPending, nothing: errors.transferNotPending })),
  ];
}
