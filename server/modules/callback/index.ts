export { callbackHandlers, type CallbackDependencies } from './operations.ts';
export { createTrustlist, findCallback, type Callback, type Trustlist } from './trustlist.ts';
