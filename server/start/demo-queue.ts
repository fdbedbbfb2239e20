const release = { transferType: 'Release' } as const;

/** What the demo's queues do with customers whom nobody can take. */
export const plainTreatment = { noAgents: release, busy: release, timeOut: release } as const;
/** The same, with music until then. */
export const voiceTreatment = { ...plainTreatment, answerFunction: '0', waitVoice: { parameterType: 'Voice' } } as const;

/** For a hundred who wait for two minutes at most. */
export const patience = { maxWaitTime: 120, maxWaitNum: 100 } as const;
