import { Alert, List, Modal, Stack } from '@mantine/core';
import { Check, PhoneOff } from 'lucide-react';
import { explainAgent } from '@parley/contract/admin/explain.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useAsked } from '../../session/asking.ts';
import { Loaded } from '../../show/loaded.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { agentTexts } from './agent-texts.ts';
import type { Agent } from './agents.ts';

const LIVE_MS = 2000;
type QueueNow = Result<typeof explainAgent>['queues'][number];

/** Why no call comes to an agent, as it is at the moment. */
export function AgentExplanation({ agent: { workNo, userName }, onClose }: { readonly agent: Agent; readonly onClose: () => void }) {
  const text = useText(agentTexts);
  const explanation = useAsked(explainAgent, { workNo }, { everyMs: LIVE_MS });
  const columns: readonly Column<QueueNow>[] = [
    { id: 'name', title: text.queue, render: ({ name }) => name },
    { id: 'waiting', title: text.waiting, isNumber: true, render: ({ waiting }) => waiting },
    { id: 'ready', title: text.ready, isNumber: true, render: ({ ready }) => ready },
    { id: 'ahead', title: text.ahead, isNumber: true, render: ({ ahead }) => ahead ?? '–' },
  ];
  return (
    <Modal opened onClose={onClose} title={text.explainTitle(userName)} size="lg" centered>
      <Loaded query={explanation}>
        {({ getsCalls, obstacles, queues }) => (
          <Stack>
            <Alert color={getsCalls ? 'teal' : 'yellow'} icon={getsCalls ? <Check /> : <PhoneOff />} title={getsCalls ? text.getsCalls : text.getsNone}>
              {obstacles.length > 0 && <List size="sm">{obstacles.map(({ why, text: words }) => <List.Item key={why}>{words}</List.Item>)}</List>}
            </Alert>
            <Records label={text.queues} rows={queues} idOf={({ queueId }) => queueId} columns={columns} empty={text.notSignedIn} />
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}
