/** 5.1.9: work numbers run from 101 to 59999. */
export const WORK_NO = { first: 101, last: 59_999 } as const;
