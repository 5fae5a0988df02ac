// Which sum of an election this browser decrypted. Two sums that differ by one ballot open it, so there is never a second one:
// the archive without somebody's ballot is as valid as the whole, and a server could ask for one after the other.

import { canonicalText } from "./canonical.js";
import { sha256Hex } from "./sha256.js";
export { bindToTally };

/**
 * Notes that a sum is about to be decrypted. The same again is let pass: what was lost on its way is sent anew.
 *
 * @param store Where it is kept, `localStorage`: who closes the page and comes back finds it.
 * @throws {Error} With the `reason` `other_tally` where another sum of this election was decrypted here.
 */
function bindToTally(store, { uuid, tally }) {
    const name = `alianzas-decrypted-${uuid}`;
    const hash = sha256Hex(canonicalText(tally));
    if ((store.getItem(name) ?? hash) !== hash) {
        throw Object.assign(new Error("another sum was decrypted"), { reason: "other_tally" });
    }
    store.setItem(name, hash);
}
