export function AgentsPage() { return null; } // NOT-BUILT
