import { Alert, Badge, Button, Stack, Text } from '@mantine/core';
import { PartyPopper } from 'lucide-react';
import { customerPage, useDemo } from '../demo/demo.ts';
import { askWhom, useDemoLink } from '../demo/link.ts';
import { useSession } from '../session/session.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import { useKnown } from './facts.ts';
import { guideTexts } from './guide-texts.ts';
import { noteSeen, putAway, seenBy, useGuideState } from './guide-state.ts';
import { PlaceList } from './place-list.tsx';
import { StepList, type Lead } from './step-list.tsx';
import { progressOf, stepsFor, type StepName } from './steps.ts';

const PLACE_OF: Readonly<Record<Exclude<StepName, 'call' | 'look' | 'others'>, string>> = {
  ready: '/desk', talk: '/desk', board: '/board', queue: '/queues', agent: '/agents', number: '/numbers', button: '/widgets', watch: '/board', tenant: '/tenants', choose: '/tenants', people: '/users', keys: '/keys',
  trunk: '/trunks',
};

function Guide() {
  const text = useText(guideTexts);
  const session = useSession();
  const { token } = useDemoLink();
  const customer = useDemo(token).data?.customer ?? undefined;
  const { facts, latestCall, error } = useKnown();
  // Who else one could be is known by the link of the demo alone.
  const steps = stepsFor(session).filter((step) => step !== 'others' || token !== undefined);
  const { done, next } = progressOf(steps, facts);

  const seen = (step: StepName): (() => void) => () => { noteSeen(seenBy(session.account, step)); };
  const leadOf = (step: StepName): Lead | undefined => {
    if (step === 'call') return customer === undefined ? undefined : { kind: 'page', href: customerPage(customer) };
    if (step === 'look') return latestCall === undefined ? undefined : { kind: 'place', href: `/calls/${latestCall}`, onGo: seen(step) };
    if (step === 'others') return { kind: 'ask', onAsk: () => { seen(step)(); askWhom(true); } };
    return { kind: 'place', href: PLACE_OF[step], onGo: seen(step) };
  };
  return (
    <Stack maw={860} gap="sm">
      {error != null && <FaultAlert error={error} />}
      <Badge variant="light" size="lg" tt="none" role="status">{text.progress(done, steps.length)}</Badge>
      <StepList steps={steps} facts={facts} next={next} hints={customer === undefined ? { call: text.callElsewhere } : {}} leadOf={leadOf} />
      {next === undefined && <Alert color="teal" icon={<PartyPopper />} title={text.allDone}>{text.allDoneHint}</Alert>}
      {token !== undefined && <Text size="sm" c="dimmed">{text.several}</Text>}
    </Stack>
  );
}

/** The first page: what to do first, until it is put away; then where everything is. */
export function GuidePage() {
  const text = useText(guideTexts);
  const { name } = useSession();
  const { isAway } = useGuideState();
  const toggle = <Button variant="default" onClick={() => { putAway(!isAway); }}>{isAway ? text.back : text.away}</Button>;
  return (
    <Page title={text.title} about={isAway ? undefined : text.about(name)} actions={toggle}>
      {isAway ? <PlaceList /> : <Guide />}
    </Page>
  );
}
