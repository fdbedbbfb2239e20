import { errors } from '@parley/contract/admin/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkReferences, readFlow, type Known } from '@parley/core/ivr/flow.ts';
import type { Fault, Reference, ReferenceKind } from '@parley/core/ivr/reading.ts';
import type { Database } from '../../database/connect.ts';
import { listFlows, type Defined } from './store.ts';

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
/** How many faults a refusal names; the check tells them all. */
const TOLD = 5;

/** What a definition may name, as the modules that own it know it. */
export interface DefinitionNeighbours {
  readonly listQueues: (db: Database, vdnId: number) => Promise<readonly { readonly id: number }[]>;
  readonly listAgents: (db: Database, vdnId: number) => Promise<readonly { readonly workNo: number }[]>;
  /** Those of these voice files that were approved. */
  readonly approvedVoiceFiles: (db: Database, vdnId: number, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly listSharedKeyNames: (db: Database, vdnId: number) => Promise<readonly { readonly name: string }[]>;
}

/** A definition that was read, before it is known whether what it names is there. */
export interface ReadDefinition extends Defined {
  readonly faults: readonly Fault[];
  readonly references: readonly Reference[];
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Object.values(value).reduce((deepest: number, inner) => Math.max(deepest, depthOf(inner)), 0) : 0;

/** It is kept as data, so its size and depth are bounded. An empty one is none, and good. */
export function readDefinition(definition: object): ReadDefinition {
  const wrong = (message: string): ReadDefinition => ({ definition, leadsTo: [], references: [], faults: [{ field: 'definition', message }] });
  if (Object.keys(definition).length === 0) return { definition, leadsTo: [], references: [], faults: [] };
  if (depthOf(definition) > MAX_DEPTH) return wrong(`must not nest deeper than ${MAX_DEPTH} levels`);
  if (Buffer.byteLength(JSON.stringify(definition)) > MAX_BYTES) return wrong(`must not be larger than ${MAX_BYTES} bytes`);
  const { faults, references } = readFlow(definition);
  return { definition, faults, references, leadsTo: [...new Set(references.map(({ kind, id }) => `${kind}:${id}`))] };
}

/** All that is wrong with it in this tenant. */
export async function faultsOf(db: Database, vdnId: number, { faults, references }: ReadDefinition, neighbours: DefinitionNeighbours): Promise<readonly Fault[]> {
  const named = (kind: ReferenceKind): readonly string[] => references.filter((reference) => reference.kind === kind).map(({ id }) => id);
  // Only what is named is looked up.
  const known = async (kind: ReferenceKind, look: () => Promise<Iterable<number | string>>): Promise<ReadonlySet<string>> =>
    new Set(named(kind).length === 0 ? [] : Array.from(await look(), String));
  const there: Known = {
    queue: await known('queue', async () => (await neighbours.listQueues(db, vdnId)).map(({ id }) => id)),
    flow: await known('flow', async () => (await listFlows(db, vdnId)).map(({ id }) => id)),
    agent: await known('agent', async () => (await neighbours.listAgents(db, vdnId)).map(({ workNo }) => workNo)),
    voiceFile: await known('voiceFile', async () => (await neighbours.approvedVoiceFiles(db, vdnId, [...new Set(named('voiceFile'))])).keys()),
    key: await known('key', async () => (await neighbours.listSharedKeyNames(db, vdnId)).map(({ name }) => name)),
  };
  return [...faults, ...checkReferences(references, there)];
}

const inWords = ({ node, field, message }: Fault): string => `${node === undefined ? '' : `node ${node}, `}${field} ${message}`;

/** Refuses a definition that has faults: the first ones in words, and the place of the very first. */
export function refuseFaults(faults: readonly Fault[]): Refusal | undefined {
  const [first] = faults;
  if (first === undefined) return undefined;
  const where = [first.node === undefined ? '' : `.nodes.${first.node}`, first.field === 'definition' ? '' : `.${first.field}`].join('');
  const more = faults.length > TOLD ? `; and ${faults.length - TOLD} more` : '';
  return refuse(errors.invalid, { field: `definition${where}`, message: `${faults.slice(0, TOLD).map(inWords).join('; ')}${more}` });
}
