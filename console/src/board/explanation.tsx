import { Alert, List, Stack, Table } from '@mantine/core';
import { Check, PhoneOff } from 'lucide-react';
import { useEffect } from 'react';
import { explainAgent } from '@parley/contract/admin/explain.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useAsked } from '../session/asking.ts';
import { Loaded } from '../show/loaded.tsx';
import { useText } from '../text/catalogue.ts';
import { useTold } from '../told/told.ts';
import { supervisionTexts } from './supervision-texts.ts';

type Explained = Result<typeof explainAgent>;

interface ExplanationProps {
  readonly workNo: number;
  /** What the agent does, in words, where the page knows it: then it is asked anew whenever that changes. */
  readonly state?: string;
  /** Where it does not: how often it is asked. */
  readonly everyMs?: number;
}

/** Why calls come to an agent, or do not. */
export function Explanation({ workNo, state, everyMs }: ExplanationProps) {
  const text = useText(supervisionTexts);
  const told = useTold();
  const explanation = useAsked(explainAgent, { workNo }, { everyMs });
  const { refetch } = explanation;
  useEffect(() => { void refetch(); }, [state, refetch]);

  const wordsOf = ({ why, text: words }: Explained['obstacles'][number]): string => {
    if (why === 'state') return state ?? told(words);
    return why in text.obstacles ? text.obstacles[why as keyof typeof text.obstacles] : told(words);
  };
  return (
    <Loaded query={explanation}>
      {({ getsCalls, obstacles, queues }) => (
        <Stack gap="xs">
          <Alert color={getsCalls ? 'teal' : 'yellow'} icon={getsCalls ? <Check /> : <PhoneOff />} title={getsCalls ? text.gets : text.getsNot} p="xs">
            {obstacles.length > 0 && <List size="sm">{obstacles.map((obstacle) => <List.Item key={obstacle.why}>{wordsOf(obstacle)}</List.Item>)}</List>}
          </Alert>
          {queues.length > 0 && (
            <Table striped withTableBorder verticalSpacing="xs" aria-label={text.queue}>
              <Table.Thead>
                <Table.Tr><Table.Th>{text.queue}</Table.Th><Table.Th ta="right">{text.waiting}</Table.Th><Table.Th ta="right">{text.ready}</Table.Th><Table.Th ta="right">{text.ahead}</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {queues.map(({ queueId, name, waiting, ready, ahead }) => (
                  <Table.Tr key={queueId}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td><Table.Td ta="right">{waiting}</Table.Td><Table.Td ta="right">{ready}</Table.Td><Table.Td ta="right">{ahead ?? text.notReady}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
