import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { useTold } from '../told/told.ts';
import { callTexts } from './call-texts.ts';
import { useAgentChoices, type Choice } from './choices.ts';
import { codeTexts } from './coded.tsx';
import type { Trace } from './timeline.ts';

type Explanation = NonNullable<Trace['explanation']>;
type Chosen = Explanation['choices'][number];

interface Names {
  readonly agent: (workNo: number) => string;
  readonly queue: (id: number) => string;
}

/** The call itself knows the names of those it was with; the others are looked up. */
function namesOf({ call, segments }: Trace, agents: readonly Choice[]): Names {
  const named = (device: string, no: number): string => segments.find((segment) => segment.device === device && segment.no === String(no))?.name ?? '';
  return {
    agent: (workNo) => agents.find(({ value }) => value === String(workNo))?.label ?? `${workNo} ${named('agent', workNo)}`.trim(),
    queue: (id) => named('queue', id) || (call.queueId === id && call.queueName) || String(id),
  };
}

function ChoiceTold({ choice: { at, queueId, chosen, ready, next, notReady }, names }: { readonly choice: Chosen; readonly names: Names }) {
  const text = useText(callTexts);
  const format = useFormat();
  const states: Readonly<Record<string, string>> = useText(codeTexts).states;
  return (
    <Stack gap={6}>
      <Group gap="xs"><Text size="sm" c="dimmed">{format.time(at)}</Text><Title order={3} size="h5">{text.chosen(names.agent(chosen.workNo), names.queue(queueId))}</Title></Group>
      <Text size="sm">{ready === 1 ? text.onlyOne : text.outOf(format.count(ready))}</Text>
      <Table withTableBorder verticalSpacing={4} maw={520}>
        <Table.Thead><Table.Tr><Table.Th>{text.rank}</Table.Th><Table.Th>{text.agent}</Table.Th><Table.Th ta="right">{text.weight}</Table.Th><Table.Th ta="right">{text.readyFor}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {[chosen, ...next].map(({ workNo, weight, readySince }, index) => (
            <Table.Tr key={workNo} fw={index === 0 ? 600 : undefined}>
              <Table.Td>{index + 1}</Table.Td><Table.Td>{names.agent(workNo)}</Table.Td><Table.Td ta="right">{weight}</Table.Td><Table.Td ta="right">{clockText(at - readySince)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {notReady.length > 0 && (
        <Group gap={6}>
          <Text size="sm">{text.notReady}</Text>
          {notReady.map(({ state, agents }) => <Badge key={state} variant="default" tt="none" fw={400}>{text.notReadyOf(format.count(agents), states[state] ?? state)}</Badge>)}
        </Group>
      )}
    </Stack>
  );
}

/** Why these agents were chosen, of what was recorded when it was decided. */
export function CallExplanation({ trace }: { readonly trace: Trace }) {
  const text = useText(callTexts);
  const names = namesOf(trace, useAgentChoices(trace.explanation !== null));
  if (trace.explanation === null) return <Text size="sm" c="dimmed">{text.noExplanation}</Text>;
  if (trace.explanation.choices.length === 0) return <Text size="sm" c="dimmed">{text.noChoice}</Text>;
  return <Stack gap="lg">{trace.explanation.choices.map((choice, index) => <ChoiceTold key={index} choice={choice} names={names} />)}</Stack>;
}

/** Every step of the call. */
export function CallTurns({ turns }: Pick<Explanation, 'turns'>) {
  const text = useText(callTexts);
  const told = useTold();
  const { time } = useFormat();
  return (
    <Table verticalSpacing={4} aria-label={text.trace}>
      <Table.Tbody>
        {turns.map(({ at, what }, index) => <Table.Tr key={index}><Table.Td w={110} c="dimmed">{time(at)}</Table.Td><Table.Td>{told(what)}</Table.Td></Table.Tr>)}
      </Table.Tbody>
    </Table>
  );
}
