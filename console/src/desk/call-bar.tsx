import { Anchor, Box, Group, Text } from '@mantine/core';
import { Phone, PhoneOff } from 'lucide-react';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { keepAttention } from '../phone/attention.ts';
import { keepPhone } from '../phone/phone.ts';
import { beforeSignOut } from '../session/session.ts';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { answer, hangUp } from './actions.ts';
import { StateBadge } from './agent-state.tsx';
import { useCallName } from './call-heading.tsx';
import { abilitiesOf, handsOf } from './calls.ts';
import { CommandButton } from './command-button.tsx';
import { findDesk, leaveDesk, useDesk, type DeskNow } from './desk.ts';
import { callTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { keepFailures } from './failures.ts';
import { keepMessages } from './messages.ts';

const DESK = '/desk';

function Bar({ now }: { readonly now: DeskNow }) {
  const text = useText(callTexts);
  const { aheadMs } = useDesk();
  const { run } = useDoing();
  const nameOf = useCallName();
  const { inHand, held: [held] } = handsOf(now.calls);
  const call = inHand ?? held;
  const can = abilitiesOf(now);
  return (
    <Group gap="xs" wrap="nowrap" component="section" aria-label={text.bar}>
      <Box role="status" visibleFrom={inHand === undefined ? undefined : 'sm'} style={{ flexShrink: 0 }}><StateBadge now={now} /></Box>
      <Text size="sm" visibleFrom="xs"><Ticking since={(call?.since ?? now.agent.since) + aheadMs} /></Text>
      {call !== undefined && <Text size="sm" fw={600} maw={160} truncate visibleFrom="sm">{nameOf(call)}</Text>}
      {can.answer && inHand !== undefined && <CommandButton command="answer" label={text.answer} icon={Phone} color="teal.9" style={{ flexShrink: 0 }} variant="filled" onRun={() => { void run(() => answer(inHand), 'answer'); }} />}
      {can.hangUp && inHand !== undefined && <CommandButton command="hangUp" label={text.hangUp} icon={PhoneOff} color="red.9" style={{ flexShrink: 0 }} variant="filled" onRun={() => { void run(() => hangUp(inHand), 'hangUp'); }} />}
      <Anchor component={Link} href={DESK} size="sm" visibleFrom="xs">{text.backToDesk}</Anchor>
    </Group>
  );
}

/** The agent's call on all other pages. It also keeps the phone, the ring and what events tell, from when the console is opened. */
export function CallBar() {
  const [location] = useLocation();
  const { standing, now } = useDesk();
  useEffect(() => {
    const stops = [keepPhone(), keepAttention(), keepMessages(), keepFailures(), beforeSignOut(() => leaveDesk({ isForced: true }))];
    void findDesk();
    return () => { for (const stop of stops) stop(); };
  }, []);
  if (standing !== 'open' || now === undefined || location === DESK) return null;
  return <Bar now={now} />;
}
