export function TrunksPage() { return null; } // NOT-BUILT
