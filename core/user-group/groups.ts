/* 12.3.4: groups of a tenant's agents, and which of them may be inspected by which. Each change answers the groups as they are after it. */

export type GroupKind = 'agents' | 'inspectors';

export interface Group {
  readonly id: string;
  /** By which decisions know it. */
  readonly no: number;
  readonly kind: GroupKind;
  readonly name: string;
  readonly remark: string;
  /** Work numbers, in order. */
  readonly members: readonly number[];
  /** Of an inspector group: ids of the agent groups whose members its own may inspect. */
  readonly inspects: readonly string[];
}

/** All of a tenant, in the order in which they were made. */
export type Groups = readonly Group[];

export type NewGroup = Pick<Group, 'id' | 'kind' | 'name' | 'remark'>;

/** Why a change cannot be; nothing has changed then. */
export type Fault =
  | { readonly wrong: 'unknownGroup'; readonly id: string }
  | { readonly wrong: 'nameTaken'; readonly name: string }
  | { readonly wrong: 'nameEmpty' }
  | { readonly wrong: 'notInspectors'; readonly name: string }
  | { readonly wrong: 'notAgents'; readonly name: string }
  | { readonly wrong: 'noRelation'; readonly name: string; readonly inspected: string }
  | { readonly wrong: 'unknownAgent'; readonly workNo: number }
  | { readonly wrong: 'tooMany'; readonly limit: number };

export const isFault = (value: object): value is Fault => 'wrong' in value;

/** More than anybody has; all of them are looked at with each change. */
export const MAX_GROUPS = 1000;

/** 12.3.4: a time and what tells those of one time apart, 30 digits together. `unique` is a long id. */
export const groupIdOf = (at: number, unique: string): string => `${String(at).padStart(13, '0')}${unique.slice(-17).padStart(17, '0')}`;

/** 12.3.4.1: an id of a membership. An agent has but one at a time, so the work number tells it from all others of the tenant. */
export const memberIdOf = (groupId: string, workNo: number): string => `${groupId.slice(0, 25)}${String(workNo).padStart(5, '0')}`;

export const findGroup = (groups: Groups, id: string): Group | undefined => groups.find((group) => group.id === id);

export const groupOfMember = (groups: Groups, workNo: number): Group | undefined => groups.find(({ members }) => members.includes(workNo));

const inOrder = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].toSorted((a, b) => a - b);

const replace = (groups: Groups, changed: Group): Groups => groups.map((group) => (group.id === changed.id ? changed : group));

/** Those of some agents' groups without them. */
const without = (groups: Groups, leaving: ReadonlySet<number>): Groups => groups.map((group) =>
  (group.members.some((member) => leaving.has(member)) ? { ...group, members: group.members.filter((member) => !leaving.has(member)) } : group));

function checkName(groups: Groups, name: string, except?: string): Fault | undefined {
  if (name.trim() === '') return { wrong: 'nameEmpty' };
  return groups.some((group) => group.name === name && group.id !== except) ? { wrong: 'nameTaken', name } : undefined;
}

/** 12.3.4.5. */
export function createGroup(groups: Groups, { id, kind, name, remark }: NewGroup): Groups | Fault {
  const fault = checkName(groups, name);
  if (fault !== undefined) return fault;
  if (groups.length >= MAX_GROUPS) return { wrong: 'tooMany', limit: MAX_GROUPS };
  const no = 1 + groups.reduce((highest, group) => Math.max(highest, group.no), 0);
  return [...groups, { id, no, kind, name, remark, members: [], inspects: [] }];
}

/** 12.3.4.7; a remark that is not given stays. */
export function renameGroup(groups: Groups, id: string, name: string, remark?: string): Groups | Fault {
  const group = findGroup(groups, id);
  if (group === undefined) return { wrong: 'unknownGroup', id };
  return checkName(groups, name, id) ?? replace(groups, { ...group, name, remark: remark ?? group.remark });
}

/** 12.3.4.6: its members are in none then, and its relations are gone. */
export function deleteGroup(groups: Groups, id: string): Groups | Fault {
  if (findGroup(groups, id) === undefined) return { wrong: 'unknownGroup', id };
  return groups.filter((group) => group.id !== id)
    .map((group) => (group.inspects.includes(id) ? { ...group, inspects: group.inspects.filter((other) => other !== id) } : group));
}

/** 12.3.4.3 and 12.3.4.10: an agent is in one group at most, so who is in another one leaves that. */
export function addMembers(groups: Groups, id: string, workNos: readonly number[]): Groups | Fault {
  if (findGroup(groups, id) === undefined) return { wrong: 'unknownGroup', id };
  const joining = new Set(workNos);
  return without(groups, joining).map((group) => (group.id === id ? { ...group, members: inOrder([...group.members, ...joining]) } : group));
}

/** Its members are these from now on. */
export function setMembers(groups: Groups, id: string, workNos: readonly number[]): Groups | Fault {
  const group = findGroup(groups, id);
  return group === undefined ? { wrong: 'unknownGroup', id } : addMembers(without(groups, new Set(group.members)), id, workNos);
}

/** 12.3.4.2: out of whatever groups they are in. */
export const removeMembers = (groups: Groups, workNos: readonly number[]): Groups => without(groups, new Set(workNos));

/** 12.3.4.2 without work numbers. */
export const emptyAll = (groups: Groups): Groups => groups.map((group) => (group.members.length === 0 ? group : { ...group, members: [] }));

/** The inspector group and the agent groups of a relation, if they are that. */
function partiesOf(groups: Groups, id: string, inspected: readonly string[]): { readonly inspectors: Group; readonly agents: readonly Group[] } | Fault {
  const inspectors = findGroup(groups, id);
  if (inspectors === undefined) return { wrong: 'unknownGroup', id };
  if (inspectors.kind !== 'inspectors') return { wrong: 'notInspectors', name: inspectors.name };
  const agents: Group[] = [];
  for (const other of new Set(inspected)) {
    const group = findGroup(groups, other);
    if (group === undefined) return { wrong: 'unknownGroup', id: other };
    if (group.kind !== 'agents') return { wrong: 'notAgents', name: group.name };
    agents.push(group);
  }
  return { inspectors, agents };
}

/** In the order of the groups, whatever the order in which they were named. */
const related = (groups: Groups, inspectors: Group, ids: ReadonlySet<string>): Groups =>
  replace(groups, { ...inspectors, inspects: groups.filter(({ id }) => ids.has(id)).map(({ id }) => id) });

/** 12.3.4.8: beside those that there are. */
export function relate(groups: Groups, id: string, inspected: readonly string[]): Groups | Fault {
  const parties = partiesOf(groups, id, inspected);
  return isFault(parties) ? parties : related(groups, parties.inspectors, new Set([...parties.inspectors.inspects, ...inspected]));
}

/** Its relations are these from now on. */
export function setRelations(groups: Groups, id: string, inspected: readonly string[]): Groups | Fault {
  const parties = partiesOf(groups, id, inspected);
  return isFault(parties) ? parties : related(groups, parties.inspectors, new Set(inspected));
}

/** 12.3.4.9: all of those named must be there. */
export function unrelate(groups: Groups, id: string, inspected: readonly string[]): Groups | Fault {
  const parties = partiesOf(groups, id, inspected);
  if (isFault(parties)) return parties;
  const { inspectors, agents } = parties;
  const missing = agents.find((group) => !inspectors.inspects.includes(group.id));
  if (missing !== undefined) return { wrong: 'noRelation', name: inspectors.name, inspected: missing.name };
  return related(groups, inspectors, new Set(inspectors.inspects.filter((other) => !inspected.includes(other))));
}

const WORDS: { readonly [Wrong in Fault['wrong']]: (fault: Extract<Fault, { readonly wrong: Wrong }>) => string } = {
  unknownGroup: ({ id }) => `there is no user group ${id}`,
  nameTaken: ({ name }) => `there is a user group named ${name} already`,
  nameEmpty: () => 'a user group needs a name',
  notInspectors: ({ name }) => `${name} is no group of inspectors`,
  notAgents: ({ name }) => `${name} is no group of agents`,
  noRelation: ({ name, inspected }) => `${name} does not inspect ${inspected}`,
  unknownAgent: ({ workNo }) => `there is no agent ${workNo}`,
  tooMany: ({ limit }) => `there are ${limit} user groups already, and may be no more`,
};

export const faultInWords = (fault: Fault): string => (WORDS[fault.wrong] as (fault: Fault) => string)(fault);
