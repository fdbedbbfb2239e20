export type ReasonKind = 'rest' | 'busy';

export interface Reason {
  readonly code: number;
  readonly name: string;
}

/** 6.1.1.12 takes 0 to 255 for rest, 6.1.1.10 takes 0 and 200 to 250 for busy; 0 stands for no reason in both. */
const CODES: Readonly<Record<ReasonKind, (code: number) => boolean>> = {
  rest: (code) => code >= 0 && code <= 255,
  busy: (code) => code === 0 || (code >= 200 && code <= 250),
};

/** What is wrong with a set of reasons, or undefined. */
export function checkReasons(kind: ReasonKind, reasons: readonly Reason[]): string | undefined {
  const codes = new Set<number>();
  const names = new Set<string>();
  for (const { code, name } of reasons) {
    if (!Number.isInteger(code) || !CODES[kind](code)) return `${code} is no code for ${kind}`;
    if (codes.has(code)) return `the code ${code} stands there twice`;
    if (names.has(name)) return `the name ${name} stands there twice`;
    codes.add(code);
    names.add(name);
  }
  return undefined;
}

/** What a new tenant begins with. */
export const FIRST_REASONS: Readonly<Record<ReasonKind, readonly Reason[]>> = {
  rest: [
    { code: 1, name: 'Short break' },
    { code: 2, name: 'Meal' },
    { code: 3, name: 'Meeting' },
    { code: 4, name: 'Training' },
    { code: 5, name: 'Not feeling well' },
  ],
  busy: [
    { code: 200, name: 'Paperwork' },
    { code: 201, name: 'Talking with a colleague' },
    { code: 202, name: 'Preparing a call' },
    { code: 203, name: 'Technical trouble' },
  ],
};

/** The agent roles of 5.1.1 (ccRoleId). */
export const AGENT_ROLES = [{ roleId: 2, name: 'agent' }, { roleId: 3, name: 'inspector' }, { roleId: 4, name: 'outbound agent' }] as const;
export type AgentRoleId = (typeof AGENT_ROLES)[number]['roleId'];

/** Own state, own calls, long distance at home, picking up for colleagues. Calls abroad (27) cost most when a phone is misused, so nobody begins with them. */
const AGENT = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 26, 30];
/** Listening, intervening, playing back, appraising, alarms, reports, monitoring, screens. */
const INSPECTION = [13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 25, 29];
const OWN_ACCESS_CODE = 28;

const inOrder = (bits: Iterable<number>): readonly number[] => [...new Set(bits)].toSorted((a, b) => a - b);

/** Permission bits (6.3.8) of the roles until a tenant sets its own. */
export const FIRST_BITS: Readonly<Record<AgentRoleId, readonly number[]>> = {
  2: AGENT,
  3: inOrder([...AGENT, ...INSPECTION]),
  4: inOrder([...AGENT, OWN_ACCESS_CODE]),
};

export const isAgentRole = (roleId: number): roleId is AgentRoleId => AGENT_ROLES.some((role) => role.roleId === roleId);

/** The bits as they are kept: each once, in order. */
export const tidyBits = inOrder;
