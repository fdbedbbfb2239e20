import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { Layers, SearchX, Users } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { Floor, LiveQueue } from '../live/live.ts';
import { Empty } from '../show/empty.tsx';
import { useText } from '../text/catalogue.ts';
import { AgentFilters } from './agent-filters.tsx';
import { AgentPanel } from './agent-panel.tsx';
import { AgentTable } from './agent-table.tsx';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { EVERYBODY, wantedOf, type Grouping } from './floor.ts';
import { InspectionBanner } from './inspection-banner.tsx';
import { QueueTable } from './queue-table.tsx';
import { TotalsBar } from './totals.tsx';

interface PaneProps {
  readonly floor: Floor;
  readonly queueNames: ReadonlyMap<number, string>;
  readonly onOpen: (workNo: number) => void;
}

function QueuesPane({ floor, queueNames, onOpen }: PaneProps) {
  const text = useText(boardTexts);
  return (
    <section aria-label={text.queues}>
      <Title order={2} size="h4" mb="xs">{text.queues}</Title>
      {floor.queues.length === 0
        ? <Empty icon={Layers} title={text.noQueues} hint={text.noQueuesHint} action={<Anchor component={Link} href="/queues">{text.toQueues}</Anchor>} />
        : <div className={styles.scroll} data-pane="queues" tabIndex={0} role="group" aria-label={text.queues}><QueueTable floor={floor} queueNames={queueNames} onOpen={onOpen} /></div>}
    </section>
  );
}

function AgentsPane({ floor: { agents, queues }, queueNames, onOpen }: PaneProps) {
  const text = useText(boardTexts);
  const [wanted, setWanted] = useState(EVERYBODY);
  const [grouping, setGrouping] = useState<Grouping>('none');
  const shown = useMemo(() => wantedOf(agents, wanted), [agents, wanted]);
  if (agents.length === 0) return <Empty icon={Users} title={text.nobody} hint={text.nobodyHint} action={<Anchor component={Link} href="/agents">{text.toAgents}</Anchor>} />;
  return (
    <section aria-label={text.agents}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={2} size="h4">{text.agents}</Title>
        <Group gap="xs"><AgentFilters wanted={wanted} onWant={setWanted} grouping={grouping} onGroup={setGrouping} queueNames={queueNames} /></Group>
      </Group>
      {shown.length === 0
        ? <Empty icon={SearchX} title={text.noneFits} hint={text.noneFitsHint} action={<Button variant="default" onClick={() => { setWanted(EVERYBODY); }}>{text.showAll}</Button>} />
        : (
            <div className={styles.scroll} data-pane="agents" tabIndex={0} role="group" aria-label={text.agents}>
              <AgentTable label={text.agents} agents={shown} queueNames={queueNames} onOpen={onOpen} grouping={grouping} queues={queues} />
            </div>
          )}
    </section>
  );
}

/** The names stay the same map as long as they are the same names. */
function useQueueNames(queues: readonly LiveQueue[]): ReadonlyMap<number, string> {
  const names = JSON.stringify(queues.map(({ queueId, name }) => [queueId, name]));
  return useMemo(() => new Map(JSON.parse(names) as [number, string][]), [names]);
}

/** The board itself: sums, queues, agents, and one agent in a panel of its own. */
export function FloorView({ floor }: { readonly floor: Floor }) {
  const [opened, setOpened] = useState<number | undefined>();
  const close = useCallback(() => { setOpened(undefined); }, []);
  const queueNames = useQueueNames(floor.queues);
  const agent = floor.agents.find(({ workNo }) => workNo === opened);
  return (
    <Stack>
      <InspectionBanner agents={floor.agents} />
      <TotalsBar floor={floor} />
      <div className={styles.panes}>
        <QueuesPane floor={floor} queueNames={queueNames} onOpen={setOpened} />
        <AgentsPane floor={floor} queueNames={queueNames} onOpen={setOpened} />
      </div>
      {agent !== undefined && <AgentPanel key={agent.workNo} agent={agent} queueNames={queueNames} onClose={close} />}
    </Stack>
  );
}
