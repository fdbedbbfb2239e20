import { anyone, type Authenticators } from '@parley/contract/authentication.ts';
import { access } from '@parley/contract/access/family.ts';
import { admin } from '@parley/contract/admin/family.ts';
import { ccfs } from '@parley/contract/ccfs/family.ts';
import { chatbot } from '@parley/contract/chatbot/family.ts';
import { configuration } from '@parley/contract/configuration/family.ts';
import { dataProcess } from '@parley/contract/dataprocess/family.ts';
import { gateway, gatewayConfiguration } from '@parley/contract/gateway/family.ts';
import type { Handler } from '@parley/contract/handler.ts';
import { knowledge } from '@parley/contract/knowledge/family.ts';
import { monitoring } from '@parley/contract/monitoring/family.ts';
import type { Family } from '@parley/contract/operation.ts';
import { oma } from '@parley/contract/oma/family.ts';
import { portal } from '@parley/contract/portal/family.ts';
import { provision } from '@parley/contract/provision/family.ts';
import { thirdParty } from '@parley/contract/third-party/family.ts';
import { widget } from '@parley/contract/widget/family.ts';
import type { Refusal } from '@parley/contract/refusal.ts';
import { accountOf } from '@parley/core/access/user-id.ts';
import { faultsOfTrunks } from '@parley/telephony/sip/trunk/check-trunks.ts';
import { composeConsole, type ConsoleDoors } from './compose-console.ts';
import { composeGateway, type Gateway } from './compose-gateway.ts';
import { composeOversight, type Oversight } from './compose-oversight.ts';
import { composeProvision } from './compose-provision.ts';
import { composeRecords, type Records } from './compose-records.ts';
import { composeSharing } from './compose-sharing.ts';
import type { Database } from './database/connect.ts';
import type { Files } from './engine/files.ts';
import type { Guests } from './engine/guests.ts';
import { createIds, type Ids } from './engine/ids.ts';
import type { TollBook } from './engine/toll-book.ts';
import type { Jobs } from './engine/jobs.ts';
import type { RecordingFiles } from './engine/recording-files.ts';
import { liveOf, type Live, type RegisteredPhones } from './engine/live.ts';
import type { Mail } from './engine/mail.ts';
import type { Messages } from './engine/messages.ts';
import type { Outgoing } from './engine/outgoing.ts';
import type { VoicePort } from './engine/voice.ts';
import { customerCalls, type SimulatedVoice } from './simulated-customer.ts';
import { cutJournals } from './engine/retention.ts';
import { createWriter, type By, type Writer } from './engine/writer.ts';
import {
  c1Authenticator, c1Handlers, c2Authenticator, c3Authenticator, c3Handlers, c5Authenticator, c5Handlers, createKeys, createTokens, keyHandlers,
  omaAuthenticator, personTokenHandlers, pingHandlers, sampleRequestHandlers, siaHandlers, tokenSweep, type Keys, type Tokens,
} from './modules/access/index.ts';
import { accountEraser, accountHandlers, createAccounts, type Accounts } from './modules/account/index.ts';
import { accountAuthenticator, agentHandlers, agentsByWorkNo, endRegistrationsOfTenants, findSignedAgent, listAgents, workNoOf } from './modules/agent/index.ts';
import { appSettingEraser, appSettingHandlers } from './modules/app-setting/index.ts';
import { auditEraser, auditHandlers } from './modules/audit/index.ts';
import { createCallTokens, isAllowedOrigin, widgetHandlers, type IceServer } from './modules/call-token/index.ts';
import { callbackHandlers, createTrustlist, listSharedKeyNames } from './modules/callback/index.ts';
import { consoleHandlers, createSessions, ensureSetupLink, orSession, sessionAuthenticator } from './modules/console/index.ts';
import { createDemoDoor, demoHandlers, type DemoDoor } from './modules/demo/index.ts';
import { erasureHandlers, type Eraser } from './modules/erasure/index.ts';
import { findFlow, flowCodes, flowLeadingTo, ivrFlowHandlers, listFlows } from './modules/ivr-flow/index.ts';
import { orderEraser, type ImcCipher } from './modules/order/index.ts';
import { outcomeEraser } from './modules/outcome/index.ts';
import { numberAreaHandlers } from './modules/number-area/index.ts';
import { findQueue, listQueues, queueHandlers } from './modules/queue/index.ts';
import { dial, routeHandlers, routesTo } from './modules/route/index.ts';
import { simulatorHandlers } from './modules/simulator/index.ts';
import { surveyEraser, surveyFlow, surveyHandlers } from './modules/survey/index.ts';
import type { SwitchFigures } from './modules/system-indicator/index.ts';
import { createTenants, createTenantWithDefaults, tenantHandlers, type Tenant, type TenantDraft, type Tenants } from './modules/tenant/index.ts';
import { createTollBook, createTollRuleBook, tollLimitHandlers, type TollRuleBook, type TollUsage } from './modules/toll-limits/index.ts';
import { followTrunks, trunkHandlers, type RunningTrunks } from './modules/trunk/index.ts';
import { approvedVoiceFiles, voiceHandlers, type Transcode } from './modules/voice/index.ts';
import { seedWorkplace, workplaceHandlers } from './modules/workplace/index.ts';
import { createPerform, type Perform } from './perform.ts';
import { createFailureLock } from './security/failure-lock.ts';
import type { Vault } from './security/vault.ts';

/** What the process gives: everything that touches the world. */
export interface World {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly jobs: Jobs;
  readonly files: Files;
  /** The sound of recordings, where it is within reach: else none can be downloaded. */
  readonly recordings?: RecordingFiles;
  readonly outgoing: Outgoing;
  readonly mail: Mail;
  readonly transcode: Transcode;
  /** Takes the place of parts of the live side. */
  readonly live?: Partial<Live>;
  readonly voice: VoicePort;
  /** The phones that have registered, where calls are real. */
  readonly phones?: RegisteredPhones;
  /** The trunks that run, and whom SIP is not taken of, where calls are real. */
  readonly trunks?: RunningTrunks;
  /** What the calls of a tenant to the outside have used of its limits, where calls are real. */
  readonly tollUsage?: (vdnId: number) => TollUsage | undefined;
  /** What is measured of the switch, where calls are real. */
  readonly switchFigures?: SwitchFigures;
  /** Channels by which agents write to customers; none unless told. */
  readonly messages?: Messages;
  /** The simulator behind `voice`, where calls are simulated. */
  readonly simulated?: Pick<SimulatedVoice, 'callIn' | 'schedule' | 'onImage'>;
  /** Whether GUIDs of agents rotate (6.1.4.1 AUTHMODE). */
  readonly guidMode: 'static' | 'rotating';
  /** How long an empty poll of the agent gateway waits. */
  readonly pollWaitMs: number;
  /** How often agents who are silent are looked for; undefined where somebody else moves the clock, who says when. */
  readonly sweepMs: number | undefined;
  /** Told of faults that no caller can be told of. */
  readonly onFault: (message: string, details: object) => void;
  readonly addresses: Addresses;
  /** What helps browsers through firewalls, for somebody who goes by that name; nothing unless told. */
  readonly iceServers?: (name: string, now: number) => readonly IceServer[];
  /** How often streams of events are looked after; every 15 s unless told. */
  readonly streamBeatMs?: number;
  /** How messages of the IMC are signed and encrypted (15.1.3); as docs/oma.md says unless told. */
  readonly imc?: ImcCipher;
  /** How far the timestamp of a C2 signature may lie from now; 15 minutes unless told. */
  readonly signatureWindowMs?: number;
}

/** Where agents and phones find Parley (5.1.9 to 5.1.11). */
export interface Addresses {
  readonly service: { readonly host: string; readonly port: number };
  readonly sip: { readonly host: string; readonly port: number };
  /** Sound and pictures, and the first of their ports. */
  readonly media?: { readonly host: string; readonly port: number };
  /** SIP over WebSocket, for browsers; absent until it is served. */
  readonly webrtc?: { readonly host: string; readonly port: number };
}

export interface Parley {
  readonly handlers: readonly Handler[];
  readonly families: readonly Family[];
  readonly authenticators: Authenticators;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
  readonly accounts: Accounts;
  readonly erasers: readonly Eraser[];
  readonly gateway: Gateway;
  /** Whom web pages have let in to call. */
  readonly guests: Guests;
  /** Whether pages of this origin may ask for call tokens. */
  readonly isWidgetOrigin: (origin: string) => Promise<boolean>;
  /** Brings the trunks that are configured into force: once telephony stands, as changes are followed from then on. */
  readonly applyTrunks: () => Promise<void>;
  /** What the calls of tenants to the outside may cost; opened once telephony stands. */
  readonly tollRules: TollRuleBook;
  /** What they have used of it, over restarts. */
  readonly tollBook: TollBook;
  /** Creates a tenant with all it is born with. */
  readonly createTenant: (by: By, draft: TenantDraft) => Promise<Tenant | Refusal>;
  /** Opened for the people of the demo, once there is one. */
  readonly demo: Pick<DemoDoor, 'open'>;
  /** Token of the one-time set-up link; none where the installation has its operator. */
  readonly ensureSetupLink: () => Promise<string | undefined>;
}

const FAILURES_BEFORE_LOCK = 10;
const FAILURES_PER_SOURCE = 30;
const LOCK_MS = 5 * 60_000;

/** While calls are simulated, customers can be made to call in. */
function simulated({ db, simulated: voice }: World): readonly Handler[] {
  if (voice === undefined) return [];
  return simulatorHandlers({
    callIn: (call) => customerCalls(voice, call),
    tenantOf: async (dialled) => {
      const dialling = await dial(db, dialled);
      return dialling.outcome === 'no-access-code' ? undefined : dialling.vdnId;
    },
  });
}

/** What follows the journal begins when the engine has, and ends behind it. */
const followed = (parts: Gateway, records: Records, oversight: Oversight, doors: ConsoleDoors): Gateway => ({
  ...parts,
  start: async () => {
    await parts.start();
    await records.start();
  },
  stop: async () => {
    await parts.stop();
    await records.stop();
    await oversight.stop();
    doors.stop();
  },
});

/** Wires the modules to one another, by hand. */
export function compose(world: World): Parley {
  const { db, vault, clock, jobs, files, outgoing, transcode, addresses } = world;
  const writer = createWriter({ db, clock });
  const ids = createIds({ clock });
  const tenants = createTenants({ db, writer, clock });
  const tenantEnabled = async (vdnId: number): Promise<boolean> => (await tenants.find(vdnId))?.enabled ?? false;
  const keys = createKeys({ db, vault, clock, tenantEnabled });
  const tokens = createTokens({ db, clock });
  const c1 = c1Authenticator({ keys, tokens });
  const accounts = createAccounts({ db });
  const session = sessionAuthenticator({ db, tokens, accounts, findTenant: tenants.find });
  const isWidgetOrigin = (origin: string): Promise<boolean> => isAllowedOrigin(db, origin);
  const gatewayParts = composeGateway(world, { writer, tenant: tenants.find, accounts, isWidgetOrigin });
  const records = composeRecords(world, { engine: gatewayParts.engine, tenants, remembered: gatewayParts.remembered });
  const sharing = composeSharing(world, { writer, tenants, keys, tokens, projectors: [...gatewayParts.projectors, ...records.projectors] });
  const oversight = composeOversight(world, { engine: gatewayParts.engine, writer, ids, tenants, accounts });
  const doors = composeConsole(world, { gateway: gatewayParts, records, writer, tenants, accounts, tokens });
  const live: Live = { ...liveOf(gatewayParts.engine, world.phones), ...world.live };
  const following = followTrunks({ db, vault, writer, faultsOf: faultsOfTrunks, running: world.trunks, onFault: world.onFault });
  if (world.phones !== undefined) endRegistrationsOfTenants({ db, writer, dropAll: world.phones.dropAll, onFault: world.onFault });
  const trustlist = createTrustlist();
  const demo = createDemoDoor();
  const callTokens = createCallTokens({ clock });
  const lock = createFailureLock({ failures: FAILURES_BEFORE_LOCK, lockMs: LOCK_MS });
  const guard = { keys, lock, sources: createFailureLock({ failures: FAILURES_PER_SOURCE, lockMs: LOCK_MS }) };

  const erasers: readonly Eraser[] = [
    // What follows the journal takes up what is in it while that still says who was called, and remarks go while the records do.
    outcomeEraser(records.calls), ...records.erasers,
    auditEraser, accountEraser, appSettingEraser, surveyEraser, orderEraser, { module: 'engine', ...gatewayParts.engine.erasure }, ...gatewayParts.erasers, ...sharing.erasers,
  ];

  // 4.6: the administrator's sign-in is for those who may look into the whole tenant.
  const mayConfigure = async (vdnId: number, name: string): Promise<boolean> => {
    const account = await accounts.find(db, vdnId, name);
    return account?.enabled === true && (account.role === 'supervisor' || account.role === 'administrator');
  };
  jobs.schedule('access-token-sweep', '17 * * * *', tokenSweep({ tokens, clock }));
  jobs.schedule('journal-cut', '43 3 * * *', async () => { await cutJournals(db, clock(), [...gatewayParts.projectors, ...records.projectors]); });

  // What Parley sets up by itself goes the way of every user.
  const perform: Perform = createPerform({ handlers: () => handlers, clock, actor: 'trial' });
  const handlers: readonly Handler[] = [
    ...c1Handlers({ ...guard, tokens }),
    ...c3Handlers({ ...guard, tokens }),
    ...c5Handlers({ tokens, lock, mayConfigure, tenant: tenants.find, agentsByWorkNo: (workNo, password) => agentsByWorkNo(db, vault, workNo, password) }),
    ...siaHandlers({ ...guard, tokens }),
    ...pingHandlers({ db, engine: gatewayParts.engine }),
    ...personTokenHandlers({ db, tokens, accounts, tenants }),
    ...keyHandlers({ writer, keys, tokens, tenants }),
    ...sampleRequestHandlers({ writer, keys, tokens, signatureWindowMs: world.signatureWindowMs }),
    ...consoleHandlers({ db, writer, accounts, tokens, tenants, agentOf: workNoOf }),
    ...demoHandlers({ db, door: demo, accounts, tenants, agentOf: workNoOf, sessions: createSessions({ db, tokens, tenants, agentOf: workNoOf }) }),
    ...tenantHandlers({ db, writer, tenants, seedWorkplace }),
    ...auditHandlers({ db }),
    ...workplaceHandlers({ db, writer }),
    ...accountHandlers({ writer, accounts }),
    ...agentHandlers({ db, writer, vault, accounts, tenants, tokens, live, addresses, listQueues }),
    ...queueHandlers({
      db, writer, flowCodes,
      leadsTo: async (tx, vdnId, queueIds) => {
        const route = await routesTo(tx, vdnId, 'queue', queueIds);
        const leading = route === undefined ? await flowLeadingTo(tx, vdnId, 'queue', queueIds) : undefined;
        return leading === undefined ? route : { id: Number(leading.to), by: `IVR flow ${leading.flow} leads to it` };
      },
      holdingCalls: live.queuesHoldingCalls,
      queueLimit: async (tx, vdnId) => (await tenants.read(tx, vdnId))?.limits['queues'],
    }),
    ...routeHandlers({ db, writer, ids, tenants, findQueue, findFlow, listQueues, listFlows }),
    ...trunkHandlers({ db, writer, ids, vault, clock, faultsOf: faultsOfTrunks, running: world.trunks, following }),
    ...tollLimitHandlers({ db, writer, isTenant: async (tx, vdnId) => await tenants.read(tx, vdnId) !== undefined, usage: world.tollUsage }),
    ...numberAreaHandlers({ db, writer }),
    ...ivrFlowHandlers({
      db, writer, ids, listQueues, surveyFlow, listAgents, approvedVoiceFiles, listSharedKeyNames,
      leadsTo: (tx, vdnId, flowIds) => routesTo(tx, vdnId, 'flow', flowIds),
    }),
    ...surveyHandlers({ db, writer, ids, findFlow }),
    ...callbackHandlers({ db, writer, ids, vault }),
    ...voiceHandlers({ db, writer, ids, files, transcode, jobs, outgoing, trustlist, service: addresses.service }),
    ...appSettingHandlers({ db, writer, ids, agentAccount: async (tx, vdnId, userId) => (await accounts.find(tx, vdnId, accountOf(vdnId, userId)))?.account }),
    ...widgetHandlers({
      db, writer, tokens: callTokens, tenantEnabled, webrtc: addresses.webrtc, iceServers: world.iceServers ?? (() => []),
      tenantOf: async (tx, called) => {
        const dialling = await dial(tx, called);
        return dialling.outcome === 'route' ? dialling.vdnId : undefined;
      },
    }),
    ...gatewayParts.handlers,
    ...records.handlers,
    ...sharing.handlers,
    ...oversight.handlers,
    ...doors.handlers,
    ...composeProvision(world, { writer, ids, tokens, tenants, perform }),
    ...simulated(world),
    ...erasureHandlers({ db, writer, ids, jobs, erasers, clock }),
  ];

  return {
    gateway: followed(gatewayParts, records, oversight, doors), guests: callTokens, isWidgetOrigin, handlers, writer, ids, keys, tokens, tenants, accounts, erasers, applyTrunks: following.apply, tollRules: createTollRuleBook({ db, writer, onFault: world.onFault }), tollBook: createTollBook({ db, clock }),
    createTenant: (by, draft) => createTenantWithDefaults({ writer, tenants, seedWorkplace }, by, draft),
    demo,
    ensureSetupLink: () => ensureSetupLink({ db, accounts, tokens }),
    // The first whose prefix fits is taken, so the narrower ones come first.
    families: [portal, dataProcess, provision, oma, thirdParty, configuration, admin, access, gatewayConfiguration, gateway, monitoring, ccfs, chatbot, knowledge, widget],
    authenticators: {
      none: anyone,
      C1: orSession(c1, session),
      C2: c2Authenticator({ ...guard, bearer: c1, windowMs: world.signatureWindowMs }),
      C3: c3Authenticator({
        keys, tokens,
        tenantIdOf: async (vdnId) => (await tenants.find(vdnId))?.tenantId,
        vdnOf: async (tenantId) => {
          const tenant = await tenants.findByTenantId(tenantId);
          return tenant?.enabled === true ? tenant.vdnId : undefined;
        },
      }),
      C4: gatewayParts.authenticator,
      C5: c5Authenticator({ tokens, mayConfigure, tenant: tenants.find, agent: (vdnId, workNo) => findSignedAgent(db, vdnId, workNo) }),
      'C1-or-body': accountAuthenticator({ c1, accounts, tenantEnabled }),
      OMA: omaAuthenticator({ tokens, tenants }),
      session,
    },
  };
}
