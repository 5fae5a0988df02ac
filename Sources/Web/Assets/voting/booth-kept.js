// What the browser of who votes from afar keeps of a visit, in this tab alone and until «Terminé»: the code of the slip that was
// scanned, until the vote is cast, and then the receipt. A phone drops pages that are out of sight; who came back had to type 22
// signs, or believed that the vote was lost. Choices, randomness and ballot are never kept, and a kiosk keeps nothing.

export { forgetKept, keepReceipt, keepSlip, keptReceipt, keptSlip };

const SLIP_ENTRY = "alianzas-volante";
const RECEIPT_ENTRY = "alianzas-comprobante";

/** Browsers that are told to keep nothing refuse by an error: then nothing is kept. */
function attempted(action) {
    try {
        return action();
    } catch {
        return null;
    }
}

/** Keeps a slip's code as it stands in an address, with its #. */
function keepSlip(fragment) {
    attempted(() => sessionStorage.setItem(SLIP_ENTRY, fragment));
}

/** The kept code with its #, or an empty text. */
function keptSlip() {
    return attempted(() => sessionStorage.getItem(SLIP_ENTRY)) ?? "";
}

/** Keeps a receipt in place of the code. `receipt` is {cast, tracker, replaced, moment}. */
function keepReceipt(receipt) {
    forgetKept();
    attempted(() => sessionStorage.setItem(RECEIPT_ENTRY, JSON.stringify(receipt)));
}

/** The receipt of the box to which ballots are sent at an address, if this tab keeps one. */
function keptReceipt(cast) {
    const receipt = attempted(() => JSON.parse(sessionStorage.getItem(RECEIPT_ENTRY)));
    return receipt?.cast === cast ? receipt : undefined;
}

function forgetKept() {
    attempted(() => sessionStorage.removeItem(SLIP_ENTRY));
    attempted(() => sessionStorage.removeItem(RECEIPT_ENTRY));
}
