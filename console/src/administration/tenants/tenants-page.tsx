export function TenantsPage() { return null; } // NOT-BUILT
