import { join } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';
import { compressed } from '../scripts/compressed.ts';

const root = import.meta.dirname;
const TARGET = 'es2022';

/** The file of the tag: one classic script that leaves nothing behind in the page, which a build of modules cannot be as well. */
function embedded(): Plugin {
  return {
    name: 'parley:embedded',
    apply: 'build',
    closeBundle: async () => {
      await build({
        root, configFile: false, logLevel: 'warn', plugins: [compressed()],
        build: {
          outDir: 'dist', emptyOutDir: false, copyPublicDir: false, target: TARGET,
          lib: { entry: join(root, 'src/embed.ts'), formats: ['iife'], name: 'parley', fileName: () => 'widget.js' },
        },
      });
    },
  };
}

/** `npm start` and `npm test` build it (scripts/prepare.mjs): the button's tag, its telephone, and the page for trying it. */
export default defineConfig({
  root,
  base: '/widget/',
  plugins: [embedded()],
  build: {
    outDir: 'dist', emptyOutDir: true, target: TARGET, modulePreload: false,
    rollupOptions: {
      input: { customer: join(root, 'customer.html'), phone: join(root, 'src/phone.ts') },
      preserveEntrySignatures: 'strict',
      // The tag's script finds its telephone by this name.
      output: { entryFileNames: ({ name }) => (name === 'phone' ? 'phone.js' : 'assets/[name]-[hash].js') },
    },
  },
});
