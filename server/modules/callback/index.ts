export { callbackHandlers, type CallbackDependencies } from './operations.ts';
export { listSharedKeyNames } from './store.ts';
export { createTrustlist, findCallback, findSharedSecret, type Callback, type Trustlist } from './trustlist.ts';
