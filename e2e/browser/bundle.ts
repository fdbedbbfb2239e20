import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const REQUIRE = /\brequire\(\s*'([^']+)'\s*\)|\brequire\(\s*"([^"]+)"\s*\)/g;

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function fileAt(path: string): string {
  const found = [path, `${path}.js`, `${path}.json`, join(path, 'index.js')].find(isFile);
  if (found === undefined) throw new Error(`there is no module at ${path}`);
  return found;
}

/** The file that a module means by a name; packages of the browser's before those of Node's own that are called the same. */
function resolve(name: string, from: string): string {
  if (name.startsWith('.')) return fileAt(join(dirname(from), name));
  const manifest = createRequire(from).resolve(`${name}/package.json`);
  const { browser, main = 'index.js' } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly browser?: unknown; readonly main?: string };
  return fileAt(join(dirname(manifest), typeof browser === 'string' ? browser : main));
}

/** A CommonJS package with all that it needs as one script, which leaves it in a variable of the page. */
export function bundle(name: string, variable: string): string {
  const numbers = new Map<string, number>();
  const modules: string[] = [];
  const add = (file: string): number => {
    const known = numbers.get(file);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(file, number);
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.json')) modules[number] = `() => (module) => { module.exports = ${text}; }`;
    else {
      const needs: Record<string, number> = {};
      for (const [, single, double] of text.matchAll(REQUIRE)) {
        const needed = single ?? double ?? '';
        needs[needed] = add(resolve(needed, file));
      }
      // A function around it of its own, as a module may call its own things as it likes.
      modules[number] = `(load) => { const needs = ${JSON.stringify(needs)}; const require = (name) => load(needs[name]); return (module, exports) => {\n${text}\n}; }`;
    }
    return number;
  };
  const entry = add(resolve(name, import.meta.filename));
  return `const ${variable} = (() => { const made = []; const makers = [\n${modules.join(',\n')}\n];
const load = (number) => { if (!made[number]) { const module = made[number] = { exports: {} }; makers[number](load)(module, module.exports); } return made[number].exports; };
return load(${entry}); })();`;
}
