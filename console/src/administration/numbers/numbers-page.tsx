export function NumbersPage() { return null; } // NOT-BUILT
