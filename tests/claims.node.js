// Runs the experiment of every claim in compare/claims.js on real Node 22, 24 and 26 and on ours, and checks
// its verdict. docs/claims.md must have the same results.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { claims, committed, expected, render, runClaims, sides } from '../compare/claims.js';

describe('claims about the pool', () => {
  let outcomes;
  before(async () => { outcomes = await runClaims(); });

  for (const { id, claim, verdict, experiment } of claims.filter((row) => row.experiment)) {
    sides.forEach((side, index) => {
      const holds = expected(verdict, side);
      test(`"${claim}" ${holds ? 'holds' : 'does not hold'} for ${side.name}`, () => {
        const outcome = outcomes.get(id)[index];
        assert.equal(outcome.holds, holds, outcome.says);
        assert.ok(outcome.says.length > 0 && experiment.length <= 1);
      });
    });
  }

  test('every claim has the texts that make it and a verdict, and a reason when it cannot be observed', () => {
    assert.equal(new Set(claims.map(({ id }) => id)).size, claims.length);
    for (const { id, documents, verdict, why, experiment } of claims) {
      assert.ok(documents.length > 0 && documents.every((number) => number >= 1 && number <= 5), id);
      assert.ok(['true', 'false', 'until 24', 'not observable'].includes(verdict), id);
      assert.equal(experiment === undefined, verdict === 'not observable', id);
      assert.ok(verdict === 'true' || why, id);
    }
  });

  test('each of the five texts makes a claim', () => {
    assert.deepEqual([...new Set(claims.flatMap(({ documents }) => documents))].sort(), [1, 2, 3, 4, 5]);
  });

  test('docs/claims.md has the results of the experiments (npm run claims writes it)', () => {
    assert.equal(committed(), render(outcomes));
  });
});
