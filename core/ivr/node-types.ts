import { schemaOf } from './field.ts';
import type { NodeType } from './node-type.ts';
import { agent } from './nodes/agent.ts';
import { branch } from './nodes/branch.ts';
import { collect } from './nodes/collect.ts';
import { hangUp } from './nodes/hang-up.ts';
import { http } from './nodes/http.ts';
import { menu } from './nodes/menu.ts';
import { play } from './nodes/play.ts';
import { queue } from './nodes/queue.ts';
import { record } from './nodes/record.ts';
import { giveBack } from './nodes/return.ts';
import { say } from './nodes/say.ts';
import { set } from './nodes/set.ts';
import { transfer } from './nodes/transfer.ts';
import { wait } from './nodes/wait.ts';

/** All that a flow can be made of; a new kind of node is a file and a word here. */
export const NODE_TYPES: ReadonlyMap<string, NodeType> = new Map(
  [play, say, collect, menu, record, wait, set, branch, http, queue, agent, transfer, giveBack, hangUp].map((type) => [type.name, type]),
);

/** The kinds of nodes, as a designer needs to know them. */
export const describeNodeTypes = (): readonly { readonly type: string; readonly summary: string; readonly fields: object }[] =>
  [...NODE_TYPES.values()].map(({ name, summary, fields }) => ({ type: name, summary, fields: schemaOf(fields) }));
