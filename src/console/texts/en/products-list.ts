export const en = {
  searchBy: 'Search by',
  byName: 'Name or ProductKey',
  byTag: 'Tag',
  namePlaceholder: 'Part of a name or of a ProductKey',
  tagPlaceholder: 'key or key=value',
  noneFound: 'No product matches.',
  noneYet: 'There is no product in this instance yet. Create one, and devices can be imported into it.',
  noInstances: 'This account has no instance yet. On the server, `rollcall instance create` makes one.',
  openByKey: 'Open a product by its ProductKey',
  create: 'Create product',
}
