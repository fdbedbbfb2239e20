import { ActionIcon, Badge, Button, Group, NumberInput, Stack, TagsInput, Text, Tooltip } from '@mantine/core';
import { Crown, Mic, MicOff, UserMinus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../text/catalogue.ts';
import { endMeeting } from './actions.ts';
import { addressOf, beginConference, handOver, invite, isSilenced, MOST_MEMBERS, remove, silence, useConference, type Participant } from './conference.ts';
import { useDesk, type DeskCall } from './desk.ts';
import { callTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { useColleagues } from './people.ts';

const FEWEST_MEMBERS = 3;

interface InviteesProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Colleagues by a list, anybody by number. */
function Invitees({ chosen, onChange }: InviteesProps) {
  const text = useText(callTexts);
  const colleagues = useColleagues() ?? [];
  return (
    <TagsInput
      size="xs" label={text.invited} value={[...chosen]} onChange={onChange} splitChars={[',', ' ', ';']} clearable
      data={colleagues.filter(({ standing }) => standing !== 'signedOut').map(({ address }) => address)}
      renderOption={({ option }) => <Text size="sm">{colleagues.find(({ address }) => address === option.value)?.name} <Text span size="xs" c="dimmed">{option.value}</Text></Text>}
    />
  );
}

function Member({ participant, isChair, name }: { readonly participant: Participant; readonly isChair: boolean; readonly name: string }) {
  const text = useText(callTexts);
  const { run, isBusy } = useDoing();
  const isSilent = isSilenced(participant);
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" truncate>{name}</Text>
      <Group gap={4} wrap="nowrap">
        {participant.role === 1 && <Badge size="sm" variant="light" tt="none">{text.chair}</Badge>}
        {isSilent && <Badge size="sm" color="orange" variant="light" tt="none">{text.muted}</Badge>}
        {isChair && participant.role !== 1 && (
          <>
            {participant.addressType === '9' && (
              <Tooltip label={text.meetHandOver}>
                <ActionIcon variant="subtle" disabled={isBusy} aria-label={`${text.meetHandOver} ${name}`} onClick={() => { void run(() => handOver(participant)); }}><Crown size={16} /></ActionIcon>
              </Tooltip>
            )}
            <Tooltip label={isSilent ? text.meetUnmute : text.meetMute}>
              <ActionIcon variant="subtle" disabled={isBusy} aria-label={`${isSilent ? text.meetUnmute : text.meetMute} ${name}`} onClick={() => { void run(() => silence(participant)); }}>
                {isSilent ? <MicOff size={16} /> : <Mic size={16} />}
              </ActionIcon>
            </Tooltip>
            <Tooltip label={text.meetRemove}>
              <ActionIcon variant="subtle" color="red" disabled={isBusy} aria-label={`${text.meetRemove} ${name}`} onClick={() => { void run(() => remove(participant)); }}><UserMinus size={16} /></ActionIcon>
            </Tooltip>
          </>
        )}
      </Group>
    </Group>
  );
}

/** The conference that the agent is in: who is there; for its chair, who is to come or to go. */
export function Meeting({ call }: { readonly call: DeskCall }) {
  const text = useText(callTexts);
  const { workNo, now } = useDesk();
  const { run, isBusy } = useDoing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const conference = useConference(call);
  const nameOf = ({ address }: Participant): string => (Number(address) === workNo ? now?.agent.name : call.parties.find(({ no }) => no === address)?.name) || address;
  const isChair = conference?.addresses.some(({ address, role }) => role === 1 && Number(address) === workNo) === true;
  const bring = async (): Promise<void> => {
    if (await run(() => invite(chosen))) setChosen([]);
  };
  return (
    <Stack gap={6} component="section" aria-label={text.meetPeople}>
      {conference?.addresses.map((participant) => <Member key={`${participant.addressType} ${participant.address}`} participant={participant} isChair={isChair} name={nameOf(participant)} />)}
      {isChair && (
        <>
          <Invitees chosen={chosen} onChange={setChosen} />
          <Group gap={6}>
            <Button size="compact-sm" disabled={chosen.length === 0} loading={isBusy} onClick={() => { void bring(); }}>{text.meetInvite}</Button>
            <Button size="compact-sm" color="red" variant="light" onClick={() => { void run(endMeeting); }}>{text.meetEnd}</Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

/** Begins one with several people at once. */
export function NewMeeting({ onDone }: { readonly onDone: () => void }) {
  const text = useText(callTexts);
  const { run } = useDoing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [places, setPlaces] = useState<number | string>(10);
  const begin = (): void => {
    onDone();
    void run(() => beginConference(chosen.filter((one) => addressOf(one).address !== ''), Math.max(Number(places) || FEWEST_MEMBERS, chosen.length + 1)));
  };
  return (
    <Stack gap="xs" component="section" aria-label={text.meetBegin}>
      <Text size="sm" c="dimmed">{text.meetHint}</Text>
      <Invitees chosen={chosen} onChange={setChosen} />
      <NumberInput size="xs" label={text.meetPlaces} min={FEWEST_MEMBERS} max={MOST_MEMBERS} value={places} onChange={setPlaces} />
      <Group gap={6}>
        <Button size="compact-sm" leftSection={<UsersRound size={14} aria-hidden />} onClick={begin}>{text.meetBegin}</Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onDone}>{text.close}</Button>
      </Group>
    </Stack>
  );
}
