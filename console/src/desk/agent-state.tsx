import { ActionIcon, Badge, type BadgeProps, Box, Button, Group, Menu, Popover, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { showReasons } from '@parley/contract/admin/workplace.ts';
import { ChevronDown, CircleHelp, LogOut, Settings } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { DeviceChooser } from '../phone/device-chooser.tsx';
import { usePhone } from '../phone/phone.ts';
import { useAsked } from '../session/asking.ts';
import { ConfirmButton } from '../show/confirm-button.tsx';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { becomeBusy, becomeReady, rest, takeCalls, wrapUp } from './actions.ts';
import { handsOf, hindrancesOf, MADE_BUSY, wayToReady, type Hindrance } from './calls.ts';
import { leaveDesk, useDesk, type DeskNow } from './desk.ts';
import { deskTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { ShortcutList } from './shortcut-list.tsx';
import { hasKeys, SHORTCUTS, useShortcut } from './shortcuts.ts';

type Agent = DeskNow['agent'];
type AgentState = Agent['state'];

/** Shades on which the words can be read (WCAG 2.2, 1.4.3). */
const COLOURS: Partial<Readonly<Record<AgentState, string>>> = { idle: 'teal.9', preoccupied: 'teal.9', busy: 'red.9', rest: 'grape.8', study: 'grape.8', wrapUp: 'orange.4', held: 'yellow.4' };
const colourOf = (state: AgentState): string => COLOURS[state] ?? 'blue.8';

/** Why no calls come, where they do not. */
function useHindrances(now: DeskNow): readonly Hindrance[] {
  const phone = usePhone();
  const { session } = useDesk();
  return hindrancesOf(now, session?.phone == null ? undefined : phone);
}

interface StateBadgeProps extends BadgeProps {
  readonly now: DeskNow;
}

/** Ready is not green as long as no call can come. */
export function StateBadge({ now, ...badge }: StateBadgeProps) {
  const { states } = useText(deskTexts);
  const { state } = now.agent;
  const isInVain = useHindrances(now).length > 0 && (state === 'idle' || state === 'preoccupied');
  return <Badge color={isInVain ? 'gray' : colourOf(state)} variant={isInVain ? 'outline' : 'filled'} tt="none" {...badge}>{states[state]}</Badge>;
}

const REST_MINUTES = [5, 10, 15, 30, 45, 60] as const;
const REST_STORED = 'parley.desk.rest';
const lastRest = (): number => Number(localStorage.getItem(REST_STORED) ?? '15') || 15;

/** Why the agent is busy or rests, in words. */
function useReason({ state, reason }: Agent): string {
  const text = useText(deskTexts);
  const kind = state === 'rest' ? 'rest' : 'busy';
  const reasons = useAsked(showReasons, { kind }, { enabled: (state === 'busy' || state === 'rest') && reason !== 0 });
  if (reason === 0 || (state !== 'busy' && state !== 'rest')) return '';
  const made = state === 'busy' ? MADE_BUSY[reason as keyof typeof MADE_BUSY] : undefined;
  return made === undefined ? reasons.data?.reasons.find(({ code }) => code === reason)?.name ?? String(reason) : text.madeBusy[made];
}

/** How long the state has lasted, or what is left of it. */
function StateClock({ agent, aheadMs }: { readonly agent: Agent; readonly aheadMs: number }) {
  const text = useText(deskTexts);
  const { until, since } = agent;
  if (until === null) return <Ticking since={since + aheadMs} />;
  const end = until + aheadMs;
  return end > Date.now() ? <><Ticking since={end} isCountdown /> {text.left}</> : <><Ticking since={end} /> {text.over}</>;
}

function StateMenu({ agent }: { readonly agent: Agent }) {
  const text = useText(deskTexts);
  const { run } = useDoing();
  const [isOpen, setOpen] = useState(false);
  const [minutes, setMinutes] = useState(lastRest);
  const busyReasons = useAsked(showReasons, { kind: 'busy' });
  const restReasons = useAsked(showReasons, { kind: 'rest' });
  const { state } = agent;
  const go = (name: string, work: () => Promise<unknown>): void => {
    setOpen(false);
    void run(work, name);
  };
  const ready = wayToReady(agent) === undefined ? undefined : () => { go('ready', () => becomeReady(agent)); };
  const busy = (reason: number) => () => { go(`busy ${reason}`, () => becomeBusy(agent, reason)); };
  const resting = (reason: number) => () => {
    localStorage.setItem(REST_STORED, String(minutes));
    go(`rest ${reason}`, () => rest(agent, reason, minutes * 60));
  };
  const wrap = state === 'idle' || state === 'busy' || state === 'rest' ? () => { go('wrapUp', () => wrapUp(agent)); } : undefined;
  useShortcut('ready', ready);
  useShortcut('busy', busy(0));
  useShortcut('rest', resting(0));
  useShortcut('wrapUp', wrap);
  const key = (command: keyof typeof SHORTCUTS): ReactNode => hasKeys() && <Text size="xs" c="dimmed">{SHORTCUTS[command]}</Text>;
  const named = (reasons: typeof busyReasons) => (reasons.data?.reasons ?? []).filter(({ code }) => code !== 0);
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-start" width={280} closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="light" size="compact-sm" rightSection={<ChevronDown size={14} aria-hidden />}>{text.changeState}</Button>
      </Menu.Target>
      <Menu.Dropdown mah={460} style={{ overflowY: 'auto' }}>
        <Menu.Item disabled={ready === undefined} onClick={ready} rightSection={key('ready')}>{text.ready}</Menu.Item>
        <Menu.Item disabled={wrap === undefined} onClick={wrap} rightSection={key('wrapUp')}>{text.wrapUp}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{text.busy}</Menu.Label>
        <Menu.Item onClick={busy(0)} rightSection={key('busy')}>{text.noReason}</Menu.Item>
        {named(busyReasons).map(({ code, name }) => <Menu.Item key={code} onClick={busy(code)}>{name}</Menu.Item>)}
        <Menu.Divider />
        <Menu.Label>{text.rest}</Menu.Label>
        <Group px="sm" pb={4} gap={4} role="group" aria-label={text.restFor}>
          {REST_MINUTES.map((each) => (
            <UnstyledButton key={each} aria-pressed={each === minutes} onClick={() => { setMinutes(each); }}>
              <Badge size="sm" variant={each === minutes ? 'filled' : 'default'} tt="none">{text.minutes(each)}</Badge>
            </UnstyledButton>
          ))}
        </Group>
        <Menu.Item onClick={resting(0)} rightSection={key('rest')}>{text.noReason}</Menu.Item>
        {named(restReasons).map(({ code, name }) => <Menu.Item key={code} onClick={resting(code)}>{name}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says why no calls come, where they do not. */
function WhyNot({ now }: { readonly now: DeskNow }) {
  const text = useText(deskTexts);
  const { run, isBusy } = useDoing();
  const hindrances = useHindrances(now);
  if (hindrances.length === 0 || (hindrances.length === 1 && hindrances[0] === 'talking')) return null;
  return (
    <Popover width={300} position="bottom-start" withArrow>
      <Popover.Target><Button size="compact-xs" variant="subtle" mt={4} ml={-6} leftSection={<CircleHelp size={14} aria-hidden />}>{text.whyNot}</Button></Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          {hindrances.map((hindrance) => <Text key={hindrance} size="sm">{text.hindrances[hindrance]}</Text>)}
          {hindrances.includes('takesNone') && <Button size="xs" loading={isBusy} onClick={() => { void run(takeCalls); }}>{text.takeCalls}</Button>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function PhoneBadge() {
  const text = useText(deskTexts);
  const { line, microphone } = usePhone();
  const { session } = useDesk();
  if (session === undefined) return null;
  if (session.phone === null) return <Badge size="sm" variant="light" color="gray" tt="none">{session.phoneNumber === '' ? text.phone.off : text.atPhone(session.phoneNumber)}</Badge>;
  const isReady = line === 'up' && microphone !== 'missing';
  return <Badge size="sm" variant="light" color={isReady ? 'teal' : 'yellow'} tt="none" role="status">{line === 'up' && !isReady ? text.phone.deaf : text.phone[line]}</Badge>;
}

function Leave({ now }: { readonly now: DeskNow }) {
  const text = useText(deskTexts);
  const { run, isBusy } = useDoing();
  const { inHand, held } = handsOf(now.calls);
  if (inHand !== undefined || held.length > 0) {
    return (
      <ConfirmButton size="compact-sm" variant="subtle" color="gray" question={text.leaveQuestion} consequence={text.leaveMeans} isBusy={isBusy} error={undefined} onConfirm={() => run(() => leaveDesk({ isForced: true }))}>
        {text.leave}
      </ConfirmButton>
    );
  }
  return <Button size="compact-sm" variant="subtle" color="gray" leftSection={<LogOut size={14} aria-hidden />} loading={isBusy} onClick={() => { void run(leaveDesk); }}>{text.leave}</Button>;
}

/** Where the agent stands, since when, and the way to another state. */
export function AgentState({ now }: { readonly now: DeskNow }) {
  const text = useText(deskTexts);
  const format = useFormat();
  const { aheadMs, session } = useDesk();
  const { agent } = now;
  const reason = useReason(agent);
  return (
    <Box component="section" aria-label={text.changeState}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs" role="status">
            <StateBadge now={now} size="xl" />
            <Text fw={600}><StateClock agent={agent} aheadMs={aheadMs} /></Text>
          </Group>
          {reason !== '' && <Text size="sm" c="dimmed">{reason}</Text>}
          {agent.next !== null && <Text size="sm">{text.next[agent.next]}</Text>}
          <WhyNot now={now} />
        </div>
        <Group gap={4} wrap="nowrap">
          <PhoneBadge />
          <ShortcutList />
          <Popover width={320} position="bottom-end" withArrow trapFocus>
            <Popover.Target>
              <Tooltip label={text.settings}><ActionIcon variant="subtle" color="gray" aria-label={text.settings}><Settings size={18} /></ActionIcon></Tooltip>
            </Popover.Target>
            <Popover.Dropdown>
              <DeviceChooser />
              {session !== undefined && <Text size="xs" c="dimmed" mt="sm">{text.signedInSince} {format.moment(session.signedInAt + aheadMs)}</Text>}
            </Popover.Dropdown>
          </Popover>
        </Group>
      </Group>
      <Group gap={4} mt={8} justify="space-between">
        <StateMenu agent={agent} />
        <Leave now={now} />
      </Group>
    </Box>
  );
}
