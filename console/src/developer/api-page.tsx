export function ApiPage() { return null; } // NOT-BUILT
