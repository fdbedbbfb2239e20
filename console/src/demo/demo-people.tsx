export function DemoPeople() {
  return null;
}
