export function TrustPage() { return null; } // NOT-BUILT
