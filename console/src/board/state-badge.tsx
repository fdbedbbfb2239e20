import type { LiveAgent } from '../live/live.ts';
import { useText } from '../text/catalogue.ts';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { phaseOf } from './floor.ts';

/** What an agent does, in a colour and in a word. */
export function StateBadge({ state }: Pick<LiveAgent, 'state'>) {
  const text = useText(boardTexts);
  return <span className={styles.state} data-phase={phaseOf({ state })}>{text.states[state]}</span>;
}
