export { createTollBook } from './book.ts';
export { tollLimitHandlers, type TollLimitDependencies, type TollUsage } from './operations.ts';
export { createTollRuleBook, type TollRuleBook } from './rule-book.ts';
