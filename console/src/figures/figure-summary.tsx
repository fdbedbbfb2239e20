import { Button, Card, Group, Stack, Text, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, ChartColumn, Download } from 'lucide-react';
import { saveFile } from '../recordings/file.ts';
import { Empty } from '../show/empty.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { csvOf } from './csv.ts';
import { figureTexts } from './figure-texts.ts';
import { useFigureWords } from './figure-words.ts';
import { nameOf, type Figures, type Whole } from './figures.ts';
import { changeOf } from './indicators.ts';

const GOOD = 'light-dark(var(--mantine-color-teal-9), var(--mantine-color-teal-3))';
const BAD = 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-3))';
const MANY = 200;

/** By how much a figure has changed: an arrow, the amount, and a colour where one way is better. */
function Delta({ code, now, before }: { readonly code: string; readonly now: number; readonly before: number }) {
  const text = useText(figureTexts);
  const { count } = useFormat();
  const change = changeOf(code, now, before);
  if (change === undefined) return null;
  const { by, isPoints, isBetter } = change;
  const amount = count(Math.abs(by) >= 10 ? Math.round(Math.abs(by)) : Math.round(Math.abs(by) * 10) / 10);
  const told = isPoints ? text.points(amount) : `${amount} %`;
  const Arrow = by > 0 ? ArrowUp : ArrowDown;
  return (
    <Text size="xs" c={isBetter === undefined ? 'dimmed' : isBetter ? GOOD : BAD}>
      <span aria-hidden><Arrow size={10} /> {told}</span><VisuallyHidden>{by > 0 ? text.delta.more(told) : text.delta.less(told)}</VisuallyHidden>
    </Text>
  );
}

/** Tables of figures as a file. */
export function ExportButton({ rows, name }: { readonly rows: () => readonly (readonly (string | number)[])[]; readonly name: string }) {
  const text = useText(figureTexts);
  return (
    <Button
      size="xs" variant="default" leftSection={<Download size={14} aria-hidden />}
      onClick={() => { saveFile(new Blob([csvOf(rows())], { type: 'text/csv;charset=utf-8' }), `${name}.csv`); }}
    >
      {text.exportCsv}
    </Button>
  );
}

export interface FigureSummaryProps {
  readonly told: Figures | undefined;
  readonly values: Whole | undefined;
  /** Those of the time before; undefined as long as nobody knows. */
  readonly before: Whole | undefined;
  readonly codes: readonly string[];
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly fileName: string;
  readonly remark: string;
}

/** Of each thing, what it did in all of the time, and how that compares. */
export function FigureSummary({ told, values, before, codes, error, onRetry, fileName, remark }: FigureSummaryProps) {
  const text = useText(figureTexts);
  const { wordingOf, valueOf, columnOf } = useFigureWords();
  const of = (id: number, code: string): number | undefined => values?.get(id)?.get(code);
  type Thing = Figures['figures'][number];
  const columns: readonly Column<Thing>[] = [
    { id: 'name', title: text.name, orderBy: nameOf, render: (thing) => nameOf(thing) },
    ...codes.map((code): Column<Thing> => ({
      id: code, title: wordingOf(code).name, isNumber: true, orderBy: ({ id }) => of(id, code) ?? -1,
      render: ({ id }) => {
        const [now, then] = [of(id, code), before?.get(id)?.get(code)];
        return <Tooltip label={wordingOf(code).formula} disabled={wordingOf(code).formula === ''} openDelay={600}><div>{valueOf(code, now)}{now !== undefined && then !== undefined && <Delta code={code} now={now} before={then} />}</div></Tooltip>;
      },
    })),
  ];
  const rows = () => [[text.id, text.name, ...codes.map(columnOf)], ...(told?.figures ?? []).map(({ id, name }) => [id, name, ...codes.map((code) => of(id, code) ?? '')])];
  return (
    <Card withBorder component="section">
      <Stack gap="sm">
        <Group justify="space-between"><Title order={2} size="h4">{text.summary}</Title>{told !== undefined && told.figures.length > 0 && <ExportButton rows={rows} name={fileName} />}</Group>
        <Records
          label={text.summary} rows={told?.figures} idOf={({ id }) => id} columns={columns} error={error} onRetry={onRetry} maxHeight={(told?.figures.length ?? 0) > MANY ? 600 : undefined}
          empty={<Empty icon={ChartColumn} title={text.noThings} hint={text.noThingsHint} />}
        />
        <Text size="xs" c="dimmed">{remark}</Text>
      </Stack>
    </Card>
  );
}
