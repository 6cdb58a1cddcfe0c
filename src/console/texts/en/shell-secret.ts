export const en = {
  show: (name: string) => `Show ${name}`,
  hide: (name: string) => `Hide ${name}`,
  hidden: (name: string) => `${name}, hidden`,
}
