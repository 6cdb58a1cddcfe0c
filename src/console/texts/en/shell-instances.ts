export const en = {
  instance: 'Instance',
  publicInstance: 'Public instance',
  idHint: 'Instance ID; empty for the public one',
}
