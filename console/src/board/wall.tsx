import { ActionIcon, Group, Modal } from '@mantine/core';
import { Minimize } from 'lucide-react';
import { memo, useEffect, type CSSProperties } from 'react';
import type { Floor, Line, LiveQueue } from '../live/live.ts';
import { Ticking } from '../show/ticking.tsx';
import { useText } from '../text/catalogue.ts';
import { useFormat, type Format } from '../text/format.ts';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { levelOf, queuesInOrder, tilesAcross, WAIT_LEVELS } from './floor.ts';
import { LineBadge } from './line-badge.tsx';
import { TotalsBar } from './totals.tsx';

const Tile = memo(function Tile({ queue: { queueId, name, today, waiting, longestSince, ready, talking }, format }: { readonly queue: LiveQueue; readonly format: Format }) {
  const text = useText(boardTexts);
  return (
    <li className={styles.tile} data-queue={queueId}>
      <h2>{name}</h2>
      <dl>
        <dt>{text.waiting}</dt><dt>{text.longest}</dt>
        <dd>{waiting}</dd><dd>{longestSince === null ? <span className={styles.zero}>–</span> : <Ticking since={longestSince} levels={WAIT_LEVELS} className={styles.figure} />}</dd>
        <dt>{text.levelShort}</dt><dt>{text.ready} / {text.talking}</dt>
        <dd>{today === null ? '–' : <span className={styles.figure} data-level={levelOf(today)}>{format.share(today.inTime, today.calls)}</span>}</dd><dd>{ready} / {talking}</dd>
      </dl>
    </li>
  );
});

export interface WallProps {
  readonly floor: Floor | undefined;
  readonly line: Line;
  readonly onLeave: () => void;
}

/** The board on a wall: the whole screen, large, and nothing else. Queues stay where they are, so that people know where to look. */
export function Wall({ floor, line, onLeave }: WallProps) {
  const text = useText(boardTexts);
  const format = useFormat();
  useEffect(() => {
    const look = (): void => { if (document.fullscreenElement === null) onLeave(); };
    document.addEventListener('fullscreenchange', look);
    return () => {
      document.removeEventListener('fullscreenchange', look);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, [onLeave]);
  return (
    <Modal.Root opened onClose={onLeave} fullScreen padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={text.wallTitle}>
        <div className={`${styles.wall} ${line.state === 'live' ? '' : styles.stale}`}>
          <Group justify="flex-end" gap="xs">
            <LineBadge line={line} />
            <ActionIcon variant="subtle" color="gray" aria-label={text.leaveWall} onClick={onLeave}><Minimize size={18} /></ActionIcon>
          </Group>
          {floor !== undefined && (
            <>
              <TotalsBar floor={floor} />
              <ul className={styles.tiles} style={{ '--across': tilesAcross(floor.queues.length) } as CSSProperties} aria-label={text.queues}>
                {queuesInOrder(floor.queues, { by: 'name', isDescending: false }).map((queue) => <Tile key={queue.queueId} queue={queue} format={format} />)}
              </ul>
            </>
          )}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
