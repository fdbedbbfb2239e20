import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { CloudOff, MonitorUp } from 'lucide-react';
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import { useFloor, useLine } from '../live/use-live.ts';
import { faultOf } from '../session/fault.ts';
import { useSession } from '../session/session.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import styles from './board.module.css';
import { boardTexts } from './board-texts.ts';
import { FloorView } from './floor-view.tsx';
import { LineBadge } from './line-badge.tsx';
import { Wall } from './wall.tsx';

const LINES = [1, 2, 3, 4, 5, 6];
const WALL = 'wall';

/** What changes several times a second is drawn by itself, and nothing around it. */
function Now() {
  const text = useText(boardTexts);
  const floor = useFloor();
  const line = useLine();
  if (floor !== undefined) return <div className={line.state === 'live' ? undefined : styles.stale}><FloorView floor={floor} /></div>;
  return line.state === 'asking' && <Stack gap="sm" aria-busy aria-label={text.loading}>{LINES.map((one) => <Skeleton key={one} height={32} />)}</Stack>;
}

function NowOnWall({ onLeave }: { readonly onLeave: () => void }) {
  const floor = useFloor();
  const line = useLine();
  return <Wall floor={floor} line={line} onLeave={onLeave} />;
}

/** What goes on now: the tenant's sums, its queues, its agents, and what a supervisor does about it. */
export function BoardPage() {
  const text = useText(boardTexts);
  // Operators change the tenant that they look at.
  useSession();
  const line = useLine();
  const [search, setSearch] = useSearchParams();
  const isOnWall = search.has(WALL);
  const leaveWall = useCallback(() => { setSearch({}); }, [setSearch]);
  const enterWall = (): void => {
    setSearch({ [WALL]: '' });
    // Where the browser will not, it fills the window.
    document.documentElement.requestFullscreen().catch(() => undefined);
  };
  const isRefused = line.state === 'away' && line.error !== undefined && !faultOf(line.error).isOffline;

  return (
    <Page
      title={text.title}
      actions={(
        <>
          <LineBadge line={line} />
          <Button size="xs" variant="default" leftSection={<MonitorUp size={14} />} onClick={enterWall}>{text.wall}</Button>
        </>
      )}
    >
      {isRefused && <FaultAlert error={line.error} />}
      {line.state === 'away' && !isRefused && <Alert color="orange" icon={<CloudOff />} p="xs" role="alert">{text.awayHint}</Alert>}
      {isOnWall ? <NowOnWall onLeave={leaveWall} /> : <Now />}
    </Page>
  );
}
