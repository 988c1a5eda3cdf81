// The examples of five texts about Node's pool (numbered 1 to 5, see docs/claims.md), as scripts.
//
// Owns        the examples: a title, the texts that show it, what to look at, and the script.
// Assumes     a pool of 8,192 bytes where the texts do; Node 24.18 and later start with 65,536.

const row = (of) => ({ $: 'row', of });
const letters = (times) => ({ $: 'string', unit: 'a', times });

export const examples = [
  {
    title: 'Two small Buffers share one ArrayBuffer',
    documents: [1, 4, 5],
    look: 'both lie on slab 0; the second starts at 8, the next multiple of 8 after 4 bytes',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4] },
        { op: 'allocUnsafe', args: [4] },
        { op: 'put', on: 0, args: [0, [1, 2, 3, 4]] },
        { op: 'put', on: 1, args: [0, [5, 6, 7, 8]] },
        { op: 'equals', on: 0, args: [row(1)] },
      ],
    },
  },
  {
    title: 'The same with the pool that Node 26 starts with',
    documents: [1, 4],
    look: 'only the length of the slab is different',
    script: { poolSize: 65536, ops: [{ op: 'allocUnsafe', args: [100] }, { op: 'allocUnsafe', args: [100] }] },
  },
  {
    title: 'From the pool, and past it',
    documents: [1, 2],
    look: 'the first .buffer is the whole slab, the second one has 4 bytes and belongs to one Buffer',
    script: { poolSize: 8192, ops: [{ op: 'allocUnsafe', args: [4] }, { op: 'allocUnsafeSlow', args: [4] }] },
  },
  {
    title: 'Buffer.alloc() never touches the pool',
    documents: [1, 2, 3, 4, 5],
    look: 'every alloc() has an ArrayBuffer of exactly its length, full of zeros; the next slice on the slab starts at 8',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4] },
        { op: 'alloc', args: [4] },
        { op: 'alloc', args: [4, 'ab'] },
        { op: 'allocUnsafe', args: [4] },
      ],
    },
  },
  {
    title: 'Less than half a slab',
    documents: [1, 2, 4],
    look: '4,095 bytes are a slice, 4,096 are not: the rule is "less than half of poolSize", not 8 KiB',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4095] },
        { op: 'allocUnsafe', args: [4096] },
        { op: 'allocUnsafe', args: [8191] },
        { op: 'allocUnsafe', args: [8192] },
      ],
    },
  },
  {
    title: 'A full slab',
    documents: [1, 2, 4],
    look: 'the third slice does not fit into the 8 bytes that are left: a new slab is opened at 0, ' +
      'and the tail of the old one is never used',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4095] },
        { op: 'allocUnsafe', args: [4088] },
        { op: 'allocUnsafe', args: [9] },
        { op: 'allocUnsafe', args: [8] },
      ],
    },
  },
  {
    title: 'from() and concat() use the pool as well',
    documents: [1, 2, 3],
    look: 'all but the last lie on one slab, one after the other; of() does not',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [8] },
        { op: 'from', args: [[1, 2, 3]] },
        { op: 'from', args: ['buffer pool'] },
        { op: 'from', args: [row(2)] },
        { op: 'concat', args: [[row(1), row(2)]] },
        { op: 'from', args: ['62756666657220706f6f6c', 'hex'] },
        { op: 'copyBytesFrom', args: [{ $: 'typed', type: 'Uint16Array', items: [1, 258] }] },
        { op: 'of', args: [1, 2, 3] },
      ],
    },
  },
  {
    title: 'Three sizes, one ArrayBuffer',
    documents: [5],
    look: '10, 5 and 3 bytes start at 0, 16 and 24: the gaps are the rounding up to 8, and nothing else',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [10] },
        { op: 'allocUnsafe', args: [5] },
        { op: 'allocUnsafe', args: [3] },
      ],
    },
  },
  {
    title: 'Not 256 and 512',
    documents: [5],
    look: 'one slice follows the other; Node does not search for free places, and uses none a second time',
    script: {
      poolSize: 8192,
      ops: Array.from({ length: 6 }, () => ({ op: 'allocUnsafe', args: [4] })),
    },
  },
  {
    title: 'poolSize = 16384',
    documents: [1, 3],
    look: 'the half-slab rule changes at once (5,000 bytes are now less than half), the slab when the next is opened',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4] },
        { op: 'allocUnsafe', args: [5000] },
        { op: 'poolSize', args: [16384] },
        { op: 'allocUnsafe', args: [4] },
        { op: 'allocUnsafe', args: [5000] },
        { op: 'allocUnsafe', args: [5000] },
      ],
    },
  },
  {
    title: 'poolSize = 0',
    documents: [1],
    look: 'without a pool everything has an ArrayBuffer of its own',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'poolSize', args: [0] },
        { op: 'allocUnsafe', args: [4] },
        { op: 'from', args: ['abc'] },
        { op: 'from', args: [[1, 2, 3]] },
      ],
    },
  },
  {
    title: 'A string reserves four bytes a character',
    documents: [1],
    look: '1,023 letters (estimate 4,092) do not fit behind 4,104 bytes and open a new slab, though they are only 1,023 ' +
      'bytes; from 1,024 letters on the exact length counts',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [4095] },
        { op: 'allocUnsafe', args: [8] },
        { op: 'from', args: [letters(1023)] },
        { op: 'allocUnsafe', args: [4095] },
        { op: 'from', args: [letters(1024)] },
        { op: 'from', args: [letters(4095)] },
        { op: 'from', args: [letters(4096)] },
      ],
    },
  },
  {
    title: 'Nothing at all',
    documents: [1],
    look: 'no bytes, no slice; but text that decodes to no bytes is an empty view on the slab',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [0] },
        { op: 'from', args: [''] },
        { op: 'concat', args: [[]] },
        { op: 'from', args: ['zz', 'hex'] },
      ],
    },
  },
  {
    title: 'Views alias, copies do not',
    documents: [1],
    look: 'bytes that are written through row 0 show in rows 1 and 2 ("later"), not in the copy',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'from', args: ['abcdefgh'] },
        { op: 'subarray', on: 0, args: [2, 6] },
        { op: 'slice', on: 0, args: [-3] },
        { op: 'from', args: [row(0)] },
        { op: 'put', on: 0, args: [0, [48, 49, 50, 51, 52, 53, 54, 55]] },
      ],
    },
  },
  {
    title: 'Memory that one brings along',
    documents: [1],
    look: 'from(ArrayBuffer) is a view on it: no pool, no copy',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'from', args: [{ $: 'memory', name: 0, bytes: 16 }] },
        { op: 'from', args: [{ $: 'memory', name: 0, bytes: 16 }, 4, 8] },
        { op: 'put', on: 0, args: [4, [255]] },
        { op: 'from', args: [{ $: 'memory', name: 0, bytes: 16 }, 17] },
      ],
    },
  },
  {
    title: 'The constructor',
    documents: [2],
    look: 'a number is alloc(), anything else is from()',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'new Buffer', args: [4] },
        { op: 'Buffer', args: ['abc'] },
        { op: 'new Buffer', args: [[1, 2, 3]] },
        { op: 'new Buffer', args: [4, 'utf8'] },
      ],
    },
  },
  {
    title: 'Sizes that cannot be',
    documents: [1],
    look: 'class, code and text of the error',
    script: {
      poolSize: 8192,
      ops: [
        { op: 'alloc', args: [-1] },
        { op: 'allocUnsafe', args: ['4'] },
        { op: 'allocUnsafeSlow', args: [{ $: 'NaN' }] },
        { op: 'alloc', args: [9007199254740992] },
        { op: 'from', args: [5] },
        { op: 'from', args: ['a', 'utf-7'] },
        { op: 'concat', args: ['ab'] },
      ],
    },
  },
];
