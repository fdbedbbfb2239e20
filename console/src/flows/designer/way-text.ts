import type { Way } from '../graph/graph.ts';
import { fieldText, type NodeTexts } from '../node-texts.ts';
import type { DesignerTexts } from './designer-texts.ts';

/** What a way is called: by the key that leads there, by its condition, else by its field. */
export function wayText(nodes: NodeTexts, text: Pick<DesignerTexts, 'key'>, type: string, { label, path }: Way): string {
  const [outer, inner] = path;
  if (label !== undefined && label !== '') return outer === 'choices' ? text.key(label) : label;
  const field = fieldText(nodes, type, String(outer));
  return typeof inner === 'number' ? `${field} ${inner + 1}` : field;
}
