// The public board. A receipt's QR leads to it with the tracker behind the # of the address, so that the server learns of
// nobody who looks; here it is put into the field, and the voter decides whether to ask.

const trackerField = document.querySelector("#tracker");
const takeTracker = () => {
    if (trackerField && location.hash.length > 40) trackerField.value = decodeURIComponent(location.hash.slice(1));
};
takeTracker();
// Another receipt was read while the board stood open.
addEventListener("hashchange", takeTracker);
