export const en = {
  title: 'Go to',
  placeholder: 'Page, product, device, IotId, ApplyId, RequestId or operation',
  results: 'Results',
  loading: 'Searching…',
  none: 'Nothing found. Type the beginning of a device name, or a part of another name.',
  keys: '↑ ↓ to choose, Enter to open, Esc to close',
  kinds: {
    page: 'Page',
    product: 'Product',
    device: 'Device',
    batch: 'Batch',
    call: 'Call',
    operation: 'Operation',
  },
}
