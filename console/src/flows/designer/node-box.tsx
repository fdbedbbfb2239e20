import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo, type CSSProperties } from 'react';
import { useText } from '../../text/catalogue.ts';
import { FLOW, type Box, type Way } from '../graph/graph.ts';
import { isDrawn } from '../graph/layout.ts';
import { nodeTexts, typeText } from '../node-texts.ts';
import { designerTexts } from './designer-texts.ts';
import { inkOf, lookOf } from './look.ts';
import classes from './node-box.module.css';
import { wayText } from './way-text.ts';

export type BoxNode = Node<{
  readonly box: Box;
  readonly summary: string;
  /** What is wrong with it, in words. */
  readonly faults: readonly string[];
  /** Ways that lead to nodes which are not there. */
  readonly broken: ReadonlySet<string>;
}, 'box'>;

interface WayRowProps {
  readonly way: Way;
  readonly type: string;
  readonly isBroken: boolean;
}

function WayRow({ way, type, isBroken }: WayRowProps) {
  const nodes = useText(nodeTexts);
  const text = useText(designerTexts);
  const isOpen = isBroken || (way.to === undefined && !way.isOptional);
  const name = wayText(nodes, text, type, way);
  return (
    <li className={classes['way']} data-open={isOpen || undefined} data-optional={(way.to === undefined && way.isOptional) || undefined} title={isOpen ? `${name}: ${text.open}` : name}>
      <span className={classes['to']}>{name}</span>
      <Handle type="source" position={Position.Right} id={way.field} role="img" aria-label={name} />
    </li>
  );
}

/** One node of the diagram: its kind, its name, what it says or does, and its ways out. */
export const NodeBox = memo(({ data: { box, summary, faults, broken }, selected }: NodeProps<BoxNode>) => {
  const nodes = useText(nodeTexts);
  const text = useText(designerTexts);
  const { icon: Icon, color } = lookOf(box.type);
  const kind = typeText(nodes, box.type);
  const isFlow = box.id === FLOW;
  const ways = box.ways.filter((way) => selected || isDrawn(way));
  return (
    <div className={classes['box']} data-selected={selected || undefined} data-faulty={faults.length > 0 || undefined} style={{ '--box-color': inkOf(color) } as CSSProperties}>
      {!isFlow && <Handle type="target" position={Position.Left} />}
      <div className={classes['head']}>
        <Icon size={20} aria-hidden className={classes['icon']} />
        <div className={classes['names']}>
          <div className={classes['name']}>{isFlow ? text.startsHere : box.title || box.id}</div>
          {!isFlow && <div className={classes['kind']}>{box.title === '' ? kind : `${kind} · ${box.id}`}</div>}
        </div>
        {faults.length > 0 && <span title={faults.join('\n')}><TriangleAlert size={18} color="var(--mantine-color-red-filled)" role="img" aria-label={text.problems(faults.length)} /></span>}
      </div>
      {summary !== '' && <div className={classes['summary']}>{summary}</div>}
      {ways.length > 0 && <ul className={classes['ways']}>{ways.map((way) => <WayRow key={way.field} way={way} type={box.type} isBroken={broken.has(way.field)} />)}</ul>}
    </div>
  );
});
NodeBox.displayName = 'NodeBox';
