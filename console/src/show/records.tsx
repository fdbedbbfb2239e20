import { Anchor, Button, Group, Skeleton, Table, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { FaultAlert } from './fault-alert.tsx';
import classes from './records.module.css';

const texts = catalogue({
  en: { more: 'Show more' },
  zh: { more: '显示更多' },
});

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  /** What rows are ordered by when the column's head is pressed; it cannot be pressed without. */
  readonly orderBy?: (row: T) => string | number;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
  readonly width?: number;
}

export interface RecordsProps<T> {
  /** What the table is of, for those who hear it. */
  readonly label: string;
  /** Undefined while nothing is known yet. */
  readonly rows: readonly T[] | undefined;
  readonly idOf: (row: T) => string | number;
  readonly columns: readonly Column<T>[];
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** What stands there when there is nothing. */
  readonly empty: ReactNode;
  /** Opens a row: by a click anywhere on it, by the keyboard on its first cell. */
  readonly onOpen?: (row: T) => void;
  /** What can be done with a row, at its end. */
  readonly actions?: (row: T) => ReactNode;
  /** More of it, page by page. */
  readonly more?: { readonly isThere: boolean; readonly isLoading: boolean; readonly show: () => void };
  readonly maxHeight?: number | string;
}

interface Order {
  readonly id: string;
  readonly isDescending: boolean;
}

const WAITING_ROWS = [1, 2, 3, 4, 5];
const align = (isNumber = false): 'right' | 'left' => (isNumber ? 'right' : 'left');

function inOrder<T>(rows: readonly T[], columns: readonly Column<T>[], order: Order | undefined): readonly T[] {
  const orderBy = columns.find(({ id }) => id === order?.id)?.orderBy;
  if (order === undefined || orderBy === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [orderBy(one), orderBy(other)];
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
  });
}

interface HeadProps<T> {
  readonly column: Column<T>;
  readonly order: Order | undefined;
  readonly onOrder: (order: Order) => void;
}

function Head<T>({ column: { id, title, orderBy, isNumber, width }, order, onOrder }: HeadProps<T>) {
  const isOrdered = order?.id === id;
  const direction = order?.isDescending === true ? 'descending' : 'ascending';
  return (
    <Table.Th ta={align(isNumber)} w={width} aria-sort={isOrdered ? direction : undefined}>
      {orderBy === undefined ? title : (
        <UnstyledButton fz="sm" fw={700} onClick={() => { onOrder({ id, isDescending: isOrdered && !order.isDescending }); }}>
          {title}{isOrdered && (order.isDescending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
        </UnstyledButton>
      )}
    </Table.Th>
  );
}

/** A table with all its states: nothing known yet, nothing there, a fault, more to come. */
export function Records<T>({ label, rows, idOf, columns, error, onRetry, empty, onOpen, actions, more, maxHeight }: RecordsProps<T>) {
  const text = useText(texts);
  const [order, setOrder] = useState<Order>();
  const shown = useMemo(() => rows && inOrder(rows, columns, order), [rows, columns, order]);
  const fault = error != null && <FaultAlert error={error} onRetry={onRetry} />;
  if (rows === undefined && fault !== false) return fault;
  if (rows?.length === 0) return <>{fault}{empty}</>;

  const cell = (row: T, { id, render, isNumber }: Column<T>, isFirst: boolean): ReactNode => (
    <Table.Td key={id} ta={align(isNumber)}>
      {isFirst && onOpen !== undefined
        ? <Anchor component="button" type="button" size="sm" ta="left" onClick={(event) => { event.stopPropagation(); onOpen(row); }}>{render(row)}</Anchor>
        : render(row)}
    </Table.Td>
  );
  return (
    <>
      {fault}
      <Table.ScrollContainer minWidth={480} maxHeight={maxHeight} scrollAreaProps={{ type: 'auto', classNames: { viewport: classes.scroller } }}>
        <Table className={classes.table} striped highlightOnHover withTableBorder stickyHeader={maxHeight !== undefined} verticalSpacing="xs" aria-label={label} aria-busy={rows === undefined}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => <Head key={column.id} column={column} order={order} onOrder={setOrder} />)}
              {actions !== undefined && <Table.Td />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown === undefined && WAITING_ROWS.map((row) => <Table.Tr key={row}>{columns.map(({ id }) => <Table.Td key={id}><Skeleton height={16} /></Table.Td>)}</Table.Tr>)}
            {shown?.map((row) => (
              <Table.Tr key={idOf(row)} style={onOpen && { cursor: 'pointer' }} onClick={onOpen && (() => { onOpen(row); })}>
                {columns.map((column, index) => cell(row, column, index === 0))}
                {actions !== undefined && <Table.Td onClick={(event) => { event.stopPropagation(); }}><Group justify="flex-end" gap="xs" wrap="nowrap">{actions(row)}</Group></Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {more?.isThere === true && <Group justify="center"><Button variant="default" loading={more.isLoading} onClick={more.show}>{text.more}</Button></Group>}
    </>
  );
}
