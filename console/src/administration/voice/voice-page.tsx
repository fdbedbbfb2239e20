export function VoicePage() { return null; } // NOT-BUILT
