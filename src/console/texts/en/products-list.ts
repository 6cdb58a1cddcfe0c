export const en = {
  searchBy: 'Search by',
  byName: 'Name or ProductKey',
  byTag: 'Tag',
  namePlaceholder: 'Part of a name or of a ProductKey',
  tagPlaceholder: 'key or key=value',
  noneFound: 'No product matches. Change the search.',
  noneYet: 'No products in this instance yet. Create one, then import devices into it.',
  noInstances: 'No instances yet. Create one on the server with `rollcall instance create`.',
  openByKey: 'Open a product by its ProductKey',
  create: 'Create product',
}
