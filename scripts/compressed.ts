import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(?:html|js|css|svg|json)$/;

/** Lays a compressed copy beside each built file, once, so that the server has nothing to compress. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'parley:compressed',
    apply: 'build',
    configResolved: ({ root, build }) => { folder = join(root, build.outDir); },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!WORTH_IT.test(name)) continue;
        const path = join(folder, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      }
    },
  };
}
