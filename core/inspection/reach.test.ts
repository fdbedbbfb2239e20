import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rig } from '../centre/centre.fixture.ts';
import type { ConfigChange, GroupConfig } from '../centre/config.ts';
import { diffConfig } from '../centre/config-diff.ts';
import { isRefused } from '../centre/refused.ts';
import { whoseRecording } from '../recording/rights.ts';
import { aDesk, INSPECTED } from './inspection.fixture.ts';

const [TARGET, INSPECTOR] = [101, 109];
const [AGENTS, INSPECTORS] = [1, 2];

const members: NonNullable<ConfigChange['agents']> = (INSPECTED.agents ?? []).map((agent) => ({ ...agent, group: agent.id < INSPECTOR ? AGENTS : INSPECTORS }));
const related: readonly GroupConfig[] = [{ id: AGENTS, inspects: [] }, { id: INSPECTORS, inspects: [AGENTS] }];

/** The rows of a tenant change, and with them what is in force. */
function configure(rig: Rig, rows: ConfigChange): void {
  const change = diffConfig(rig.centre.config, { ...INSPECTED, ...rows });
  if (change !== undefined) rig.does({ kind: 'configure', change });
}

function listening(): Rig {
  const rig = aDesk();
  configure(rig, { agents: members, groups: related });
  rig.callIn(1);
  rig.does({ kind: 'inspect', agent: INSPECTOR, target: TARGET, how: 'listen' });
  assert.equal(rig.centre.agents.get(INSPECTOR)?.inspecting?.on, true);
  return rig;
}

const LISTEN = { kind: 'inspect', agent: INSPECTOR, target: TARGET, how: 'listen' } as const;
const isListening = (rig: Rig): boolean => rig.centre.agents.get(INSPECTOR)?.inspecting !== undefined;

describe('an inspection under a relation (12.3.4.8)', () => {
  const ends: Readonly<Record<string, ConfigChange>> = {
    'the relation is taken away (12.3.4.9)': { agents: members, groups: [{ id: AGENTS, inspects: [] }, { id: INSPECTORS, inspects: [] }] },
    'the inspector group is deleted (12.3.4.6)': { agents: members.map(({ group, ...agent }) => (group === INSPECTORS ? agent : { ...agent, group: AGENTS })), groups: [{ id: AGENTS, inspects: [] }] },
    'the inspector is taken out of the group (12.3.4.2)': { agents: members.map(({ group, ...agent }) => (agent.id === INSPECTOR || group === undefined ? agent : { ...agent, group })), groups: related },
    'all groups are emptied (12.3.4.2)': { agents: members.map(({ group: _group, ...agent }) => agent), groups: related },
    'the role loses its right': { agents: members, groups: related, roles: [{ id: 2, bits: [1] }, { id: 3, bits: [1] }] },
  };
  for (const [what, rows] of Object.entries(ends)) {
    test(`ends when ${what}, and does not begin again`, () => {
      const rig = listening();
      configure(rig, rows);
      assert.equal(isListening(rig), false);
      assert.equal(rig.centre.agents.get(INSPECTOR)?.state, 'idle');
      assert.equal(rig.centre.agents.get(TARGET)?.state, 'talking');
      for (const command of [LISTEN, { kind: 'intercept', agent: INSPECTOR, target: TARGET } as const, { kind: 'force', agent: INSPECTOR, target: TARGET, into: { what: 'signOut' } } as const]) {
        if (what.startsWith('the role') && command.kind !== 'inspect') continue;
        assert.equal(rig.refuses(command), 'noPermission', command.kind);
      }
    });
  }

  test('goes on while other things change', () => {
    const rig = listening();
    configure(rig, { agents: members, groups: [...related, { id: 3, inspects: [] }] });
    assert.equal(isListening(rig), true);
  });

  test('holds for recordings as it does for listening (13.1.2.2)', () => {
    const rig = listening();
    assert.equal(whoseRecording(rig.centre, INSPECTOR, TARGET), TARGET);
    configure(rig, { agents: members, groups: [{ id: AGENTS, inspects: [] }] });
    const denied = whoseRecording(rig.centre, INSPECTOR, TARGET);
    assert.ok(isRefused(denied));
    assert.equal(denied.refused, 'noPermission');
  });
});
