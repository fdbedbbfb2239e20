export function AuditPage() { return null; } // NOT-BUILT
export function InstallationAuditPage() { return null; }
