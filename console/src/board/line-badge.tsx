import { Badge } from '@mantine/core';
import type { Line } from '../live/live.ts';
import { useText } from '../text/catalogue.ts';
import { useFormat } from '../text/format.ts';
import { boardTexts } from './board-texts.ts';

/** Whether what is shown is how things are. */
export function LineBadge({ line }: { readonly line: Line }) {
  const text = useText(boardTexts);
  const format = useFormat();
  if (line.state === 'asking') return <Badge variant="dot" color="gray" role="status">{text.loading}</Badge>;
  if (line.state === 'live') return <Badge variant="dot" color="teal" role="status">{text.live}</Badge>;
  return <Badge variant="dot" color="orange" role="status">{text.away(format.time(line.since))}</Badge>;
}
