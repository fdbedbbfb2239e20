import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { customerOf, isMeeting } from './calls.ts';
import { useDesk, type DeskCall } from './desk.ts';
import { callTexts } from './desk-texts.ts';

/** Who it is, in a line: a customer by number, a colleague by name. */
export function useCallName(): (call: DeskCall) => string {
  const text = useText(callTexts);
  return (call) => {
    const [first] = call.parties;
    if (isMeeting(call)) return text.meeting;
    if (first?.kind === 'agent' && (call.direction === 'internal' || call.about !== null)) return first.name || first.no;
    return customerOf(call) || text.withheld;
  };
}

/** What kind of call it is, with whom, and for how long. */
export function CallHeading({ call }: { readonly call: DeskCall }) {
  const text = useText(callTexts);
  const { aheadMs } = useDesk();
  const nameOf = useCallName();
  const kinds = { in: text.incoming, out: text.outgoing, internal: text.internal } as const;
  const kind = isMeeting(call) ? text.meeting : call.about === null ? kinds[call.direction] : text.consultation;
  const details = [call.queueName === '' ? '' : text.queue(call.queueName), call.direction === 'in' && call.called !== '' ? text.calledNumber(call.called) : ''].filter((part) => part !== '');
  return (
    <div>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">{kind}</Text>
        <Group gap={4} wrap="nowrap">
          {call.isRecorded && <Badge size="sm" color="red" variant="dot" tt="none">{text.recorded}</Badge>}
          {call.isMuted && <Badge size="sm" color="orange.4" tt="none">{text.muted}</Badge>}
          <Badge size="sm" variant="light" tt="none">{text.stages[call.stage]}</Badge>
        </Group>
      </Group>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text fz={24} fw={650} lh={1.3} truncate>{nameOf(call)}</Text>
        <Text fz="lg"><Ticking since={call.since + aheadMs} /></Text>
      </Group>
      <Group gap="xs">
        {details.map((detail) => <Text key={detail} size="sm">{detail}</Text>)}
        {!call.callerVerified && <Badge size="xs" color="yellow" variant="light" tt="none">{text.unverified}</Badge>}
        <Anchor component={Link} href={`/calls/${call.callId}`} size="xs" c="dimmed">{call.callId}</Anchor>
      </Group>
    </div>
  );
}
