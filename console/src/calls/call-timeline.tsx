import { Box, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { useText } from '../text/catalogue.ts';
import { clockText, useFormat } from '../text/format.ts';
import { callTexts } from './call-texts.ts';
import { Coded } from './coded.tsx';
import { axisOf, barsOf, lengthsOf, placeOf, secondsOf, type Bar, type Phase, type Segment, type Span, type Trace } from './timeline.ts';

const PHASES: readonly Phase[] = ['flow', 'queue', 'connect', 'ring', 'talk', 'hold'];
const COLOURS: Readonly<Record<Phase, string>> = {
  flow: 'var(--mantine-color-grape-5)', queue: 'var(--mantine-color-yellow-5)', connect: 'var(--mantine-color-gray-5)', ring: 'var(--mantine-color-cyan-5)',
  talk: 'var(--mantine-color-teal-6)', hold: 'var(--mantine-color-orange-7)',
};
const LABEL_WIDTH = 170;
const ROW_HEIGHT = 30;

interface Stay {
  readonly segment: Segment;
  readonly bars: readonly Bar[];
}

/** Which device it is, in words. */
export function DeviceName({ segment: { device, no, name } }: { readonly segment: Segment }) {
  const text = useText(callTexts);
  return <>{text.devices[device]} {device === 'queue' || device === 'flow' ? name || no : [no, name].filter((one) => one !== '').join(' ')}</>;
}

function Legend({ stays }: { readonly stays: readonly Stay[] }) {
  const text = useText(callTexts);
  const there = new Set(stays.flatMap(({ bars }) => bars.map(({ phase }) => phase)));
  return (
    <Group gap="md">
      {PHASES.filter((phase) => there.has(phase)).map((phase) => (
        <Group key={phase} gap={6}><Box w={12} h={12} bg={COLOURS[phase]} style={{ borderRadius: 3 }} /><Text size="xs">{text.phases[phase]}</Text></Group>
      ))}
    </Group>
  );
}

/** The stays one below the other. Those who hear the page have the same in the table below it. */
function Chart({ trace, stays, now }: { readonly trace: Trace; readonly stays: readonly Stay[]; readonly now: number }) {
  const text = useText(callTexts);
  const axis = axisOf(trace, now);
  const left = (at: number): string => `${placeOf({ from: axis.from + at, to: axis.from + at }, axis).left}%`;
  return (
    <Box aria-hidden style={{ display: 'grid', gridTemplateColumns: `${LABEL_WIDTH}px minmax(0, 1fr)` }}>
      <Stack gap={0} pt={22}>
        {stays.map(({ segment }, index) => <Text key={index} size="sm" h={ROW_HEIGHT} lh={`${ROW_HEIGHT}px`} truncate pr="xs"><DeviceName segment={segment} /></Text>)}
      </Stack>
      <Box pos="relative" mr="lg">
        {axis.ticks.map((tick) => (
          <Box key={tick} pos="absolute" left={left(tick)} top={0} bottom={0} style={{ borderLeft: '1px solid var(--mantine-color-default-border)' }}><Text size="xs" c="dimmed" pl={4}>{clockText(tick)}</Text></Box>
        ))}
        <Stack gap={0} pt={22}>
          {stays.map(({ bars }, index) => (
            <Box key={index} pos="relative" h={ROW_HEIGHT}>
              {bars.map(({ phase, from, to }) => {
                const { left: at, width } = placeOf({ from, to }, axis);
                return (
                  <Tooltip key={`${phase} ${from}`} label={text.phaseFor(text.phases[phase], clockText(1000 * secondsOf({ from, to })))}>
                    <Box pos="absolute" top={5} h={ROW_HEIGHT - 10} left={`${at}%`} w={`${width}%`} miw={3} bg={COLOURS[phase]} style={{ borderRadius: 3 }} />
                  </Tooltip>
                );
              })}
            </Box>
          ))}
        </Stack>
      </Box>
    </Box>
  );
}

function StayRow({ stay: { segment, bars } }: { readonly stay: Stay }) {
  const text = useText(callTexts);
  const { time } = useFormat();
  const { enteredAt, enterReason, leftAt, leaveReason } = segment;
  return (
    <Table.Tr>
      <Table.Td><DeviceName segment={segment} /></Table.Td>
      <Table.Td>{time(enteredAt)}</Table.Td>
      <Table.Td><Coded kind="reasons" code={enterReason} /></Table.Td>
      <Table.Td>{lengthsOf(bars).map(({ phase, ms }) => text.phaseFor(text.phases[phase], clockText(ms))).join(', ')}</Table.Td>
      <Table.Td>{leftAt === null ? text.stillThere : time(leftAt)}</Table.Td>
      <Table.Td>{leaveReason !== null && <Coded kind="reasons" code={leaveReason} />}</Table.Td>
    </Table.Tr>
  );
}

export interface CallTimelineProps {
  readonly trace: Trace;
  readonly now: number;
  /** When agents held the call, by their work numbers. */
  readonly holds: ReadonlyMap<string, readonly Span[]>;
}

/** Where a call was and for how long, as bars and in a table with the reasons. */
export function CallTimeline({ trace, now, holds }: CallTimelineProps) {
  const text = useText(callTexts);
  const stays = trace.segments.map((segment) => ({ segment, bars: barsOf(segment, now, segment.device === 'agent' ? holds.get(segment.no) : undefined) }));
  if (stays.length === 0) return <Text c="dimmed" size="sm">{text.noSegments}</Text>;
  return (
    <Stack gap="sm">
      <Chart trace={trace} stays={stays} now={now} />
      <Legend stays={stays} />
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} aria-label={text.timeline}>
          <Table.Thead>
            <Table.Tr><Table.Th>{text.device}</Table.Th><Table.Th>{text.cameAt}</Table.Th><Table.Th>{text.why}</Table.Th><Table.Th>{text.length}</Table.Th><Table.Th>{text.leftAt}</Table.Th><Table.Th>{text.whyLeft}</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>{stays.map((stay, index) => <StayRow key={index} stay={stay} />)}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
