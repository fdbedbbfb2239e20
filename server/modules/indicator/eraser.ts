import type { Eraser } from '../erasure/index.ts';
import { forgetNumbers } from './daily-store.ts';

/** 5.1.13. */
export const figuresEraser: Eraser = { module: 'indicator', tables: ['inbound_day', 'outbound_day'], erase: forgetNumbers };
