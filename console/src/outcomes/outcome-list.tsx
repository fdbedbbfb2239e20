import { Badge, Group, Stack, Text } from '@mantine/core';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import type { NotedOutcome } from './outcomes.ts';
import { outcomeTexts } from './outcome-texts.ts';

/** What the agents of a call have noted that came of it. */
export function OutcomeList({ outcomes }: { readonly outcomes: readonly NotedOutcome[] }) {
  const text = useText(outcomeTexts);
  const format = useFormat();
  if (outcomes.length === 0) return <Text size="sm" c="dimmed">{text.notNoted}</Text>;
  return (
    <Stack gap="xs">
      {outcomes.map(({ workNo, agentName, code, name, remark, at }) => (
        <div key={workNo}>
          <Group gap="xs"><Badge variant="light" tt="none">{name}</Badge><Text size="sm" c="dimmed">{code}</Text><Text size="sm">{text.noted(`${workNo} ${agentName}`, format.moment(at))}</Text></Group>
          {remark !== '' && <Text size="sm" mt={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{remark}</Text>}
        </div>
      ))}
    </Stack>
  );
}
