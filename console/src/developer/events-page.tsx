export function EventsPage() { return null; } // NOT-BUILT
