/** Where the managed PostgreSQL tells the operator what it does. */
export type Log = (message: string, details?: object) => void;
