export function BoardPage() { return null; } // NOT-BUILT
