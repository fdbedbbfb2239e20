export function GuidePage() { return null; } // NOT-BUILT
