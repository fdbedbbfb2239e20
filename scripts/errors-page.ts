import { declaredOperations } from '../contract/operations.ts';
import type { Family } from '../contract/operation.ts';
import { refuse, type RefusalKind } from '../contract/refusal.ts';

interface Catalogue {
  readonly family: Family;
  /** The family's standard refusals, then those of its operations, each once, with the operations that name it. */
  readonly refusals: Map<RefusalKind, string[]>;
}

/** The one catalogue of each family, joined from its operations. */
export async function catalogues(): Promise<readonly Catalogue[]> {
  const found = new Map<Family, Catalogue>();
  for (const op of await declaredOperations()) {
    let catalogue = found.get(op.family);
    if (catalogue === undefined) {
      catalogue = { family: op.family, refusals: new Map(Object.values(op.family.refusals as unknown as Record<string, RefusalKind>).map((kind) => [kind, []])) };
      found.set(op.family, catalogue);
    }
    for (const kind of op.errors ?? []) catalogue.refusals.set(kind, [...(catalogue.refusals.get(kind) ?? []), op.id]);
  }
  return [...found.values()].toSorted((one, other) => one.family.id.localeCompare(other.family.id));
}

/** docs/errors.md. */
export async function errorsPage(): Promise<string> {
  const sections = (await catalogues()).map(({ family, refusals }) => {
    const shape = JSON.stringify(family.envelope.refusal(refuse(family.refusals.invalid, { message: '...' })));
    const rows = [...refusals].map(([kind, ids]) => `| \`${kind.name}\` | ${kind.status} | \`${kind.code}\`${kind.reason === undefined ? '' : ` \`${kind.reason}\``} | ${kind.text.replace(/\|/g, '\\|')} | ${ids.toSorted().join(', ')} |`);
    return `## ${family.title}\n\nPaths that begin with ${family.prefixes.map((prefix) => `\`${prefix}\``).join(' or ')}. On the wire, unless an operation has a form of its own: \`${shape}\`\n\n| refusal | HTTP | code | text | operations |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Refusals

What each family refuses, with its HTTP status, its code and its text; what stands in braces is filled in. A refusal that names no
operation may come from any of the family. This page is made from the code (\`npm run docs\`).

${sections.join('\n')}`;
}
