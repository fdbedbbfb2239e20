import type { Handler } from '@parley/contract/handler.ts';
import { widgetKeyHandlers, type WidgetKeyDependencies } from './key-operations.ts';
import { callTokenHandlers, type CallTokenDependencies } from './token-operations.ts';

export { isAllowedOrigin } from './store.ts';
export type { IceServer } from './token-operations.ts';
export { createCallTokens, type CallTokens } from './tokens.ts';

export function widgetHandlers(deps: WidgetKeyDependencies & CallTokenDependencies): readonly Handler[] {
  return [...widgetKeyHandlers(deps), ...callTokenHandlers(deps)];
}
