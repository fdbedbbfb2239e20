import { Card, Group, SegmentedControl, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { ChartColumn } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Empty } from '../show/empty.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { ExportButton } from './figure-summary.tsx';
import { figureTexts } from './figure-texts.ts';
import { useFigureWords } from './figure-words.ts';
import type { Course, Line, Point } from './figures.ts';
import type { Parts } from './periods.ts';

const Chart = lazy(async () => ({ default: (await import('./figures-chart.tsx')).FiguresChart }));
const TABLE_HEIGHT = 320;

export interface FigureCourseProps {
  /** Undefined while nothing is known yet. */
  readonly course: Course | undefined;
  readonly codes: readonly string[];
  readonly drawn: string;
  readonly onDraw: (code: string) => void;
  readonly parts: Parts;
  readonly choices: readonly Parts[];
  readonly onParts: (parts: Parts) => void;
  readonly isOneDay: boolean;
  readonly timeZone: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly fileName: string;
}

/** How an indicator went over the time: drawn, and in a table. */
export function FigureCourse({ course, codes, drawn, onDraw, parts, choices, onParts, isOneDay, timeZone, error, onRetry, fileName }: FigureCourseProps) {
  const text = useText(figureTexts);
  const format = useFormat(timeZone);
  const { wordingOf, valueOf, columnOf } = useFigureWords();
  const { name } = wordingOf(drawn);
  const timeOf = (at: number): string => (parts === 'day' ? format.date(at) : isOneDay ? format.time(at).slice(0, 5) : format.moment(at).replace(/:\d\d$/, ''));
  const lineName = ({ code, thing }: Line): string => thing ?? wordingOf(code).name;
  const lines = course?.lines ?? [];
  // Of a single thing all indicators are told, and the one that was chosen is drawn.
  const drawnLines = lines.filter(({ code }) => code === drawn).map((line) => ({ key: line.key, name: lineName(line) }));
  const columns: readonly Column<Point>[] = [
    { id: 'time', title: text.time, orderBy: ({ at }) => at, render: ({ at }) => timeOf(at) },
    ...lines.map((line): Column<Point> => ({ id: line.key, title: lineName(line), isNumber: true, orderBy: ({ values }) => values[line.key] ?? -1, render: ({ values }) => valueOf(line.code, values[line.key]) })),
  ];
  const rows = () => [
    [text.time, ...lines.map((line) => (line.thing === undefined ? columnOf(line.code) : `${line.thing}: ${columnOf(line.code)}`))],
    ...(course?.points ?? []).map(({ at, values }) => [timeOf(at), ...lines.map(({ key }) => values[key] ?? '')]),
  ];
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">{text.course}</Title>
          <Group gap="xs">
            <Select size="xs" w={230} searchable aria-label={text.drawn} allowDeselect={false} value={drawn} data={codes.map((code) => ({ value: code, label: wordingOf(code).name }))} onChange={(code) => { if (code !== null) onDraw(code); }} />
            <SegmentedControl size="xs" aria-label={text.parts} value={parts} data={choices.map((one) => ({ value: one, label: text.partNames[one] }))} onChange={onParts} />
            {lines.length > 0 && <ExportButton rows={rows} name={fileName} />}
          </Group>
        </Group>
        {course !== undefined && lines.length > 0 && (
          <Suspense fallback={<Skeleton h={260} />}>
            <div role="img" aria-label={text.chart(name)}>
              <Chart code={drawn} lines={drawnLines} rows={course.points.map(({ at, values }) => ({ ...values, label: timeOf(at) }))} valueOf={(value) => valueOf(drawn, value)} />
            </div>
          </Suspense>
        )}
        {course !== undefined && course.others > 0 && <Text size="xs" c="dimmed">{text.others(format.count(course.others))}</Text>}
        <Records
          label={text.course} rows={lines.length === 0 && course !== undefined ? [] : course?.points} idOf={({ at }) => at} columns={columns} error={error} onRetry={onRetry} maxHeight={TABLE_HEIGHT}
          empty={<Empty icon={ChartColumn} title={text.empty} hint={text.emptyHint} />}
        />
      </Stack>
    </Card>
  );
}
