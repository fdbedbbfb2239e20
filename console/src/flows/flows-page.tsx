export function FlowsPage() { return null; } // NOT-BUILT
