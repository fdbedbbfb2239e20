export function RequestsPage() { return null; } // NOT-BUILT
