import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import type { Gateway } from './compose-gateway.ts';
import type { Records } from './compose-records.ts';
import type { Writer } from './engine/writer.ts';
import type { Accounts } from './modules/account/index.ts';
import type { Tokens } from './modules/access/index.ts';
import { findAgent, workNoOf } from './modules/agent/index.ts';
import { callViewHandlers } from './modules/call-view/index.ts';
import { createStillIn, createStreams, createViewerOf } from './modules/console/index.ts';
import { createDeskWatch, deskHandlers } from './modules/desk/index.ts';
import { createExplainCall } from './modules/explain/index.ts';
import { figureViewHandlers } from './modules/figure-view/index.ts';
import { createBoard, createLevelsOf, liveBoardHandlers } from './modules/live-board/index.ts';
import { noteHandlers, outcomeHandlers } from './modules/outcome/index.ts';
import type { Tenants } from './modules/tenant/index.ts';

export interface ConsoleParts {
  readonly gateway: Gateway;
  readonly records: Records;
  readonly writer: Writer;
  readonly tenants: Tenants;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
}

/** What the console sees by a user's session: what is kept of calls, what goes on, and the way to the agent's desk. */
export interface ConsoleDoors {
  readonly handlers: readonly Handler[];
  readonly stop: () => void;
}

/** What a board shows of a tenant's configuration. */
const ON_BOARDS: ReadonlySet<string> = new Set(['queue', 'agent', 'account']);

/** To be made before the engine starts, as boards follow what happens. */
export function composeConsole({ db, clock, recordings: files, addresses, iceServers = () => [], streamBeatMs, onFault }: World, { gateway, records, writer, tenants, accounts, tokens }: ConsoleParts): ConsoleDoors {
  const { engine, remembered } = gateway;
  const { agentNames, flowsOf } = remembered;
  const viewerOf = createViewerOf({ db, agentOf: workNoOf });
  const board = createBoard({
    engine, clock, agentNames, onFault,
    levelsOf: createLevelsOf({ reading: records.reading, clock, zoneOf: async (vdnId) => (await tenants.find(vdnId))?.timeZone ?? 'UTC' }),
    onChanged: (listener) => { writer.subscribe(({ vdnId, change }) => { if (ON_BOARDS.has(change.what)) listener(vdnId); }); },
  });
  const deskWatch = createDeskWatch({ engine, clock, onFault });
  const streaming = { stillIn: createStillIn({ db, tokens, accounts, findTenant: tenants.find, clock }), beatMs: streamBeatMs };
  return {
    stop: () => {
      board.stop();
      deskWatch.stop();
    },
    handlers: [
      ...callViewHandlers({
        db, engine, clock, viewerOf, agentNames, flowsOf, files, explainCall: createExplainCall(gateway),
        records: records.calls, operations: records.operations, recordings: gateway.recordings,
      }),
      ...figureViewHandlers({ engine, clock, viewerOf, tenants, reading: records.reading, agentNames, flowsOf }),
      ...liveBoardHandlers({ board, viewerOf, streams: createStreams(streaming) }),
      ...outcomeHandlers({ db, writer }),
      ...noteHandlers({ db, writer, engine, viewerOf, agentNames, records: records.calls }),
      ...deskHandlers({
        db, engine, watch: deskWatch, streams: createStreams(streaming), beginSession: gateway.beginSession, guidNow: gateway.guidNow, phoneToken: gateway.phoneAccounts.tokenFor, agentNames, findAgent, webrtc: addresses.webrtc, iceServers,
      }),
    ],
  };
}
