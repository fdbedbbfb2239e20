import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import type { Floor } from '../live/live.ts';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { levelOf, totalsOf, WAIT_LEVELS } from './floor.ts';

/** The sums of the tenant. */
export function TotalsBar({ floor }: { readonly floor: Floor }) {
  const text = useText(boardTexts);
  const format = useFormat();
  const { waiting, longestSince, level, talking, ready, signedIn } = totalsOf(floor);
  const formula = level.calls === 0 ? text.levelNone : text.levelFormula(format.count(level.inTime), format.count(level.calls));
  return (
    <dl className={styles.totals} style={{ margin: 0 }}>
      <div className={styles.total}><dt>{text.waiting}</dt><dd>{format.count(waiting)}</dd></div>
      <div className={styles.total}><dt>{text.longest}</dt><dd>{longestSince === undefined ? <span className={styles.zero}>–</span> : <Ticking since={longestSince} levels={WAIT_LEVELS} className={styles.figure} />}</dd></div>
      <div className={styles.total}>
        <dt>{text.level}</dt>
        <dd><span className={styles.figure} data-level={levelOf(level)}>{format.share(level.inTime, level.calls)}</span></dd>
        <dd className={styles.formula}>{formula}</dd>
      </div>
      <div className={styles.total}><dt>{text.talking}</dt><dd>{format.count(talking)}</dd></div>
      <div className={styles.total}><dt>{text.ready}</dt><dd>{format.count(ready)}</dd></div>
      <div className={styles.total}><dt>{text.signedIn}</dt><dd>{format.count(signedIn)}</dd></div>
    </dl>
  );
}
