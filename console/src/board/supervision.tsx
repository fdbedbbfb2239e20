import { Anchor, Button, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { showReasons } from '@parley/contract/admin/workplace.ts';
import {
  qcAddInsert, qcAddSupervise, qcForceBusy, qcForceDropCall, qcForceIdle, qcForceLogout, qcForceRest, qcIntercept, qcRequestSwitchInsertWhisperAgent, qcRequestWhisperAgent, qcStopSuperviseOrInsert,
} from '@parley/contract/gateway/inspection.ts';
import type { LiveAgent } from '../live/live.ts';
import { useAsked } from '../session/asking.ts';
import { useSession } from '../session/session.ts';
import { ConfirmButton } from '../show/confirm-button.tsx';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useNotice } from '../show/notice.ts';
import { useText } from '../text/catalogue.ts';
import { useDoing, useInspection, useOwnDesk } from './own-desk.ts';
import { supervisionTexts } from './supervision-texts.ts';

const SECONDS_A_MINUTE = 60;
/** 12.1.11 takes a rest of a day, all but a second. */
const LONGEST_MINUTES = 1439;

interface OfAgentProps {
  readonly agent: LiveAgent;
  readonly isDisabled: boolean;
}

/** Listening, whispering and joining in: from one to the other while it goes on (12.1.14). */
function StepIn({ agent: { workNo, name, call }, isDisabled }: OfAgentProps) {
  const text = useText(supervisionTexts);
  const notice = useNotice();
  const inspection = useInspection();
  const listen = useDoing(qcAddSupervise);
  const whisper = useDoing(qcRequestWhisperAgent);
  const insert = useDoing(qcAddInsert);
  const change = useDoing(qcRequestSwitchInsertWhisperAgent);
  const stop = useDoing(qcStopSuperviseOrInsert);
  const intercept = useDoing(qcIntercept);
  const isWith = inspection?.workNo === workNo;
  const isBusy = [listen, whisper, insert, change, stop].some(({ isPending }) => isPending);
  const error = [listen, whisper, insert, change, stop].map((one) => one.error).find((one) => one !== null);
  const began = (): void => { for (const one of [listen, whisper, insert, change, stop]) one.reset(); };
  const ways = [
    { how: 'listening', words: text.listen, means: text.means.listen, begin: () => { listen.mutate({ workNo }); }, switchtype: 0 },
    { how: 'whispering', words: text.whisper, means: text.means.whisper, begin: () => { whisper.mutate({ whisperagentid: workNo }); }, switchtype: 2 },
    { how: 'inserting', words: text.insert, means: text.means.insert, begin: () => { insert.mutate({ workNo }); }, switchtype: 1 },
  ] as const;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {ways.map(({ how, words, means, begin, switchtype }) => (
          <Button
            key={how} size="xs" title={means} variant={isWith && inspection.how === how ? 'filled' : 'default'} aria-pressed={isWith && inspection.how === how} disabled={isDisabled} loading={isBusy}
            onClick={() => {
              began();
              if (isWith) change.mutate({ whisperagentid: workNo, switchtype });
              else begin();
            }}
          >
            {words}
          </Button>
        ))}
        {isWith && <Button size="xs" variant="default" disabled={isDisabled} loading={isBusy} onClick={() => { began(); stop.mutate({ workNo }); }}>{text.stop}</Button>}
        <ConfirmButton
          size="xs" color="orange" disabled={isDisabled || !isWith || call === null} question={text.interceptQuestion(name)} consequence={text.interceptMeans} isBusy={intercept.isPending} error={intercept.error}
          onConfirm={async () => {
            await intercept.mutateAsync({ workNo });
            notice.done(text.done.intercept);
          }}
        >
          {text.intercept}
        </ConfirmButton>
      </Group>
      {error !== undefined && <FaultAlert error={error} />}
    </Stack>
  );
}

/** Another state, at once or when the call is over; the end of the session, of the call. */
function Force({ agent: { workNo, name, call }, isDisabled }: OfAgentProps) {
  const text = useText(supervisionTexts);
  const notice = useNotice();
  const [minutes, setMinutes] = useState<number | string>(10);
  const [reason, setReason] = useState<string | null>(null);
  const reasons = (useAsked(showReasons, { kind: 'rest' }).data?.reasons ?? []).filter(({ code }) => code > 0);
  const [idle, busy, rest] = [useDoing(qcForceIdle), useDoing(qcForceBusy), useDoing(qcForceRest)];
  const [signOut, drop] = [useDoing(qcForceLogout), useDoing(qcForceDropCall)];
  const forced = [idle, busy, rest];
  const error = forced.map((one) => one.error).find((one) => one !== null);
  const onSuccess = (): void => { notice.done(text.done.force(name)); };
  const began = (): void => { for (const one of forced) one.reset(); };
  const code = Number(reason ?? reasons[0]?.code ?? 1);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={isDisabled} loading={idle.isPending} onClick={() => { began(); idle.mutate({ workNo }, { onSuccess }); }}>{text.idle}</Button>
        <Button size="xs" variant="default" disabled={isDisabled} loading={busy.isPending} onClick={() => { began(); busy.mutate({ workNo }, { onSuccess }); }}>{text.busy}</Button>
        <ConfirmButton size="xs" disabled={isDisabled} question={text.signOutQuestion(name)} consequence={text.signOutMeans} isBusy={signOut.isPending} error={signOut.error} onConfirm={() => signOut.mutateAsync({ workNo })}>
          {text.signOut}
        </ConfirmButton>
        <ConfirmButton
          size="xs" disabled={isDisabled || call === null} question={text.dropQuestion} consequence={text.dropMeans} isBusy={drop.isPending} error={drop.error}
          onConfirm={async () => {
            await drop.mutateAsync({ callid: call?.callId ?? '' });
            notice.done(text.done.drop);
          }}
        >
          {text.drop}
        </ConfirmButton>
      </Group>
      <Title order={4} size="h6">{text.sendToRest}</Title>
      <Group gap="xs" align="flex-end">
        <NumberInput size="xs" w={90} label={text.minutes} min={1} max={LONGEST_MINUTES} allowDecimal={false} disabled={isDisabled} value={minutes} onChange={setMinutes} />
        {reasons.length > 0 && (
          <Select
            size="xs" w={180} label={text.reason} allowDeselect={false} disabled={isDisabled} value={String(code)} onChange={setReason}
            data={reasons.map(({ code: one, name: words }) => ({ value: String(one), label: words }))}
          />
        )}
        <Button
          size="xs" variant="default" disabled={isDisabled || Number(minutes) < 1} loading={rest.isPending}
          onClick={() => { began(); rest.mutate({ workNo, time: Math.round(Number(minutes) * SECONDS_A_MINUTE), reason: code }, { onSuccess }); }}
        >
          {text.rest}
        </Button>
      </Group>
      {error !== undefined && <FaultAlert error={error} />}
    </Stack>
  );
}

/** What an inspector can do with an agent (12.1); who cannot is told why. */
export function Supervision({ agent }: { readonly agent: LiveAgent }) {
  const text = useText(supervisionTexts);
  const { workNo } = useSession();
  const desk = useOwnDesk();
  const isSelf = workNo === agent.workNo;
  const isDisabled = !desk.may || isSelf;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">{text.supervise}</Title>
      {isSelf && <Text size="sm">{text.self}</Text>}
      {!desk.may && !isSelf && (
        <Text size="sm">{text[desk.why]} {(desk.why === 'notAtDesk' || desk.why === 'elsewhere') && <Anchor component={Link} href="/desk" size="sm">{text.toDesk}</Anchor>}</Text>
      )}
      <StepIn agent={agent} isDisabled={isDisabled} />
      <Title order={3} size="h5">{text.force}</Title>
      <Force agent={agent} isDisabled={isDisabled} />
    </Stack>
  );
}
