import { randomInt } from 'node:crypto';
import { createClock } from '@parley/core/export/clock.ts';
import { csvLine, type Field } from '@parley/core/export/csv.ts';
import { entryName, type Entry } from '@parley/core/export/file-name.ts';
import { indexedName } from '@parley/core/export/path.ts';
import { callFields, NODE, operationFields, recordingFields, type CallRow, type OperationLine, type Owner, type RecordingLine } from '@parley/core/export/rows.ts';
import type { Tenant } from '../tenant/index.ts';
import type { Asked, ExportJob } from './store.ts';
import { zipOfLines, type Lines } from './zip.ts';

/** A recording that is over, as others keep it. */
export type RecordingFound = Omit<RecordingLine, 'fileName' | 'feature' | 'firstQueue' | 'queue'> & { readonly file: string };

export interface Sources {
  readonly rows: (vdnId: number, asked: Asked) => AsyncIterable<readonly CallRow[]>;
  readonly recordings: (vdnId: number, asked: Asked) => AsyncIterable<readonly RecordingFound[]>;
  readonly operations: (vdnId: number, asked: Asked) => AsyncIterable<readonly OperationLine[]>;
  /** What is known of agents' parts in calls, by `{call} {agent}`. */
  readonly partsOf: (vdnId: number, calls: readonly string[]) => Promise<ReadonlyMap<string, Pick<RecordingLine, 'feature' | 'firstQueue' | 'queue'>>>;
}

/** Spreadsheets end behind a million. */
export const MOST_LINES = 500_000;

const UNKNOWN = { feature: null, firstQueue: null, queue: null } as const;

async function* lines<Row>(pages: AsyncIterable<readonly Row[]>, fieldsOf: (row: Row) => readonly Field[]): AsyncIterable<readonly string[]> {
  for await (const page of pages) yield page.map((row) => csvLine(fieldsOf(row)));
}

async function* indexed(sources: Sources, { vdnId, ccId }: Pick<Tenant, 'vdnId' | 'ccId'>, asked: Asked): AsyncIterable<readonly RecordingLine[]> {
  for await (const page of sources.recordings(vdnId, asked)) {
    const parts = await sources.partsOf(vdnId, page.map(({ call }) => call));
    yield page.map((found) => ({ ...found, ...(parts.get(`${found.call} ${found.agent}`) ?? UNKNOWN), fileName: indexedName(NODE, ccId, found.file) ?? found.originalName }));
  }
}

/** The ZIP that was asked for, as it is made. */
export function buildExport(sources: Sources, tenant: Tenant, { asked, key }: Pick<ExportJob, 'asked' | 'key'>, now: number, mostLines = MOST_LINES): AsyncIterable<Uint8Array> {
  const { vdnId, ccId, timeZone, tenantSpaceId } = tenant;
  const clock = createClock(timeZone);
  const owner: Owner = { developer: key.id, account: tenantSpaceId, ccId, vdnId, clock };
  const named = (entry: Entry) => (number: number): string => entryName(clock(now), now, randomInt(1000), entry, number);
  const entries: Readonly<Record<Entry, () => AsyncIterable<readonly string[]>>> = {
    call: () => lines(sources.rows(vdnId, asked), (row) => callFields(owner, row)),
    record: () => lines(indexed(sources, tenant, asked), (line) => recordingFields(owner, line)),
    agentOprInfo: () => lines(sources.operations(vdnId, asked), (line) => operationFields(owner, line)),
  };
  return zipOfLines(asked.entries.map((entry): Lines => ({ nameOf: named(entry), pages: entries[entry]() })), mostLines, now);
}
