import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from '../scripts/compressed.ts';

/** `npm start` and `npm test` build it (scripts/prepare.mjs). While one works on it: `vite console`, beside a Parley at PARLEY_URL. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), compressed()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 800 },
  server: { proxy: { '^/(admin|agentgateway|apiaccess|apigovernance|widget|rest|openapi|sip)': { target: process.env['PARLEY_URL'] ?? 'http://127.0.0.1:8080', ws: true } } },
});
