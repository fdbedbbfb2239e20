export function CallsPage() { return null; } // NOT-BUILT
