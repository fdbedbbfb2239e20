import type { Authenticator } from '@parley/contract/authentication.ts';
import type { Handler } from '@parley/contract/handler.ts';
import type { Destination } from '@parley/core/call/arrive.ts';
import type { World } from './compose.ts';
import { foremostCall } from '@parley/core/agent/calls.ts';
import { centreConfigOf } from './centre-config.ts';
import { withDeadline } from './engine/deadline.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { ImageRequests } from './engine/image-requests.ts';
import { noChannel } from './engine/messages.ts';
import { DEADLINE_MS } from './engine/voice.ts';
import type { Projector } from './engine/projector.ts';
import type { Writer } from './engine/writer.ts';
import { rememberByTenant, type Remembered } from './engine/tenant-memory.ts';
import type { Accounts } from './modules/account/index.ts';
import { agentsByWorkNo, createCtiPasswords, createPhoneAccounts, listAgents, tenantOfPhone, type PhoneAccounts } from './modules/agent/index.ts';
import { agentConferenceHandlers } from './modules/agent-conference/index.ts';
import { createAgentEvents, type AgentEvents } from './modules/agent-event/index.ts';
import { agentGroupHandlers, readAgentNames, type AgentNames } from './modules/agent-group/index.ts';
import { callDataHandlers, presentCurrent } from './modules/call-data/index.ts';
import { createCustomerImages } from './modules/customer-image/index.ts';
import { createTrustlist } from './modules/callback/index.ts';
import { explainHandlers } from './modules/explain/index.ts';
import type { Eraser } from './modules/erasure/index.ts';
import { inspectionHandlers } from './modules/inspection/index.ts';
import { listFlows, type Flow } from './modules/ivr-flow/index.ts';
import { c4Authenticator, createBeginSession, createGuidNow, createGuids, createPushOf, onlineAgentHandlers, tokenOwner, type BeginSession, type GuidNow } from './modules/online-agent/index.ts';
import { createMediaCalls, type MediaCalls } from './modules/media-call/index.ts';
import { offlineAgentHandlers } from './modules/offline-agent/index.ts';
import { listQueues } from './modules/queue/index.ts';
import { createFlowRecordings, createRecordings, recordingEraser, recordingHandlers } from './modules/recording/index.ts';
import { queueDeviceHandlers, readQueueDetails, type QueueDetails } from './modules/queue-device/index.ts';
import { accessCodesOfQueues, dial, listInboundCodes, mayShowNumber, rememberDialling, type AccessCode, type Dialling } from './modules/route/index.ts';
import type { Tenant } from './modules/tenant/index.ts';
import { voiceCallHandlers } from './modules/voice-call/index.ts';
import { reasonsOf } from './modules/workplace/index.ts';
import { createFailureLock } from './security/failure-lock.ts';

/** What queries read of tenants many times a second, so that it is kept in memory once. */
export interface RememberedOfTenants {
  readonly agentNames: Remembered<AgentNames>;
  readonly detailsOfQueues: Remembered<ReadonlyMap<number, QueueDetails>>;
  readonly flowsOf: Remembered<readonly Flow[]>;
  /** Access codes at which calls come in. */
  readonly accessCodesOf: Remembered<readonly AccessCode[]>;
}

/** The agent gateway and the engine behind it. */
export interface Gateway {
  readonly engine: Engine;
  readonly handlers: readonly Handler[];
  readonly authenticator: Authenticator;
  readonly events: AgentEvents;
  readonly remembered: RememberedOfTenants;
  /** Destroy recordings and pictures (5.1.13); after the engine's own. */
  readonly erasers: readonly Eraser[];
  /** The journal is not cut before they have seen it. */
  readonly projectors: readonly Projector[];
  /** Rows of what is recorded of agents. */
  readonly recordings: Projector;
  /** For whoever knows already who the agent is. */
  readonly beginSession: BeginSession;
  readonly guidNow: GuidNow;
  /** For telephony: how customers' pages bring the pictures that they are asked for. */
  readonly imageRequests: ImageRequests;
  /** For a registrar: which phones there are, and by which passwords they may register. */
  readonly phoneAccounts: PhoneAccounts;
  /** For channels: brings what customers write to the agents of their sessions. */
  readonly received: MediaCalls['received'];
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface GatewayNeighbours {
  readonly writer: Writer;
  readonly tenant: (vdnId: number) => Promise<Tenant | undefined>;
  readonly accounts: Pick<Accounts, 'list'>;
  /** Whether pages of this origin may ask for call tokens. */
  readonly isWidgetOrigin: (origin: string) => Promise<boolean>;
}

/** 5.3.2: where a call goes that came in; what the tenant has led nowhere ends there. */
function destinationOf(dialling: Exclude<Dialling, { outcome: 'no-access-code' }>): Destination {
  if (dialling.outcome === 'no-route') return { kind: 'nowhere' };
  const { kind, id } = dialling.route.target;
  return kind === 'queue' ? { kind, queue: id } : { kind, flow: String(id) };
}

/** 6.1.1.1 code 110-016: CTI passwords guessed in a row. */
const FAILURES_BEFORE_LOCK = 10;
const LOCK_MS = 5 * 60_000;
/** 6.1.1.16: wrong old passwords, as those of accounts are counted (5.1.3). */
const WRONG_BEFORE_LOCK = 3;
const WRONG_LOCK_MS = 30 * 60_000;

export function composeGateway(world: World, { writer, accounts, tenant: find, isWidgetOrigin }: GatewayNeighbours): Gateway {
  const { db, vault, clock, voice, outgoing } = world;
  const tenant = async (vdnId: number): Promise<Tenant | undefined> => {
    const found = await find(vdnId);
    return found?.enabled === true ? found : undefined;
  };
  const leadsTo = rememberDialling(writer, (called) => dial(db, called));
  const engine = createEngine({
    db, clock, voice, onFault: world.onFault,
    configOf: async (vdnId, agents) => centreConfigOf(db, vdnId, await find(vdnId), agents),
    dialled: async (called) => {
      const dialling = await leadsTo(called);
      if (dialling.outcome === 'no-access-code' || await tenant(dialling.vdnId) === undefined) return undefined;
      return { vdnId: dialling.vdnId, to: destinationOf(dialling) };
    },
  });
  writer.subscribe(({ vdnId, change: { what, id } }) => {
    if (what === 'agent') engine.configure(vdnId, Number(id));
    // A tenant's own record is the installation's, not its own.
    else engine.configure(what === 'tenant' ? Number(id) : vdnId);
  });

  const guids = createGuids(vault);
  const rotates = async (vdnId: number): Promise<boolean> => {
    const mode = (await find(vdnId))?.guidMode ?? 'server';
    return (mode === 'server' ? world.guidMode : mode) === 'rotating';
  };
  const guidNow = createGuidNow({ engine, guids, rotates, clock });
  const trustlist = createTrustlist();
  const trusts = (vdnId: number, url: string): Promise<boolean> => trustlist.trusts(db, vdnId, url);

  const agentNames = rememberByTenant(writer, ['agent', 'account'], (vdnId) =>
    readAgentNames({ listAgents: (vdn) => listAgents(db, vdn), listAccounts: (vdn) => accounts.list(db, vdn) }, vdnId));

  const events = createAgentEvents({
    engine, clock, outgoing, trusts, guidOf: guidNow, pollWaitMs: world.pollWaitMs,
    openToken: (vdnId, sealed) => vault.open(Buffer.from(sealed, 'base64'), tokenOwner(vdnId)),
    noteDetails: async (vdnId, sender) => ({
      senderName: (await agentNames(vdnId)).get(sender) ?? '', timeZone: (await find(vdnId))?.timeZone ?? 'UTC',
    }),
    onFault: world.onFault,
  });
  const phoneAccounts = createPhoneAccounts({
    db, vault, clock, writer,
    tenantEnabled: async (vdnId) => await tenant(vdnId) !== undefined,
    sessionOf: (vdnId, workNo) => engine.glance(vdnId, ({ agents }) => agents.get(workNo)?.profile),
  });
  /** 6.5.1.12.1: a port that does not answer links no phone. */
  const canPickUp = async (number: string): Promise<boolean> => {
    try {
      return await withDeadline(voice.canPickUp(number), DEADLINE_MS, 'asking whether a phone can be picked up');
    } catch (error) {
      world.onFault('the voice port did not say whether a phone can be picked up', { error });
      return false;
    }
  };
  const recordings = createRecordings({ db, engine, onFault: world.onFault, files: world.recordings });
  const flowRecordings = createFlowRecordings({ db, engine, onFault: world.onFault, files: world.recordings });
  const ctiPasswords = createCtiPasswords({ db, writer, vault });
  const detailsOfQueues = rememberByTenant(writer, ['queue', 'called-route', 'access-code'], (vdnId) =>
    readQueueDetails({ listQueues: (vdn) => listQueues(db, vdn), accessCodesOfQueues: (vdn) => accessCodesOfQueues(db, vdn) }, vdnId));

  const flowsOf = rememberByTenant(writer, ['ivr-flow'], (vdnId) => listFlows(db, vdnId));
  const accessCodesOf = rememberByTenant(writer, ['access-code'], (vdnId) => listInboundCodes(db, vdnId));

  const destinationOfCode = async (vdnId: number, code: string): Promise<Destination | undefined> => {
    const dialling = await leadsTo(code);
    return dialling.outcome === 'no-access-code' || dialling.vdnId !== vdnId ? undefined : destinationOf(dialling);
  };
  const mediaCalls = createMediaCalls({
    engine, accessCode: destinationOfCode, messages: world.messages ?? noChannel,
    phoneToken: phoneAccounts.tokenFor, webrtc: world.addresses.webrtc, media: world.addresses.media ?? world.addresses.sip,
  });

  const images = createCustomerImages({
    db, clock, engine, files: world.files, isWidgetOrigin, onFault: world.onFault,
    canAskImage: async (leg) => withDeadline(voice.canAskImage(leg), DEADLINE_MS, 'asking whether a page can be asked for a picture').catch((error: unknown) => {
      world.onFault('the voice port did not say whether a page can be asked for a picture', { error });
      return false;
    }),
  });
  world.simulated?.onImage(({ leg, image, jpeg }) => {
    images.bring(leg, image, jpeg).catch((error: unknown) => { world.onFault('a picture of a simulated customer was not kept', { image, error }); });
  });

  const pushOf = createPushOf({ vault, trusts });
  const ofPhone = (number: string): Promise<number | undefined> => tenantOfPhone(db, number);
  const projectors = [recordings, flowRecordings, images.projector];
  let sweeping: NodeJS.Timeout | undefined;
  return {
    projectors, recordings, guidNow,
    beginSession: createBeginSession({ engine, guidNow, tenantOfPhone: ofPhone, pushOf, canPickUp }),
    engine, events, remembered: { agentNames, detailsOfQueues, flowsOf, accessCodesOf }, phoneAccounts, received: mediaCalls.received, imageRequests: images.requests, erasers: [recordingEraser(world.recordings, [recordings, flowRecordings]), images.eraser],
    authenticator: c4Authenticator({ engine, guids, rotates, tenant, endIfSilent: events.endIfSilent }),
    handlers: [
      ...events.handlers,
      ...voiceCallHandlers({
        engine, canPickUp, accessCode: destinationOfCode,
        flow: async (vdnId, code) => {
          const found = (await flowsOf(vdnId)).find(({ accessCode, loaded }) => loaded && accessCode === code);
          return found === undefined ? undefined : String(found.id);
        },
      }),
      ...mediaCalls.handlers,
      ...images.handlers,
      ...offlineAgentHandlers({ engine, tenantOfPhone: ofPhone }),
      ...explainHandlers({ engine }),
      ...inspectionHandlers({ engine }),
      ...agentConferenceHandlers({ engine, mayShow: (vdnId, number) => mayShowNumber(db, vdnId, number) }),
      ...callDataHandlers({ engine }),
      ...recordingHandlers({ db, engine, imageAt: images.read, projector: recordings, files: world.recordings, ccIdOf: async (vdnId) => (await find(vdnId))?.ccId }),
      ...agentGroupHandlers({ engine, agentNames, restReasons: rememberByTenant(writer, ['reasons'], (vdnId) => reasonsOf(db, vdnId, 'rest')) }),
      ...queueDeviceHandlers({
        engine, detailsOfQueues, flowsOf, accessCodesOf,
      }),
      ...onlineAgentHandlers({
        engine, guidNow, tenant, clock, canPickUp, phoneToken: phoneAccounts.tokenFor, outbox: events.outbox, setToken: events.setToken,
        lock: createFailureLock({ failures: FAILURES_BEFORE_LOCK, lockMs: LOCK_MS }),
        passwordLock: createFailureLock({ failures: WRONG_BEFORE_LOCK, lockMs: WRONG_LOCK_MS }),
        agentsByWorkNo: (workNo, password) => agentsByWorkNo(db, vault, workNo, password),
        passwordSetAt: ctiPasswords.setAt, changePassword: ctiPasswords.change,
        tenantOfPhone: ofPhone,
        presentCall: (look) => {
          const call = look.centre.calls.get(foremostCall(look.agent) ?? '');
          return call === undefined ? undefined : presentCurrent(look, call);
        },
        pushOf,
      }),
    ],
    start: async () => {
      await engine.start();
      for (const projector of projectors) await projector.start();
      if (world.sweepMs === undefined) return;
      let isSweeping = false;
      sweeping = setInterval(() => {
        // A database that is slow is not asked the same again meanwhile.
        if (isSweeping) return;
        isSweeping = true;
        events.sweep()
          .catch((error: unknown) => { world.onFault('the sweep of silent agents failed', { error }); })
          .finally(() => { isSweeping = false; });
      }, world.sweepMs);
      sweeping.unref();
    },
    stop: async () => {
      clearInterval(sweeping);
      events.stop();
      await engine.stop();
      await Promise.all(projectors.map((projector) => projector.stop()));
    },
  };
}
