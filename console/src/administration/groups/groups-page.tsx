export function GroupsPage() { return null; } // NOT-BUILT
