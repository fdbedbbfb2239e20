import { followDesk, openDesk, showDesk, showDeskNow } from '@parley/contract/admin/desk.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { signInErrors } from '@parley/contract/gateway/agent-session.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refusalText, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { deskNow } from '@parley/core/live/desk.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { Agent, PhoneAccounts } from '../agent/index.ts';
import type { IceServer } from '../call-token/index.ts';
import type { Streams } from '../console/index.ts';
import type { BeginSession, GuidNow } from '../online-agent/index.ts';
import { presentNow } from './present.ts';
import type { DeskWatch } from './watch.ts';

export interface DeskDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'view'>;
  readonly watch: Pick<DeskWatch, 'follow'>;
  readonly streams: Streams;
  readonly beginSession: BeginSession;
  readonly guidNow: GuidNow;
  readonly phoneToken: PhoneAccounts['tokenFor'];
  readonly agentNames: Remembered<ReadonlyMap<number, string>>;
  readonly findAgent: (db: Database, vdnId: number, account: string) => Promise<Agent | undefined>;
  /** Where SIP over WebSocket is served; undefined where calls are simulated. */
  readonly webrtc: { readonly host: string; readonly port: number } | undefined;
  readonly iceServers: (name: string, now: number) => readonly IceServer[];
}

type Desk = Result<typeof openDesk>;

const notSignedIn = ({ workNo }: Agent): Refusal => refuse(errors.notFound, { what: 'session of agent', id: workNo });

/** 6.1.1.1 status. */
const STATUS = { idle: 4, busy: 3, wrapUp: 5 } as const;

/** What may stand in front of a path; what a page has asked is where it finds us. */
const AUTHORITY = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The console's way to the agent gateway: whoever has signed in at the console is the agent, without another password. */
export function deskHandlers({ db, engine, watch, streams, beginSession, guidNow, phoneToken, agentNames, findAgent, webrtc, iceServers }: DeskDependencies): readonly Handler[] {
  const agentOf = async ({ caller, vdnId }: Context): Promise<Agent | Refusal> => {
    const { home = vdnId, account = '' } = caller;
    const agent = home === vdnId ? await findAgent(db, vdnId, account) : undefined;
    return agent ?? refuse(errors.forbidden, { message: `the account ${account} belongs to no agent of this tenant` });
  };

  const phoneOf = async (vdnId: number, workNo: number, { requestHeader, secure, now }: Context): Promise<Desk['phone']> => {
    if (webrtc === undefined) return null;
    const phone = await phoneToken(vdnId, workNo);
    if (!phone.ok) return null;
    const { number, token, expiresAt } = phone;
    const asked = requestHeader('host') ?? '';
    const authority = AUTHORITY.test(asked) ? asked : `${bracketed(webrtc.host)}:${webrtc.port}`;
    return {
      address: `sip:${number}@${bracketed(webrtc.host)}`, user: number, password: token, expiresAt, webSocketUrl: `${secure ? 'wss' : 'ws'}://${authority}/sip`,
      iceServers: iceServers(number, now).map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })),
    };
  };

  /** The session in which the agent is signed in, if any. */
  const present = async (workNo: number, context: Context): Promise<Desk | undefined> => {
    const { vdnId } = context;
    const found = await engine.view(vdnId, ({ agents }) => {
      const agent = agents.get(workNo);
      return agent && { session: agent.profile.session, phoneNumber: agent.profile.phone, signedInAt: agent.signedInAt };
    });
    const guid = found && await guidNow(vdnId, workNo, found.session);
    if (found === undefined || guid === undefined) return undefined;
    // Whoever has the GUID is the agent.
    context.header('Cache-Control', 'no-store');
    return { workNo, guid, signedInAt: found.signedInAt, phoneNumber: found.phoneNumber, phone: await phoneOf(vdnId, workNo, context) };
  };

  return [
    handle(openDesk, async ({ state = 'idle', force = false, phoneNumber, autoAnswer = false, autoIdle = true, agentType = 4 }, context) => {
      const agent = await agentOf(context);
      if (isRefusal(agent)) return agent;
      const { workNo, sipNumber } = agent;
      const begun = await beginSession({ vdnId: context.vdnId, workNo }, {
        agentid: workNo, phonenum: phoneNumber ?? sipNumber, autoanswer: autoAnswer, autoenteridle: autoIdle, agenttype: agentType, status: STATUS[state],
      }, { force, ctiOnly: false, releasePhone: true }, false);
      if (isRefusal(begun)) return refuse(begun.refused === signInErrors.signInNotForced ? errors.forbidden : errors.conflict, { message: refusalText(begun).replace(/\.$/, '') });
      return await present(workNo, context) ?? refuse(errors.conflict, { message: 'The session has been ended already' });
    }),

    handle(showDesk, async (_input, context) => {
      const agent = await agentOf(context);
      if (isRefusal(agent)) return agent;
      return { desk: await present(agent.workNo, context) ?? null };
    }),

    handle(showDeskNow, async (_input, context) => {
      const agent = await agentOf(context);
      if (isRefusal(agent)) return agent;
      const names = await agentNames(context.vdnId);
      const desk = await engine.view(context.vdnId, (centre) => {
        const now = deskNow(centre, agent.workNo);
        return now && presentNow(now, context.now, names);
      });
      return desk ?? notSignedIn(agent);
    }),

    handle(followDesk, async ({ once = false }, context) => {
      const agent = await agentOf(context);
      if (isRefusal(agent)) return agent;
      const { caller, vdnId } = context;
      return streams.open(caller, once, (tell) => watch.follow(vdnId, agent.workNo, (at) => { tell('changed', JSON.stringify({ at })); }));
    }),
  ];
}
