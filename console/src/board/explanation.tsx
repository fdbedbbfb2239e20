import { Alert, List, Stack } from '@mantine/core';
import { Check, PhoneOff } from 'lucide-react';
import { useEffect } from 'react';
import { explainAgent } from '@parley/contract/admin/explain.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useAsked } from '../session/asking.ts';
import { Loaded } from '../show/loaded.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
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
  const explanation = useAsked(explainAgent, { workNo }, { everyMs });
  const { refetch } = explanation;
  useEffect(() => { void refetch(); }, [state, refetch]);

  const wordsOf = ({ why, text: told }: Explained['obstacles'][number]): string => {
    if (why === 'state') return state ?? told;
    return why in text.obstacles ? text.obstacles[why as keyof typeof text.obstacles] : told;
  };
  const columns: readonly Column<Explained['queues'][number]>[] = [
    { id: 'name', title: text.queue, render: ({ name }) => name },
    { id: 'waiting', title: text.waiting, isNumber: true, render: ({ waiting }) => waiting },
    { id: 'ready', title: text.ready, isNumber: true, render: ({ ready }) => ready },
    { id: 'ahead', title: text.ahead, isNumber: true, render: ({ ahead }) => ahead ?? text.notReady },
  ];
  return (
    <Loaded query={explanation}>
      {({ getsCalls, obstacles, queues }) => (
        <Stack gap="xs">
          <Alert color={getsCalls ? 'teal' : 'yellow'} icon={getsCalls ? <Check /> : <PhoneOff />} title={getsCalls ? text.gets : text.getsNot} p="xs">
            {obstacles.length > 0 && <List size="sm">{obstacles.map((obstacle) => <List.Item key={obstacle.why}>{wordsOf(obstacle)}</List.Item>)}</List>}
          </Alert>
          <Records label={text.queue} rows={queues} idOf={({ queueId }) => queueId} columns={columns} empty={null} />
        </Stack>
      )}
    </Loaded>
  );
}
