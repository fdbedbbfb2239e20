import { readdirSync } from 'node:fs';
import { isOperation, type Operation } from './operation.ts';

/** The operations that modules export, each once. */
export function operationsOf(modules: readonly Readonly<Record<string, unknown>>[]): readonly Operation[] {
  return [...new Set(modules.flatMap((module) => Object.values(module)).filter(isOperation))];
}

/** Every operation that a file of this folder declares, so that no list of them can be forgotten. */
export async function declaredOperations(): Promise<readonly Operation[]> {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|fixture|d)\.ts$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => new URL(`file://${entry.parentPath}/${entry.name}`).href);
  return operationsOf(await Promise.all(files.toSorted().map((file) => import(file) as Promise<Record<string, unknown>>)));
}
