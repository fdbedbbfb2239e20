import { Alert, Box, Button, Card, Flex, Group, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { CloudOff, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { PhoneNotice } from '../phone/phone-notice.tsx';
import { OutcomeNote } from '../outcomes/outcome-note.tsx';
import { outcomeTexts } from '../outcomes/outcome-texts.ts';
import { useText } from '../text/catalogue.ts';
import { AgentState } from './agent-state.tsx';
import { CallCard, HeldCall } from './call-card.tsx';
import { abilitiesOf, handsOf, notableOf } from './calls.ts';
import { useDesk, type DeskNow } from './desk.ts';
import { callTexts, deskTexts } from './desk-texts.ts';
import { DialPad } from './dial-pad.tsx';
import { Door } from './door.tsx';
import { NewMeeting } from './meeting.tsx';
import { Side } from './side.tsx';

/** What came of the call in hand, or of the one before. */
function CallOutcome({ now }: { readonly now: DeskNow }) {
  const text = useText(outcomeTexts);
  const call = notableOf(now);
  if (call === null) return null;
  const title = call.number === '' ? text.lastCall : text.of(call.number);
  return (
    <Card withBorder padding="sm" component="section" aria-label={title}>
      <Text size="sm" fw={600} mb={6}>{title}</Text>
      <OutcomeNote key={call.callId} callId={call.callId} />
    </Card>
  );
}

/** The calls, and where there is none the way to one. */
function Calls({ now }: { readonly now: DeskNow }) {
  const text = useText(callTexts);
  const [isMeeting, setMeeting] = useState(false);
  const can = abilitiesOf(now);
  const { inHand, held } = handsOf(now.calls);
  return (
    <Stack gap="sm" component="section" aria-label={text.calls}>
      {inHand !== undefined && <CallCard call={inHand} can={can} />}
      {held.map((call) => <HeldCall key={call.callId} call={call} />)}
      <CallOutcome now={now} />
      {isMeeting && can.meet && <Card withBorder padding="sm"><NewMeeting onDone={() => { setMeeting(false); }} /></Card>}
      {inHand === undefined && !isMeeting && (
        <Card withBorder padding="sm">
          {can.dial ? <DialPad /> : <Text size="sm" c="dimmed">{text.noneHint}</Text>}
        </Card>
      )}
      {can.meet && !isMeeting && <Group><Button size="compact-sm" variant="subtle" leftSection={<UsersRound size={14} aria-hidden />} onClick={() => { setMeeting(true); }}>{text.meetBegin}</Button></Group>}
    </Stack>
  );
}

function OpenDesk() {
  const text = useText(deskTexts);
  const { now, isOffline } = useDesk();
  if (now === undefined) return <Stack p="md" aria-busy><Skeleton height={90} /><Skeleton height={240} /></Stack>;
  return (
    <Flex direction={{ base: 'column', md: 'row' }} gap="md" p="md" align="stretch">
      <Stack w={{ base: '100%', md: 440 }} gap="sm" style={{ flexShrink: 0 }}>
        {isOffline && <Alert color="yellow" icon={<CloudOff />} title={text.offline} role="alert">{text.offlineHint}</Alert>}
        <PhoneNotice />
        <Card withBorder padding="sm"><AgentState now={now} /></Card>
        <Calls now={now} />
      </Stack>
      <Box style={{ flex: 1, minWidth: 0 }} component="section">
        <Card withBorder padding="sm" mih={400}><Side now={now} /></Card>
      </Box>
    </Flex>
  );
}

/** Where an agent works: the state, the calls, and what is known beside them. */
export function DeskPage() {
  const text = useText(deskTexts);
  const { standing } = useDesk();
  useDocumentTitle(`${text.title} · Parley`);
  return (
    <>
      <VisuallyHidden><Title order={1}>{text.title}</Title></VisuallyHidden>
      {standing === 'open' ? <OpenDesk /> : <Door />}
    </>
  );
}
