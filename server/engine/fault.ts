/** Told of faults that no caller can be told of. */
export type OnFault = (message: string, details: object) => void;
