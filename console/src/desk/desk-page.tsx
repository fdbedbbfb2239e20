export function DeskPage() { return null; } // NOT-BUILT
