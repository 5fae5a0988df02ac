// The door of who votes from afar. The code of the slip stands behind the # of the address, which browsers send to nobody.
// Forms of this page keep it in their addresses, and redirects do too (Fetch, §4.4), so that it is still there in the booth.

for (const form of document.forms) form.action += location.hash;
