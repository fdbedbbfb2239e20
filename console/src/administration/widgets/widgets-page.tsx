export function WidgetsPage() { return null; } // NOT-BUILT
