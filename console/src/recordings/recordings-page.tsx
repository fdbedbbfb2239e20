export function RecordingsPage() { return null; } // NOT-BUILT
