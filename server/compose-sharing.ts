import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import type { Projector } from './engine/projector.ts';
import type { Writer } from './engine/writer.ts';
import type { Keys, Tokens } from './modules/access/index.ts';
import { pagesOfOperations } from './modules/agent-operation/index.ts';
import { createTrustlist } from './modules/callback/index.ts';
import type { Eraser } from './modules/erasure/index.ts';
import { createFlow, createWhose, defineExportJobs, exportEraser, exportHandlers, type RecordingFound, type Sources } from './modules/export/index.ts';
import { filesOfCall, findSaid, listSaid, pagesOfRecordings, recordedFiles } from './modules/recording/index.ts';
import { pagesOfRows, partsOfAgents } from './modules/records/index.ts';
import type { Tenants } from './modules/tenant/index.ts';
import { copyEraser, copySweep, createTickets, voiceShareHandlers, type Shelf } from './modules/voice-share/index.ts';

/** What is told of the past in files (13.2). */
export interface Sharing {
  readonly handlers: readonly Handler[];
  readonly erasers: readonly Eraser[];
}

export interface SharingParts {
  readonly writer: Writer;
  readonly tenants: Tenants;
  readonly keys: Keys;
  readonly tokens: Tokens;
  /** All that write down what happened. */
  readonly projectors: readonly Projector[];
}

/** Media type of Table 13-129. */
const VOICE = 5;

export function composeSharing(world: World, { writer, tenants, keys, tokens, projectors }: SharingParts): Sharing {
  const { db, clock, jobs, files, outgoing, vault, recordings, addresses, onFault } = world;
  const settled = async (vdnId: number): Promise<boolean> => (await Promise.all(projectors.map((projector) => projector.settled(vdnId)))).every(Boolean);
  const trustlist = createTrustlist();
  const flow = createFlow();
  const whose = createWhose({ ...tenants, whoHas: (accountId) => tenants.whoHas(db, '', accountId) });

  async function* recordingsFound(...[vdnId, asked]: Parameters<Sources['recordings']>): AsyncIterable<readonly RecordingFound[]> {
    for await (const page of pagesOfRecordings(db, vdnId, asked)) {
      yield page.map((row) => ({
        call: row.call, agent: row.agent, caller: row.caller, called: row.called, from: row.began_at, to: row.ended_at ?? row.began_at, originalName: row.path, file: row.file, media: VOICE,
      }));
    }
  }
  const sources: Sources = {
    rows: (vdnId, asked) => pagesOfRows(db, vdnId, asked),
    recordings: recordingsFound,
    operations: (vdnId, asked) => pagesOfOperations(db, vdnId, asked),
    partsOf: (vdnId, calls) => partsOfAgents(db, vdnId, calls),
  };
  const building = defineExportJobs({ db, clock, jobs, files, outgoing, trustlist, keys, tenants, settled, sources });

  const shelf: Shelf = {
    recorded: (vdnId, names) => recordedFiles(db, vdnId, names),
    ofCall: (vdnIds, call, window) => filesOfCall(db, vdnIds, call, window),
    saidAt: async (vdnId, file) => (await findSaid(db, vdnId, file))?.began_at,
    said: async (vdnId, limit) => (await listSaid(db, vdnId, limit)).map(({ file }) => file),
  };
  jobs.schedule('shared-copy-sweep', '29 * * * *', copySweep(db, files, clock));

  return {
    handlers: [
      ...exportHandlers({ db, writer, files, trustlist, flow, whose, building }),
      ...voiceShareHandlers({ db, clock, writer, tenants, tokens, files, recordings, shelf, whose, flow, settled, tickets: createTickets(vault), onFault, service: addresses.service }),
    ],
    erasers: [exportEraser(files), copyEraser(files)],
  };
}
