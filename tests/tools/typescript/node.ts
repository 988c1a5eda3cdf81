// With @types/node: ours is taken where Node's is asked for, and Node's wherever bytes are all that we need.
import * as node from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Buffer as Ours, isAscii, isUtf8, pool, retained, toOwned, transcode } from 'pagebuf';

const nodes = node.Buffer.from('hi');
const ours = Ours.from('hi');

const toNode: node.Buffer = ours;
writeFileSync('file', ours);
createHash('sha256').update(ours);
node.Buffer.concat([ours, nodes]).equals(ours);

Ours.concat([nodes, ours]);
const made = [Ours.from(nodes), Ours.copyBytesFrom(nodes), toOwned(nodes), transcode(nodes, 'utf8', 'latin1')];
const numbers: number[] = [
  Ours.byteLength(nodes), Ours.stringLength(nodes), Ours.compare(nodes, ours), ours.compare(nodes),
  ours.copy(nodes), ours.indexOf(nodes), ours.lastIndexOf(nodes), retained([nodes]).buffers,
];
const truths: boolean[] = [ours.equals(nodes), ours.includes(nodes), isAscii(nodes), isUtf8(nodes)];
ours.fill(nodes);
pool.locate(nodes);

export { made, numbers, toNode, truths };
