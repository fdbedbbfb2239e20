export { callResultHandlers } from './operations.ts';
