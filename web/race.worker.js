// The race's worker: measures one cell after the other, so that the page does not freeze.
//
// Assumes     tools/build-page.js has compiled the loops into 'virtual:race'.
// Holds       it posts { names } of the cells, then { name, times, leftOut } for each. `times` has
//             nanoseconds by rival, one for each round. The first round warms up longer. Whoever ends the
//             worker stops the race.

import * as feross from 'feross-buffer';
import { compiled, names, seed } from 'virtual:race';
import { measure } from '../bench/harness.js';
import { matrix } from '../bench/matrix.js';
import * as ours from '../js/index.js';

const makeBytes = (size) => new Uint8Array(size);
const rivals = [
  { name: 'pagebuf', B: ours },
  { name: 'buffer@6', B: feross },
  { name: 'platform', B: { Buffer: { allocUnsafe: makeBytes, allocUnsafeSlow: makeBytes } }, hasOwnApi: true },
];

const rounds = 5;
// The clock of a page that is not isolated may tick once a millisecond. A batch is much longer.
const effort = { batch: 12, rounds: 1, samples: 3 };

async function run() {
  postMessage({ names });
  const rows = matrix(seed);
  for (const name of names) {
    const row = rows.find((each) => each.name === name);
    const times = {};
    let leftOut = [];
    for (let round = 0; round < rounds; round++) {
      const result = await measure([row], {
        rivals,
        effort: { ...effort, warm: round === 0 ? 80 : 10 },
        compile: (parameters, body) => compiled.get(body),
        firstTurn: round,
      });
      for (const [rival, time] of Object.entries(result.cells[0].times)) {
        (times[rival] = times[rival] || []).push(time);
      }
      ({ leftOut } = result);
    }
    postMessage({ name, times, leftOut });
  }
}

run().catch((error) => postMessage({ failed: error.message }));
