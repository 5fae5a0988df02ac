// The door of who votes from afar. The code of the slip stands behind the # of the address, which browsers send to nobody.
// Forms and links of this page keep it in their addresses, and redirects do too (Fetch, §4.4), so that it is still there in
// the booth; out of the page's own address it goes at once, and with it out of the history of a shared phone. The tab keeps it
// for who loads the page anew while they look for their code.

import { keepSlip, keptSlip } from "./booth-kept.js";

const isScanned = location.hash.length > 20;
const slipCode = isScanned ? location.hash : keptSlip();
if (isScanned) keepSlip(slipCode);
if (slipCode.length > 20) {
    for (const form of document.forms) form.action += slipCode;
    for (const link of document.querySelectorAll("main a[href*='/votar']")) link.hash = slipCode;
    for (const words of document.querySelectorAll("[data-slip]")) words.hidden = words.dataset.slip !== "read";
    history.replaceState(null, "", location.pathname + location.search);
}
