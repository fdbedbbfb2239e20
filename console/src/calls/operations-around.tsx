import { Table, Text } from '@mantine/core';
import { listAgentOperations } from '@parley/contract/admin/agent-operation.ts';
import { useQueries } from '@tanstack/react-query';
import { keyOf } from '../session/asking.ts';
import { api } from '../session/client.ts';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { aboutCall, agentsOf, type AgentOperation } from './agent-operations.ts';
import { callTexts } from './call-texts.ts';
import { Coded } from './coded.tsx';
import type { Trace } from './timeline.ts';

/** What follows a call at once belongs to it as well, such as the wrap-up. */
const AFTER_MS = 120_000;
/** What agents did is told when it is over. */
const LIVE_MS = 5000;
const MOST = 200;

/** What the agents of a call did from its beginning to a little after its end. */
export function useOperationsAround({ call: { beganAt, endedAt }, segments }: Trace): readonly AgentOperation[] {
  const asked = agentsOf(segments).map((workNo) => ({ workNo, from: beganAt, limit: MOST, ...(endedAt === null ? {} : { to: endedAt + AFTER_MS }) }));
  return useQueries({
    queries: asked.map((input) => ({
      queryKey: keyOf(listAgentOperations, input), queryFn: () => api.ask(listAgentOperations, input), ...(endedAt === null ? { refetchInterval: LIVE_MS } : {}),
    })),
    combine: (answers) => answers.flatMap(({ data }, index) => (data?.operations ?? []).map((one) => ({ ...one, workNo: asked[index]?.workNo ?? 0 }))),
  });
}

/** The same as a list. */
export function OperationsAround({ operations, callId }: { readonly operations: readonly AgentOperation[]; readonly callId: string }) {
  const text = useText(callTexts);
  const { time } = useFormat();
  const shown = aboutCall(operations, callId);
  if (shown.length === 0) return <Text size="sm" c="dimmed">{text.noOperations}</Text>;
  return (
    <Table verticalSpacing={4} aria-label={text.operations}>
      <Table.Thead><Table.Tr><Table.Th>{text.began}</Table.Th><Table.Th>{text.agent}</Table.Th><Table.Th>{text.operation}</Table.Th><Table.Th ta="right">{text.length}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {shown.map(({ workNo, id, type, object, from, to }) => (
          <Table.Tr key={`${workNo} ${id}`}>
            <Table.Td>{time(from)}</Table.Td><Table.Td>{workNo}</Table.Td>
            <Table.Td><Coded kind="operations" code={type} /> {object !== null && object !== workNo && object}</Table.Td>
            <Table.Td ta="right">{to > from && clockText(to - from)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
