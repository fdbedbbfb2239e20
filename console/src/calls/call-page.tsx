import { Accordion, Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { showCall } from '@parley/contract/admin/call.ts';
import { exportContactLog } from '@parley/contract/admin/explain.ts';
import { ArrowLeft, Download, PhoneOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { OutcomeList } from '../outcomes/outcome-list.tsx';
import { OutcomeNote } from '../outcomes/outcome-note.tsx';
import { outcomeTexts } from '../outcomes/outcome-texts.ts';
import { mayNote } from '../outcomes/outcomes.ts';
import { saveFile } from '../recordings/file.ts';
import { RecordingPlayer } from '../recordings/recording-player.tsx';
import { useAsked, useChange } from '../session/asking.ts';
import { faultOf } from '../session/fault.ts';
import { useSession } from '../session/session.ts';
import { Empty } from '../show/empty.tsx';
import { Loaded } from '../show/loaded.tsx';
import { useNotice } from '../show/notice.ts';
import { Page } from '../show/page.tsx';
import { useNow } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { holdsOf } from './agent-operations.ts';
import { CallExplanation, CallTurns } from './call-explanation.tsx';
import { DirectionMark, LIVE_MS, Outcome } from './call-list.tsx';
import { callTexts } from './call-texts.ts';
import { CallTimeline } from './call-timeline.tsx';
import { OperationsAround, useOperationsAround } from './operations-around.tsx';
import { secondsOf, type Trace } from './timeline.ts';

function Section({ title, children, actions }: { readonly title: string; readonly children: ReactNode; readonly actions?: ReactNode }) {
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Group justify="space-between"><Title order={2} size="h4">{title}</Title>{actions}</Group>
        {children}
      </Stack>
    </Card>
  );
}

/** All that the centre decided about a call, for those who may replay it. */
function LogButton({ callId }: { readonly callId: string }) {
  const text = useText(callTexts);
  const notice = useNotice();
  const read = useChange(exportContactLog);
  const save = (): void => {
    read.mutate({ callId }, { onSuccess: (log) => { saveFile(new Blob([JSON.stringify(log)], { type: 'application/json' }), `call-${callId}.json`); }, onError: notice.failed });
  };
  return <Button size="xs" variant="default" leftSection={<Download size={14} aria-hidden />} loading={read.isPending} title={text.exportLogHint} onClick={save}>{text.exportLog}</Button>;
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <div><Text component="dt" size="xs" c="dimmed">{title}</Text><Text component="dd" m={0} size="sm">{children}</Text></div>;
}

function Summary({ trace: { call, about }, now }: { readonly trace: Trace; readonly now: number }) {
  const text = useText(callTexts);
  const format = useFormat();
  const { callId, beganAt, endedAt, caller, called, direction, medium, queueName, queueId, workNo, agentName, flowSeconds, waitSeconds, ringSeconds, talkSeconds } = call;
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 4, lg: 6 }} m={0} spacing="sm">
      <Fact title={text.caller}>{caller === '' ? text.withheld : caller}</Fact>
      <Fact title={text.called}>{called}</Fact>
      <Fact title={text.direction}><DirectionMark direction={direction} /></Fact>
      <Fact title={text.medium}>{text.media[medium]}</Fact>
      <Fact title={text.queue}>{queueName || queueId || '–'}</Fact>
      <Fact title={text.agent}>{workNo === null ? '–' : `${workNo} ${agentName}`}</Fact>
      <Fact title={text.began}>{format.moment(beganAt)}</Fact>
      <Fact title={text.ended}>{endedAt === null ? '–' : format.moment(endedAt)}</Fact>
      <Fact title={text.whole}>{clockText(1000 * secondsOf({ from: beganAt, to: endedAt ?? now }))}</Fact>
      {flowSeconds > 0 && <Fact title={text.flow}>{clockText(flowSeconds * 1000)}</Fact>}
      <Fact title={text.wait}>{clockText(waitSeconds * 1000)}</Fact>
      <Fact title={text.ring}>{clockText(ringSeconds * 1000)}</Fact>
      <Fact title={text.talk}>{clockText(talkSeconds * 1000)}</Fact>
      <Fact title={call.isLive ? text.now : text.outcome}><Outcome call={call} /></Fact>
      {about !== null && <Fact title={text.aboutCall}><Anchor component={Link} href={`/calls/${encodeURIComponent(about)}`} size="sm">{about}</Anchor></Fact>}
      <Fact title={text.id}>{callId}</Fact>
    </SimpleGrid>
  );
}

/** For whoever talked in the call, as long as it can be noted. */
function OwnOutcome({ trace }: { readonly trace: Trace }) {
  const { workNo } = useSession();
  const now = useNow();
  return mayNote(trace, workNo, now) && <OutcomeNote callId={trace.call.callId} />;
}

function CallTold({ trace, now }: { readonly trace: Trace; readonly now: number }) {
  const text = useText(callTexts);
  const { outcome } = useText(outcomeTexts);
  const mayReplay = useSession().permissions.includes('tenant.write');
  const operations = useOperationsAround(trace);
  const { call, explanation, recordings } = trace;
  return (
    <Stack gap="md">
      <Section title={text.summary} actions={mayReplay && explanation !== null && <LogButton callId={call.callId} />}><Summary trace={trace} now={now} /></Section>
      <Section title={outcome}>
        <OutcomeList outcomes={call.outcomes} />
        <OwnOutcome trace={trace} />
      </Section>
      <Section title={text.timeline}><CallTimeline trace={trace} now={now} holds={holdsOf(operations, call.callId)} /></Section>
      <Section title={text.recordings}>
        {recordings.length === 0
          ? <Text size="sm" c="dimmed">{text.noRecordings}</Text>
          : recordings.map((recording) => <RecordingPlayer key={recording.id} recording={recording} />)}
      </Section>
      <Section title={text.whyThisAgent}><CallExplanation trace={trace} /></Section>
      <Accordion variant="contained" order={2} multiple>
        <Accordion.Item value="operations">
          <Accordion.Control>{text.operations}</Accordion.Control>
          <Accordion.Panel><OperationsAround operations={operations} callId={call.callId} /></Accordion.Panel>
        </Accordion.Item>
        {explanation !== null && (
          <Accordion.Item value="turns">
            <Accordion.Control>{text.trace}</Accordion.Control>
            <Accordion.Panel><CallTurns turns={explanation.turns} /></Accordion.Panel>
          </Accordion.Item>
        )}
      </Accordion>
    </Stack>
  );
}

/** What lasts in a call that goes on has lasted until now. */
function CallGoingOn({ trace }: { readonly trace: Trace }) {
  return <CallTold trace={trace} now={useNow()} />;
}

/** A call: what it was, where it was, why it went that way, and what was recorded. */
export function CallPage({ callId, back }: { readonly callId: string; readonly back: string }) {
  const text = useText(callTexts);
  const [isLive, setIsLive] = useState(false);
  const call = useAsked(showCall, { callId }, isLive ? { everyMs: LIVE_MS } : {});
  const told = call.data?.call;
  // Only a call that goes on is asked for again.
  if (told !== undefined && told.isLive !== isLive) setIsLive(told.isLive);
  return (
    <Page
      title={told === undefined ? text.title : text.oneCall(told.direction === 'out' ? told.called : told.caller || text.withheld)}
      about={isLive ? <Badge component="span" color="teal" variant="light">{text.isLive}</Badge> : undefined}
      actions={<Button component={Link} href={back} variant="default" leftSection={<ArrowLeft size={16} aria-hidden />}>{text.back}</Button>}
    >
      {faultOf(call.error).status === 404 ? <Empty icon={PhoneOff} title={text.noSuchCall} hint={text.noSuchCallHint} /> : <Loaded query={call}>{(trace) => (trace.call.isLive ? <CallGoingOn trace={trace} /> : <CallTold trace={trace} now={trace.call.endedAt ?? trace.call.beganAt} />)}</Loaded>}
    </Page>
  );
}
