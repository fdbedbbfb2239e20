import { Badge, Button, Card, Collapse, Group, Menu, SimpleGrid, Stack, Text } from '@mantine/core';
import { ArrowLeft, ArrowLeftRight, ArrowRightLeft, ChevronDown, Circle, Grip, Merge, Mic, MicOff, Pause, Phone, PhoneOff, Play, Split, Square } from 'lucide-react';
import { useState } from 'react';
import { silenceHere, useSilentHere } from '../phone/phone.ts';
import { useText } from '../text/catalogue.ts';
import { answer, comeBack, hangUp, hold, joinWith, leaveTogether, mute, pickUp, press, record, reject, sendAway } from './actions.ts';
import { CallHeading } from './call-heading.tsx';
import { isMeeting, type Abilities } from './calls.ts';
import { CommandButton } from './command-button.tsx';
import type { DeskCall } from './desk.ts';
import { callTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { Keypad } from './keypad.tsx';
import { Meeting } from './meeting.tsx';
import { TransferPanel } from './transfer-panel.tsx';

interface CardProps {
  readonly call: DeskCall;
  readonly can: Abilities;
}

/** A call that rings: nothing but to take it or not. */
function Ringing({ call }: CardProps) {
  const text = useText(callTexts);
  const { run, isBusy } = useDoing();
  const meets = isMeeting(call);
  return (
    <Group gap="xs">
      <CommandButton command="answer" label={meets ? text.joinMeeting : text.answer} icon={Phone} color="teal.9" variant="filled" size="md" px="md" loading={isBusy} onRun={() => { void run(() => answer(call)); }} />
      <Button.Group>
        <CommandButton command="reject" label={meets ? text.declineMeeting : call.queueId === null ? text.reject : text.rejectBack} icon={PhoneOff} color="red" variant="light" size="md" px="md" onRun={() => { void run(() => reject(call, call.queueId === null)); }} />
        {!meets && call.queueId !== null && (
          <Menu position="bottom-end">
            <Menu.Target><Button size="md" px="xs" color="red" variant="light" aria-label={text.reject}><ChevronDown size={16} /></Button></Menu.Target>
            <Menu.Dropdown><Menu.Item onClick={() => { void run(() => reject(call, true)); }}>{text.rejectEnd}</Menu.Item></Menu.Dropdown>
          </Menu>
        )}
      </Button.Group>
    </Group>
  );
}

/** Who else is there, and who of them can be sent away. */
function Parties({ call }: { readonly call: DeskCall }) {
  const text = useText(callTexts);
  const { run } = useDoing();
  const others = call.parties.length > 1 ? call.parties : call.parties.filter(({ isHeld }) => isHeld);
  if (others.length === 0 || isMeeting(call)) return null;
  return (
    <Group gap={6} aria-label={text.parties} role="group">
      {others.map(({ kind, no, name, isHeld }) => (
        <Badge
          key={`${kind} ${no}`} variant="light" color={isHeld ? 'yellow' : 'gray'} tt="none" size="lg" pr={4}
          rightSection={call.stage === 'conference' && (kind === 'number' || kind === 'agent')
            ? <Button size="compact-xs" variant="subtle" color="red" px={4} aria-label={text.sendAway(name || no)} onClick={() => { void run(() => sendAway(no)); }}><PhoneOff size={12} /></Button> : undefined}
        >
          {text.kinds[kind]} {name || no || text.withheld}{isHeld ? ` · ${text.isHeld}` : ''}
        </Badge>
      ))}
    </Group>
  );
}

/** As wide as each other, unless there are longer words in one. */
const UNCUT = 'repeat(var(--sg-cols), minmax(max-content, 1fr))';

function Controls({ call, can }: CardProps) {
  const text = useText(callTexts);
  const { run, runEach } = useDoing();
  const [panel, setPanel] = useState<'transfer' | 'keys' | undefined>();
  const [pressed, setPressed] = useState('');
  const toggle = (which: typeof panel): void => { setPanel(panel === which ? undefined : which); };
  const { join, comeBack: way } = can;
  const isSilent = useSilentHere();
  // In a conference nobody but its chair mutes by Parley, so that one mutes oneself here.
  const meets = isMeeting(call);
  const isMuted = meets ? isSilent : call.isMuted;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing={6} verticalSpacing={6} style={{ gridTemplateColumns: UNCUT }}>
        <CommandButton command="hold" label={text.hold} icon={Pause} disabled={!can.hold} onRun={() => { void run(hold, 'hold'); }} />
        <CommandButton command="mute" label={isMuted ? text.unmute : text.mute} icon={isMuted ? MicOff : Mic} isOn={isMuted} disabled={!can.mute} onRun={() => { if (meets) silenceHere(!isMuted); else void run(() => mute(call), isMuted ? 'unmute' : 'mute'); }} />
        <CommandButton command="keypad" label={text.keypad} icon={Grip} isOn={panel === 'keys'} disabled={!can.keys} onRun={() => { toggle('keys'); }} />
        <CommandButton command="transfer" label={text.transfer} icon={ArrowRightLeft} isOn={panel === 'transfer'} disabled={!can.transfer} onRun={() => { toggle('transfer'); }} />
        <CommandButton command="record" label={call.isRecorded ? text.stopRecording : text.record} icon={call.isRecorded ? Square : Circle} isOn={call.isRecorded} disabled={!can.record} onRun={() => { void run(() => record(call), call.isRecorded ? 'stopRecording' : 'record'); }} />
        <CommandButton command="hangUp" label={meets ? text.meetLeave : text.hangUp} icon={PhoneOff} color="red.9" variant="filled" disabled={!can.hangUp} onRun={() => { void run(() => hangUp(call), 'hangUp'); }} />
      </SimpleGrid>
      {(way !== undefined || join !== undefined) && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} verticalSpacing={6}>
          {way !== undefined && <CommandButton command="comeBack" label={text.comeBack} icon={ArrowLeft} onRun={() => { void run(() => comeBack(way), 'comeBack'); }} />}
          {join !== undefined && (
            <>
              <CommandButton command="swap" label={text.swap} icon={ArrowLeftRight} onRun={() => { void run(() => pickUp(join), 'swap'); }} />
              <CommandButton command="join" label={text.join} icon={Merge} onRun={() => { void run(() => joinWith(join), 'join'); }} />
              <CommandButton command="leaveThem" label={text.leaveThem} icon={Split} onRun={() => { void run(() => leaveTogether(join), 'leaveThem'); }} />
            </>
          )}
        </SimpleGrid>
      )}
      <Collapse expanded={panel === 'keys'}>
        <Stack gap={6}>
          <Text ff="monospace" mih={22} aria-live="polite">{pressed}</Text>
          <Keypad onPress={(key) => { setPressed(`${pressed}${key}`.slice(-24)); void runEach(() => press(key)); }} />
        </Stack>
      </Collapse>
      {panel === 'transfer' && can.transfer && <TransferPanel call={call} isConsulting={can.consult} onDone={() => { setPanel(undefined); }} />}
    </Stack>
  );
}

/** The call in hand. */
export function CallCard({ call, can }: CardProps) {
  return (
    <Card withBorder padding="sm" shadow={call.stage === 'ringing' ? 'md' : undefined} style={call.stage === 'ringing' ? { borderColor: 'var(--mantine-color-teal-6)' } : undefined}>
      <Stack gap="sm">
        <CallHeading call={call} />
        <Parties call={call} />
        {call.stage === 'ringing' && <Ringing call={call} can={can} />}
        {call.stage !== 'ringing' && isMeeting(call) && call.stage !== 'dialling' && <Meeting call={call} />}
        {call.stage !== 'ringing' && <Controls key={call.callId} call={call} can={can} />}
      </Stack>
    </Card>
  );
}

/** A call that waits for the agent, with music. */
export function HeldCall({ call }: { readonly call: DeskCall }) {
  const text = useText(callTexts);
  const { run, isBusy } = useDoing();
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        <CallHeading call={call} />
        <Group gap={6}>
          <Button size="compact-sm" leftSection={<Play size={14} aria-hidden />} loading={isBusy} onClick={() => { void run(() => pickUp(call.callId)); }}>{text.resume}</Button>
          <Button size="compact-sm" color="red" variant="light" leftSection={<PhoneOff size={14} aria-hidden />} onClick={() => { void run(() => hangUp(call)); }}>{text.hangUp}</Button>
        </Group>
      </Stack>
    </Card>
  );
}
