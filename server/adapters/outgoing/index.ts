export { createOutgoing, type OutgoingOptions } from './client.ts';
