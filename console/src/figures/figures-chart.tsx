import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import { unitOf } from './indicators.ts';

export interface FiguresChartProps {
  readonly code: string;
  /** A row for each part of the time: what it is called, and the figures by the keys of the lines. */
  readonly rows: readonly Readonly<Record<string, string | number | undefined>>[];
  readonly lines: readonly { readonly key: string; readonly name: string }[];
  readonly valueOf: (value: number) => string;
}

const COLOURS = ['indigo.6', 'teal.6', 'orange.6', 'grape.6', 'cyan.6', 'pink.6', 'lime.7', 'gray.6'];
const HEIGHT = 260;
const SHARE: readonly [number, number] = [0, 100];

/** What has been counted as bars, shares and times as lines. It is loaded when there is something to draw. */
export function FiguresChart({ code, rows, lines, valueOf }: FiguresChartProps) {
  const unit = unitOf(code);
  const shared = {
    h: HEIGHT, data: [...rows], dataKey: 'label', withLegend: lines.length > 1, valueFormatter: valueOf, series: lines.map(({ key, name }, index) => ({ name: key, label: name, color: COLOURS[index % COLOURS.length] ?? 'gray.6' })),
    yAxisProps: { width: 70, allowDecimals: unit !== 'count', ...(unit === 'percent' ? { domain: [...SHARE] } : {}) },
  };
  return unit === 'count' ? <BarChart {...shared} maxBarWidth={40} /> : <LineChart {...shared} curveType="linear" connectNulls={false} withDots={rows.length <= 48} />;
}
