// QR codes (ISO/IEC 18004) for slips and trackers: bytes, correction level M, versions 1 to 9, which hold 180 bytes. Drawn here
// because a slip's code must not leave the page that made it.

import { utf8 } from "./sha256.js";
export { qrImage, qrModules };

/** For each version its blocks at level M: bytes of correction in each, and the bytes of data of each. */
const QR_BLOCKS = [
    [10, [16]], [16, [28]], [26, [44]], [18, [32, 32]], [24, [43, 43]], [16, [27, 27, 27, 27]],
    [18, [31, 31, 31, 31]], [22, [38, 38, 39, 39]], [22, [36, 36, 36, 37, 37]],
];
const QR_MASKS = [
    (row, column) => (row + column) % 2,
    (row) => row % 2,
    (_, column) => column % 3,
    (row, column) => (row + column) % 3,
    (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2,
    (row, column) => ((row * column) % 2) + ((row * column) % 3),
    (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2,
    (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];

// MARK: Data and correction

/** The product of two bytes in the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1. */
function byteProduct(a, b) {
    let product = 0;
    for (let bit = 7; bit >= 0; bit -= 1) {
        product = (product << 1) ^ ((product >> 7) * 0x11d);
        product ^= ((b >> bit) & 1) * a;
    }
    return product;
}

/** The bytes of correction of a block: the remainder by (x − 1)(x − 2)(x − 4) … (Reed and Solomon). */
function correctionOf(data, length) {
    let divisor = [1];
    for (let index = 0, root = 1; index < length; index += 1, root = byteProduct(root, 2)) {
        const shifted = [...divisor, 0];
        divisor.forEach((coefficient, place) => { shifted[place + 1] ^= byteProduct(coefficient, root); });
        divisor = shifted;
    }
    const rest = [...data, ...new Array(length).fill(0)];
    for (let place = 0; place < data.length; place += 1) {
        const factor = rest[place];
        divisor.forEach((coefficient, index) => { rest[place + index] ^= byteProduct(coefficient, factor); });
    }
    return rest.slice(data.length);
}

const bitsOf = (number, count) => Array.from({ length: count }, (_, index) => (number >> (count - 1 - index)) & 1);

const bytesOfBits = (bits) => Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(8 * index, 8 * index + 8).reduce((byte, bit) => 2 * byte + bit, 0));

/** The first version whose data, less a header of 12 bits, hold so many bytes. */
function versionFor(length) {
    const index = QR_BLOCKS.findIndex(([, sizes]) => sizes.reduce((sum, size) => sum + size) >= length + 2);
    if (index < 0) throw new RangeError("a QR code of these versions holds 180 bytes");
    return index + 1;
}

/** All bytes in the order in which they are drawn: the blocks' data by turns, then their corrections by turns. */
function codewords(bytes, version) {
    const [correction, sizes] = QR_BLOCKS[version - 1];
    const capacity = sizes.reduce((sum, size) => sum + size);
    const header = [...bitsOf(0b0100, 4), ...bitsOf(bytes.length, 8)];
    const content = bytesOfBits([...header, ...[...bytes].flatMap((byte) => bitsOf(byte, 8)), 0, 0, 0, 0]);
    const padding = Array.from({ length: capacity - content.length }, (_, index) => [0xec, 0x11][index % 2]);
    const data = [...content, ...padding];
    let start = 0;
    const blocks = sizes.map((size) => data.slice(start, start += size));
    const byTurns = (lists) => Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, place) =>
        lists.filter((list) => place < list.length).map((list) => list[place])).flat();
    return [...byTurns(blocks), ...byTurns(blocks.map((block) => correctionOf(block, correction)))];
}

// MARK: Drawing

/** A number with the remainder that tells its errors (BCH), the number in front. */
function withRemainder(number, generator, bits) {
    let rest = number << bits;
    for (let bit = 31 - Math.clz32(rest); bit >= bits; bit = 31 - Math.clz32(rest)) rest ^= generator << (bit - bits);
    return (number << bits) | rest;
}

/** The modules that are the same for all data of a version; `undefined` where data go. */
function fixedModules(version) {
    const size = 17 + 4 * version;
    const modules = Array.from({ length: size }, () => new Array(size).fill(undefined));
    const square = (row, column, radius, isDark) => {
        for (let down = -radius; down <= radius; down += 1) {
            for (let right = -radius; right <= radius; right += 1) {
                const isInside = row + down in modules && column + right in modules;
                const distance = Math.max(Math.abs(down), Math.abs(right));
                if (isInside) modules[row + down][column + right] = Number(isDark(distance));
            }
        }
    };
    for (let place = 8; place < size - 8; place += 1) {
        modules[6][place] = 1 - (place % 2);
        modules[place][6] = 1 - (place % 2);
    }
    for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
        square(row, column, 4, (distance) => distance !== 2 && distance !== 4);
    }
    const last = size - 7;
    const centres = version === 1 ? [] : version < 7 ? [6, last] : [6, (6 + last) / 2, last];
    for (const row of centres) {
        for (const column of centres) {
            // In three corners the large squares stand.
            const isFree = row !== 6 && column !== 6 || (row !== column && row !== last && column !== last);
            if (isFree) square(row, column, 2, (distance) => distance !== 1);
        }
    }
    modules[size - 8][8] = 1;
    return modules;
}

/** Where the 15 bits about the mask go, the highest first, and the second place of each. */
function formatPlaces(size) {
    const along = [0, 1, 2, 3, 4, 5, 7, 8];
    const first = [...along.map((place) => [8, place]), ...along.slice(0, 7).reverse().map((place) => [place, 8])];
    const second = Array.from({ length: 15 }, (_, index) => (index < 7 ? [size - 1 - index, 8] : [8, size - 15 + index]));
    return first.map((place, index) => [place, second[index]]);
}

function drawFormat(modules, mask) {
    // Level M is 00.
    const bits = bitsOf(withRemainder(mask, 0x537, 10) ^ 0x5412, 15);
    formatPlaces(modules.length).forEach((places, index) =>
        places.forEach(([row, column]) => { modules[row][column] = bits[index]; }));
}

function drawVersion(modules, version) {
    if (version < 7) return;
    bitsOf(withRemainder(version, 0x1f25, 12), 18).reverse().forEach((bit, index) => {
        const [along, across] = [Math.floor(index / 3), modules.length - 11 + (index % 3)];
        modules[along][across] = bit;
        modules[across][along] = bit;
    });
}

/** The places of data in their order: columns in pairs from the right, upwards and downwards by turns. */
function dataPlaces(modules) {
    const size = modules.length;
    const rights = Array.from({ length: (size - 1) / 2 }, (_, index) => size - 1 - 2 * index)
        .map((column) => (column <= 6 ? column - 1 : column));
    return rights.flatMap((right, turn) => Array.from({ length: 2 * size }, (_, index) => {
        const row = Math.floor(index / 2);
        return [turn % 2 === 0 ? size - 1 - row : row, right - (index % 2)];
    })).filter(([row, column]) => modules[row][column] === undefined);
}

/** How hard a reader would find it: long runs, blocks, look-alikes of corners, and too much of one colour. */
function penaltyOf(modules) {
    const columns = modules[0].map((_, column) => modules.map((row) => row[column]));
    const lines = [...modules, ...columns].map((line) => line.join(""));
    const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
    const corners = lines.flatMap((line) => [...line.matchAll(/(?=10111010000|00001011101)/g)]).length;
    const blocks = modules.slice(1).flatMap((row, above) => row.slice(1).filter((module, left) =>
        module === row[left] && module === modules[above][left] && module === modules[above][left + 1])).length;
    const dark = modules.flat().filter((module) => module === 1).length / modules.length ** 2;
    return runs + 40 * corners + 3 * blocks + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}

/** The code of a text as rows of 0 and 1, without the light margin of four modules. */
function qrModules(text) {
    const bytes = utf8(text);
    const version = versionFor(bytes.length);
    const blank = fixedModules(version);
    drawFormat(blank, 0);
    drawVersion(blank, version);
    const places = dataPlaces(blank);
    const bits = codewords(bytes, version).flatMap((byte) => bitsOf(byte, 8));
    const masked = QR_MASKS.map((mask, number) => {
        const modules = blank.map((row) => [...row]);
        places.forEach(([row, column], index) => {
            modules[row][column] = (bits[index] ?? 0) ^ Number(mask(row, column) === 0);
        });
        drawFormat(modules, number);
        return modules;
    });
    const penalties = masked.map(penaltyOf);
    return masked[penalties.indexOf(Math.min(...penalties))];
}

/** The code as an image element (SVG), with its margin; `label` says what it is to who cannot see it. */
function qrImage(text, label) {
    const modules = qrModules(text);
    const size = modules.length + 8;
    const namespace = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(namespace, "svg");
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", modules.flatMap((row, down) => row.map((module, right) =>
        (module === 1 ? `M${right + 4} ${down + 4}h1v1h-1z` : ""))).join(""));
    image.setAttribute("viewBox", `0 0 ${size} ${size}`);
    image.setAttribute("role", "img");
    image.setAttribute("aria-label", label);
    image.setAttribute("shape-rendering", "crispEdges");
    image.append(path);
    return image;
}
