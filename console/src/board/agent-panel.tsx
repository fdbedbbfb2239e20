import { Anchor, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'wouter';
import type { LiveAgent } from '../live/live.ts';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { boardTexts } from './board-texts.ts';
import { Explanation } from './explanation.tsx';
import { useReasonOf } from './reasons.ts';
import { StateBadge } from './state-badge.tsx';
import { Supervision } from './supervision.tsx';
import { supervisionTexts } from './supervision-texts.ts';

export interface AgentPanelProps {
  readonly agent: LiveAgent;
  readonly queueNames: ReadonlyMap<number, string>;
  readonly onClose: () => void;
}

/** One agent: what goes on, why calls come or do not, and what can be done about it. The board goes on beside it. */
export const AgentPanel = memo(function AgentPanel({ agent, queueNames, onClose }: AgentPanelProps) {
  const text = useText(supervisionTexts);
  const board = useText(boardTexts);
  const reason = useReasonOf()(agent);
  const { name, workNo, state, since, call } = agent;
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={`${name} · ${workNo}`} overlayProps={{ backgroundOpacity: 0.15 }} lockScroll={false} closeButtonProps={{ 'aria-label': text.close }}>
      <Stack>
        <Group gap="xs">
          <StateBadge state={state} />
          <Text size="sm"><Ticking since={since} /></Text>
          {reason !== '' && <Text size="sm">{reason}</Text>}
          {call !== null && (
            <Anchor component={Link} href={`/calls/${call.callId}`} size="sm">
              {text.openCall} ({[board.directions[call.direction], queueNames.get(call.queueId ?? 0)].filter(Boolean).join(' · ')})
            </Anchor>
          )}
        </Group>
        <Supervision agent={agent} />
        <Title order={3} size="h5">{text.title}</Title>
        <Explanation workNo={agent.workNo} state={text.inState(board.states[state], reason)} />
      </Stack>
    </Drawer>
  );
});
