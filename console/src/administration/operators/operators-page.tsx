export function OperatorsPage() { return null; } // NOT-BUILT
