// The two groups of prime order in which ballots are encrypted (§4.2), behind one shape. Both are written multiplicatively,
// as the format writes them.
//
// A group has: `name`; `order`, the prime q; `generator`; `identity`; `multiply(a, b)`; `invert(a)`; `isEqual(a, b)`;
// `encode(a)`, the text S(a); and `decode(text)`, which throws unless the text is the one text of an element of the group.
// What an element is made of is known to its group alone.
//
// Nothing here takes constant time: a BigInt cannot, since the engine looks at its size and digits. Whoever can measure the
// device closely while it encrypts or decrypts could learn of the secret; whoever only sees the network cannot, because one
// message leaves the device for many operations. Documentation/Voting.md names this limit.

import { readDecimal } from "./canonical.js";
export { fixedBase, groupNamed, powerOf };

// MARK: Powers in any group

const POWER_WINDOW_BITS = 4n;
// 52 tables of 32 elements for a q of 256 bits: made in some 15 ms, and a power costs 51 products.
const FIXED_BASE_WINDOW_BITS = 5n;

/** The digits of an exponent in base 2^bits, the lowest first, in order that a loop takes them one by one. */
function windowDigits(exponent, bits) {
    const digits = [];
    const mask = (1n << bits) - 1n;
    for (let rest = exponent; rest > 0n; rest >>= bits) digits.push(Number(rest & mask));
    return digits;
}

/** base⁰, base¹, … base^(count−1). */
function firstPowers(group, base, count) {
    const powers = [group.identity];
    while (powers.length < count) powers.push(group.multiply(powers.at(-1), base));
    return powers;
}

/** base^exponent for an exponent of 0 or more, which is not reduced: x^q = 1 asks whether x is in the group. */
function powerOf(group, base, exponent) {
    const powers = firstPowers(group, base, 2 ** Number(POWER_WINDOW_BITS));
    let result = group.identity;
    for (const digit of windowDigits(exponent, POWER_WINDOW_BITS).reverse()) {
        for (let bit = 0n; bit < POWER_WINDOW_BITS; bit += 1n) result = group.multiply(result, result);
        if (digit !== 0) result = group.multiply(result, powers[digit]);
    }
    return result;
}

/**
 * A function that raises one base to any exponent from 0 to q − 1, by tables of its powers.
 *
 * A ballot takes a hundred powers of the same two bases, the generator and the election's public key (§4.7).
 */
function fixedBase(group, base) {
    const windows = windowDigits(group.order, FIXED_BASE_WINDOW_BITS).length;
    const tables = [];
    for (let start = base; tables.length < windows;) {
        const powers = firstPowers(group, start, 2 ** Number(FIXED_BASE_WINDOW_BITS));
        tables.push(powers);
        start = group.multiply(powers.at(-1), start);
    }
    return (exponent) => windowDigits(exponent, FIXED_BASE_WINDOW_BITS).reduce(
        (result, digit, position) => (digit === 0 ? result : group.multiply(result, tables[position][digit])),
        group.identity,
    );
}

// MARK: BELENIOS-2048, a subgroup of the integers modulo a prime

const FIELD_MODULUS = BigInt(
    "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433" +
    "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049" +
    "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019" +
    "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366" +
    "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201" +
    "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031" +
    "25680162072880719",
);
const FIELD_ORDER = BigInt("78571733251071885079927659812671450121821421258408794611510081919805623223441");
const FIELD_GENERATOR = BigInt(
    "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678" +
    "7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274" +
    "0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065" +
    "8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982" +
    "6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751" +
    "7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668" +
    "0037745308460627",
);

/** The inverse of a number modulo a prime, by Euclid's algorithm. */
function inverseModulo(number, prime) {
    let [low, high] = [number % prime, prime];
    let [factor, other] = [1n, 0n];
    while (low > 1n) {
        const quotient = high / low;
        [low, high] = [high - quotient * low, low];
        [factor, other] = [other - quotient * factor, factor];
    }
    if (low !== 1n) throw new RangeError("zero has no inverse");
    return ((factor % prime) + prime) % prime;
}

const belenios2048 = {
    name: "BELENIOS-2048",
    order: FIELD_ORDER,
    generator: FIELD_GENERATOR,
    identity: 1n,
    multiply: (a, b) => (a * b) % FIELD_MODULUS,
    invert: (a) => inverseModulo(a, FIELD_MODULUS),
    isEqual: (a, b) => a === b,
    encode: (a) => a.toString(),
    decode(text) {
        const number = readDecimal(text, FIELD_MODULUS);
        if (powerOf(belenios2048, number, FIELD_ORDER) !== 1n) throw new RangeError("not an element of the group");
        return number;
    },
};

// MARK: Ed25519, the curve −x² + y² = 1 + d·x²·y² over the integers modulo 2²⁵⁵ − 19

const CURVE_PRIME = 2n ** 255n - 19n;
const CURVE_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const inCurveField = (number) => ((number % CURVE_PRIME) + CURVE_PRIME) % CURVE_PRIME;
/** The curve's field, with as much of a group's shape as powers need. */
const curveField = { identity: 1n, multiply: (a, b) => (a * b) % CURVE_PRIME };
const CURVE_D = inCurveField(-121665n * inverseModulo(121666n, CURVE_PRIME));
const ROOT_OF_MINUS_ONE = powerOf(curveField, 2n, (CURVE_PRIME - 1n) / 4n);

/** A point in extended coordinates (Hisil and others 2008): x = X/Z, y = Y/Z, T = XY/Z. */
const pointAt = (x, y) => ({ x, y, z: 1n, t: (x * y) % CURVE_PRIME });

/** The sum of two points, which are any two: the formula has no exception on this curve. */
function addPoints(first, second) {
    const a = ((first.y - first.x) * (second.y - second.x)) % CURVE_PRIME;
    const b = ((first.y + first.x) * (second.y + second.x)) % CURVE_PRIME;
    const c = (2n * CURVE_D * ((first.t * second.t) % CURVE_PRIME)) % CURVE_PRIME;
    const d = (2n * first.z * second.z) % CURVE_PRIME;
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return { x: (e * f) % CURVE_PRIME, y: (g * h) % CURVE_PRIME, z: (f * g) % CURVE_PRIME, t: (e * h) % CURVE_PRIME };
}

/** S(P): y + 2²⁵⁵·(x mod 2) in 64 hexadecimal digits, the most significant first. */
function encodePoint({ x, y, z }) {
    const inverse = inverseModulo(inCurveField(z), CURVE_PRIME);
    const sign = inCurveField(x * inverse) & 1n;
    return (inCurveField(y * inverse) | (sign << 255n)).toString(16).padStart(64, "0");
}

/** The even or odd x with −x² + y² = 1 + d·x²·y², by the root of RFC 8032 §5.1.3. */
function pointWithOrdinate(y, sign) {
    const square = inCurveField((y * y - 1n) * inverseModulo(inCurveField(CURVE_D * y * y + 1n), CURVE_PRIME));
    let x = powerOf(curveField, square, (CURVE_PRIME + 3n) / 8n);
    if ((x * x) % CURVE_PRIME !== square) x = (x * ROOT_OF_MINUS_ONE) % CURVE_PRIME;
    if ((x * x) % CURVE_PRIME !== square) throw new RangeError("not a point of the curve");
    if (x === 0n && sign === 1n) throw new RangeError("not the one text of the point");
    return pointAt((x & 1n) === sign ? x : CURVE_PRIME - x, y);
}

function decodePoint(text) {
    if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new SyntaxError("not 64 hexadecimal digits");
    const number = BigInt(`0x${text}`);
    const y = number & (2n ** 255n - 1n);
    if (y >= CURVE_PRIME) throw new RangeError("not the one text of the point");
    const point = pointWithOrdinate(y, number >> 255n);
    // The curve has eight times as many points as the group.
    if (!ed25519.isEqual(powerOf(ed25519, point, CURVE_ORDER), ed25519.identity)) {
        throw new RangeError("not an element of the group");
    }
    return point;
}

const ed25519 = {
    name: "Ed25519",
    order: CURVE_ORDER,
    generator: pointWithOrdinate(inCurveField(4n * inverseModulo(5n, CURVE_PRIME)), 0n),
    identity: pointAt(0n, 1n),
    multiply: addPoints,
    invert: ({ x, y, z, t }) => ({ x: -x, y, z, t: -t }),
    isEqual: (a, b) => inCurveField(a.x * b.z - b.x * a.z) === 0n && inCurveField(a.y * b.z - b.y * a.z) === 0n,
    encode: encodePoint,
    decode: decodePoint,
};

/** The group of this name (`election.group`); others are not known here. */
function groupNamed(name) {
    const group = [belenios2048, ed25519].find((each) => each.name === name);
    if (!group) throw new RangeError(`unknown group ${name}`);
    return group;
}
