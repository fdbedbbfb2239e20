import assert from 'node:assert/strict';
import { deleteUserGroup, listUserGroups } from '@parley/contract/admin/user-group.ts';
import { qcAddSupervise, qcStopSuperviseOrInsert } from '@parley/contract/gateway/inspection.ts';
import { qcConfigRelation, qcCreateUserGroup, qcQueryAllCcGroup } from '@parley/contract/monitoring/user-group.ts';
import type { World } from '../../compose.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { startTestServer } from '../../testing/server.ts';

/** A tenant with two agents and an inspector at their desks, none of them in a group. */
export interface Team extends Floor {
  readonly ann: Desk;
  readonly bob: Desk;
  readonly eve: Desk;
  /** The code of listening to somebody, which is stopped again. */
  readonly listens: (to?: Desk) => Promise<string>;
  /** Makes a group by 12.3.4.5 and answers its id. */
  readonly group: (name: string, groupType: 2 | 3, members: readonly Desk[]) => Promise<string>;
  /** Eve inspects ann: the groups of both, and their relation. */
  readonly related: () => Promise<{ readonly agents: string; readonly inspectors: string }>;
  /** No groups. */
  readonly clear: () => Promise<void>;
}

export const ALLOWED = '0';
export const DENIED = '900-002';

export async function openTeam(world: Partial<World> = {}): Promise<Team> {
  const server = await startTestServer({ world });
  const floor = await newFloor(server, await server.tenant());
  const { tenant } = floor;
  const vdn = tenant.vdnId;
  const [ann, bob] = [await floor.agent(), await floor.agent()];
  const eve = await openDesk(server, tenant, { ccRoleId: 3 });
  await eve.signIn();

  const group: Team['group'] = async (groupName, groupType, members) => {
    await tenant.monitor.ask(qcCreateUserGroup, { vdn, groupName, groupType, workNos: members.map(({ workNo }) => workNo) });
    const found = (await tenant.monitor.ask(qcQueryAllCcGroup, { ccId: 1, vdn })).find((one) => one.groupName === groupName);
    assert.ok(found !== undefined);
    return found.id;
  };
  return {
    ...floor, ann, bob, eve, group,
    listens: async (to = ann) => {
      const code = await eve.code(qcAddSupervise, { workNo: to.workNo });
      if (code === ALLOWED) {
        await server.parley.gateway.engine.idle();
        assert.equal(await eve.code(qcStopSuperviseOrInsert, { workNo: to.workNo }), ALLOWED);
        await server.parley.gateway.engine.idle();
      }
      return code;
    },
    related: async () => {
      const [agents, inspectors] = [await group('agents', 2, [ann]), await group('inspectors', 3, [eve])];
      await tenant.monitor.ask(qcConfigRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [agents] });
      return { agents, inspectors };
    },
    clear: async () => {
      for (const { id } of (await tenant.administrator.ask(listUserGroups, {})).groups) await tenant.administrator.ask(deleteUserGroup, { id });
    },
  };
}
