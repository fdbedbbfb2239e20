import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { mediaCallErrors as errors, mediaGetConnectInfo } from '@parley/contract/gateway/media-call.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { roomToReturnTo } from '@parley/core/call/return.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PhoneAccounts } from '../agent/index.ts';
import { refusalOf } from '../online-agent/index.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ReturnDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly phoneToken: PhoneAccounts['tokenFor'];
  /** Where SIP is spoken over WebSocket, and where sound and pictures are; undefined where calls are simulated. */
  readonly webrtc: Address | undefined;
  readonly media: Address;
}

/** All calls are in one place, of which none is the id (6.5.1.4.1). */
const NOWHERE = '65535';
const AS_AGENT = '0';

/** 6.1.5.4 and 6.1.5.5: both fields are mandatory, and who is meant is one and no other. */
export function wrongIn({ userType = '', callid = '' }: { readonly userType?: string; readonly callid?: string }, wanted: 'agent' | 'user'): Refusal | undefined {
  for (const [field, value] of Object.entries({ userType, callid })) if (value.trim() === '') return refuse(errors.mediaFieldMissing, { field });
  return userType.trim() === wanted ? undefined : refuse(errors.mediaUserType, { userType });
}

const urlOf = ({ host, port }: Address): string => `https://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** 6.1.5.4. */
export function returnHandlers({ engine, phoneToken, webrtc, media }: ReturnDependencies): readonly Handler[] {
  return [
    handle(mediaGetConnectInfo, async (asked, { vdnId, header }) => {
      const { agentid, callid = '' } = asked;
      const wrong = wrongIn(asked, 'agent');
      if (wrong !== undefined) return wrong;
      const room = await engine.view(vdnId, (centre) => {
        const agent = centre.agents.get(agentid);
        if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
        const found = roomToReturnTo(centre, agent, callid.trim());
        return isRefused(found) ? refusalOf(found, agentid) : found;
      });
      if (isRefusal(room)) return room;
      if (webrtc === undefined) return refuse(sessionErrors.failed, { message: 'calls are only simulated' });
      const phone = await phoneToken(vdnId, agentid);
      if (!phone.ok) {
        return phone.why === 'notSignedIn' ? refuse(sessionErrors.notSignedIn, { agent: agentid })
          : refuse(sessionErrors.failed, { message: 'the agent has not signed in with the phone that is its own' });
      }
      // A password in clear stays out of every cache on its way.
      header('Cache-Control', 'no-store');
      return {
        userId: String(agentid), ctime: String(phone.expiresAt), channelId: room, role: AS_AGENT, ip: media.host, port: String(media.port),
        signalingDomainIn: urlOf(webrtc), signalingDomainOut: urlOf(webrtc), locationId: NOWHERE, signature: phone.token, apId: phone.number, appId: phone.number,
      };
    }),
  ];
}
