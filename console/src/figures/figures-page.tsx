export function FiguresPage() { return null; } // NOT-BUILT
