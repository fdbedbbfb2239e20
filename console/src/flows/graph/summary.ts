import { controlOf, type Kinds, type ReferenceKind } from './control.ts';
import { jsonOf, textOf, type Json } from './json.ts';
import type { Box } from './graph.ts';

/** What something of the tenant's is called, such as the queue 3. */
export type NameOf = (kind: ReferenceKind, id: string) => string;

/** What is heard of a prompt, as one reads it. */
export function promptText(prompt: unknown, nameOf: NameOf): string {
  if (Array.isArray(prompt)) return prompt.map((piece: unknown) => promptText(piece, nameOf)).join(' ');
  if (typeof prompt === 'string') return prompt;
  const { say, play, path } = jsonOf(prompt);
  if (play !== undefined) return `♪ ${nameOf('voiceFile', textOf(play))}`;
  return path === undefined ? textOf(say) : `♪ ${textOf(path)}`;
}

const SUMMARIES: Readonly<Record<string, (node: Json, nameOf: NameOf) => string>> = {
  set: ({ variable, to }) => (variable === undefined && to === undefined ? '' : `${textOf(variable)} = ${textOf(to)}`),
  wait: ({ seconds }) => (seconds === undefined ? '' : `${textOf(seconds)} s`),
  http: ({ method = 'GET', url }) => (url === undefined ? '' : `${textOf(method)} ${textOf(url)}`),
  branch: () => '',
};

/** What a node says or does, in a line: of kinds that are not known here, what their fields have in the way of texts and names. */
export function summaryOf({ type, node }: Box, { types }: Kinds, nameOf: NameOf): string {
  const known = SUMMARIES[type];
  if (known !== undefined) return known(node, nameOf);
  const said: string[] = [];
  for (const [name, schema] of Object.entries(types.get(type)?.fields.properties ?? {})) {
    const value = node[name];
    // What is said to those who press nothing is not what the node is about.
    if (value === undefined || name === 'noInput' || name === 'noMatch') continue;
    const control = controlOf(schema);
    if (control.kind === 'prompt' || schema['x-kind'] === 'spoken') said.push(promptText(value, nameOf));
    else if (control.kind === 'reference') said.push(typeof value === 'string' && control.mayCompute ? value : nameOf(control.of, textOf(value)));
    else if (schema['x-kind'] === 'template') said.push(textOf(value));
    else if (control.kind === 'list' && Array.isArray(value)) {
      const inner = controlOf(control.of);
      if (inner.kind === 'reference') said.push(...value.map((id: unknown) => nameOf(inner.of, textOf(id))));
    }
  }
  return said.join(' · ');
}
