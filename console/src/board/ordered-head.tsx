import { ArrowDown, ArrowUp } from 'lucide-react';
import { reordered, type Order } from './floor.ts';
import styles from './board.module.css';

export interface OrderedHeadProps<Key extends string> {
  readonly by: Key;
  readonly title: string;
  readonly order: Order<Key>;
  readonly onOrder: (order: Order<Key>) => void;
  readonly isNumber?: boolean;
  readonly isLargestFirst?: boolean;
}

/** The head of a column by which rows can be ordered. */
export function OrderedHead<Key extends string>({ by, title, order, onOrder, isNumber = false, isLargestFirst = false }: OrderedHeadProps<Key>) {
  const isOrdered = order.by === by;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" className={isNumber ? styles.number : undefined} aria-sort={isOrdered ? direction : undefined}>
      <button type="button" className={styles.press} onClick={() => { onOrder(reordered(order, by, isLargestFirst)); }}>
        {title}{isOrdered && (order.isDescending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
      </button>
    </div>
  );
}
