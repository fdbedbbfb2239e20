export function KeysPage() { return null; } // NOT-BUILT
