import { apologyIn } from './apology.ts';
import { integer, optional, readFields, table, target, text, withDefault, type Field, type Values } from './field.ts';
import { isHoliday } from './calendar.ts';
import { circleIn, reachedFrom } from './graph.ts';
import { LIMITS } from './limits.ts';
import { isGiven, NAME, wrongName } from './names.ts';
import type { NodeType } from './node-type.ts';
import { NODE_TYPES } from './node-types.ts';
import { flowManner, prompt, type Manner, type Prompt } from './prompt.ts';
import { isRecord, newReading, placeOf, type Edge, type Fault, type Place, type Reading, type Reference, type ReferenceKind } from './reading.ts';

export interface FlowNode {
  readonly id: string;
  readonly type: NodeType;
  readonly fields: unknown;
  readonly waits: boolean;
  readonly edges: readonly Edge[];
}

/** A definition that was found without fault: only such a one can be run. */
export interface Flow {
  readonly start: string;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly manner: Manner;
  readonly maxMs: number;
  /** The variables, with the values that they begin with. */
  readonly variables: Readonly<Record<string, string>>;
  readonly holidays: ReadonlySet<string>;
  /** Where a call goes whose node has failed and knows no way of its own. */
  readonly onError: string | undefined;
  readonly apology: Prompt;
}

export interface Reader {
  /** Undefined where there are faults. */
  readonly flow: Flow | undefined;
  readonly faults: readonly Fault[];
  /** What of the tenant's it names. */
  readonly references: readonly Reference[];
}

const NODE_ID = /^[A-Za-z0-9][\w-]{0,63}$/;

const holiday: Field<string> = {
  isOptional: false, schema: { type: 'string', 'x-kind': 'holiday' },
  read: (value, place) => (typeof value === 'string' && isHoliday(value) ? value : place.fault('must be a day such as 2027-12-27, or 12-25 for every year')),
};

const holidays: Field<readonly string[]> = {
  isOptional: false, schema: { type: 'array', items: holiday.schema, maxItems: LIMITS.holidays },
  read: (value, place) => {
    if (!Array.isArray(value) || value.length > LIMITS.holidays) return place.fault(`must be a list of up to ${LIMITS.holidays} days`);
    return value.map((day: unknown, index) => holiday.read(day, place.inside(index)) ?? '');
  },
};

/** What a flow says of itself, beside its nodes. */
export const flowFields = {
  start: target,
  ...flowManner,
  maxSeconds: withDefault(integer(10, 14_400), 1800),
  variables: optional(table(text({ max: LIMITS.value }), { max: LIMITS.variables, key: NAME, form: 'a variable' })),
  holidays: optional(holidays),
  onError: optional(target),
  apology: optional(prompt),
};

/** What every node may say for people alone: its name, and where a designer draws it. */
const BESIDES = ['type', 'title', 'x', 'y'];

function checkBesides(given: Readonly<Record<string, unknown>>, place: Place): void {
  const { title = '', x = 0, y = 0 } = given;
  if (typeof title !== 'string' || title.length > 100) place.inside('title').fault('must be text of up to 100 characters');
  if (typeof x !== 'number') place.inside('x').fault('must be a number');
  if (typeof y !== 'number') place.inside('y').fault('must be a number');
}

function readNode(id: string, given: unknown, reading: Reading): FlowNode | undefined {
  const place = placeOf(reading, id);
  if (!isRecord(given)) return place.fault('must be an object');
  const type = typeof given['type'] === 'string' ? NODE_TYPES.get(given['type']) : undefined;
  if (type === undefined) return place.inside('type').fault(`must be one of ${[...NODE_TYPES.keys()].join(', ')}`);
  const [faultsBefore, edgesBefore] = [reading.faults.length, reading.edges.length];
  const fields = readFields(type.fields, given, place, BESIDES);
  checkBesides(given, place);
  // Fields that are wrong by themselves have no values to be compared.
  if (reading.faults.length === faultsBefore) type.check?.(fields, place);
  return { id, type, fields, waits: type.waits, edges: reading.edges.slice(edgesBefore) };
}

function readNodes(given: unknown, reading: Reading): ReadonlyMap<string, FlowNode> {
  const place = placeOf(reading, undefined, 'nodes');
  const nodes = new Map<string, FlowNode>();
  if (!isRecord(given)) {
    place.fault(given === undefined ? 'is missing' : 'must be an object of nodes by their ids');
    return nodes;
  }
  const entries = Object.entries(given);
  if (entries.length > LIMITS.nodes) {
    place.fault(`must not have more than ${LIMITS.nodes} nodes`);
    return nodes;
  }
  for (const [id, one] of entries) {
    if (!NODE_ID.test(id)) {
      place.fault(`"${id.slice(0, 64)}" is no id of a node: a letter or digit, then up to 63 letters, digits, - or _`);
      continue;
    }
    const node = readNode(id, one, reading);
    // One that is wrong inside is there all the same for those that lead to it.
    nodes.set(id, node ?? { id, type: BROKEN, fields: {}, waits: true, edges: [] });
  }
  return nodes;
}

const BROKEN: NodeType = { name: '', summary: '', fields: {}, waits: true, enter: () => ({ kind: 'fail', why: '' }) };

/** 5.4.1 and the flows of the tenant: reads a definition, and tells all that is wrong with it by node and field. */
export function readFlow(definition: unknown): Reader {
  const reading = newReading();
  const own = placeOf(reading, undefined);
  if (!isRecord(definition)) {
    own.inside('definition').fault('must be an object');
    return { flow: undefined, faults: reading.faults, references: [] };
  }
  const said = readFields(flowFields, definition, own, ['nodes']) as Values<typeof flowFields>;
  const ownEdges = reading.edges.slice();
  const nodes = readNodes(definition['nodes'], reading);
  const variables = said.variables ?? {};
  checkVariables(variables, own, reading);
  checkGraph(ownEdges, nodes, reading);
  const flow: Flow = {
    start: said.start, nodes, manner: { language: said.language, voice: said.voice, rate: said.rate }, maxMs: said.maxSeconds * 1000,
    variables: { ...Object.fromEntries([...reading.assigned].map((name) => [name, ''])), ...variables },
    holidays: new Set(said.holidays), onError: said.onError, apology: said.apology ?? apologyIn(said.language ?? ''),
  };
  return { flow: reading.faults.length === 0 ? flow : undefined, faults: reading.faults, references: reading.references };
}

function checkVariables(declared: Readonly<Record<string, string>>, own: Place, { assigned, uses }: Reading): void {
  for (const name of Object.keys(declared)) {
    const wrong = wrongName(name);
    if (wrong !== undefined) own.inside('variables').inside(name).fault(wrong);
  }
  if (new Set([...Object.keys(declared), ...assigned]).size > LIMITS.variables) own.inside('variables').fault(`must not be more than ${LIMITS.variables}, those that nodes set among them`);
  // Most often it is misspelt.
  for (const { name, place } of uses) {
    if (!isGiven(name) && !assigned.has(name) && !Object.hasOwn(declared, name)) place.fault(`there is no variable ${name}: nothing ever sets it`);
  }
}

function checkGraph(ownEdges: readonly Edge[], nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const check = ({ field, to }: Edge, node?: string): void => {
    if (!nodes.has(to)) placeOf(reading, node, field).fault(`there is no node ${to.slice(0, 64)}`);
  };
  for (const edge of ownEdges) check(edge);
  for (const { id, edges } of nodes.values()) for (const edge of edges) check(edge, id);
  const reached = reachedFrom(ownEdges.map(({ to }) => to), nodes);
  // Without a start that is there, all the others would be told of for its sake.
  if (ownEdges.some(({ field, to }) => field === 'start' && nodes.has(to))) {
    for (const id of nodes.keys()) if (!reached.has(id)) placeOf(reading, id, 'id').fault('no way leads to it');
  }
  const circle = circleIn(nodes);
  if (circle !== undefined) placeOf(reading, circle[0], 'next').fault(`the call would go round without ever waiting: ${[...circle, circle[0]].join(' -> ')}`);
}

/** What there is of the tenant's, by kind and id. */
export type Known = Readonly<Record<ReferenceKind, ReadonlySet<string>>>;

const WORDS: Readonly<Record<ReferenceKind, string>> = { queue: 'skill queue', flow: 'IVR flow', agent: 'agent', voiceFile: 'approved voice file', key: 'shared key' };

export function checkReferences(references: readonly Reference[], known: Known): readonly Fault[] {
  return references.filter(({ kind, id }) => !known[kind].has(id)).map(({ kind, id, place: { node, field } }) =>
    ({ ...(node === undefined ? {} : { node }), field, message: `there is no ${WORDS[kind]} ${id}` }));
}

/** All that is wrong with a definition, by node and field; nothing where it can be run. */
export function validateFlow(definition: unknown, known: Known): readonly Fault[] {
  const { faults, references } = readFlow(definition);
  return [...faults, ...checkReferences(references, known)];
}
