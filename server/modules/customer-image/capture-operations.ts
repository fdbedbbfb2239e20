import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { mediaImageCapture } from '@parley/contract/gateway/media-call.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import { customersOf } from '@parley/core/call/call.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { Engine } from '../../engine/engine.ts';
import { wrongIn } from '../media-call/index.ts';
import { refusalOf } from '../online-agent/index.ts';

export interface CaptureDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  /** Whether at the other end of a leg is a page that can be asked. */
  readonly canAskImage: (leg: VoiceLeg) => Promise<boolean>;
}

const NOBODY: VoiceLeg = '';

/** 6.1.5.5. */
export function captureHandlers({ engine, canAskImage }: CaptureDependencies): readonly Handler[] {
  const pageIn = async (vdnId: number, callId: string): Promise<VoiceLeg> => {
    const legs = await engine.view(vdnId, ({ calls }) => {
      const call = calls.get(canonicalCallId(callId));
      return call === undefined ? [] : customersOf(call).flatMap(({ leg }) => leg ?? []);
    });
    for (const leg of legs) if (await canAskImage(leg)) return leg;
    return NOBODY;
  };
  return [
    handle(mediaImageCapture, async (asked, { vdnId }) => {
      const wrong = wrongIn(asked, 'user');
      if (wrong !== undefined) return wrong;
      const { agentid: agent, callid = '' } = asked;
      const call = callid.trim();
      const { refused } = await engine.send(vdnId, { kind: 'captureImage', agent, call, leg: await pageIn(vdnId, call) });
      return refused === undefined ? {} : refusalOf(refused, agent, { wrongState: sessionErrors.failed });
    }),
  ];
}
