export function WorkplacePage() { return null; } // NOT-BUILT
