export function UsersPage() { return null; } // NOT-BUILT
