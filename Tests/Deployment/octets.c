// The part of octets.py that looks at each octet: where one of many beginnings of eight octets stands.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Which of 2^24 numbers a beginning falls on; most stretches of memory fall on one that no beginning has. */
static inline uint32_t filed(uint64_t beginning) {
    return (uint32_t)((beginning * 0x9E3779B97F4A7C15u) >> 40);
}

/** Marks the beginnings in `filter`, which has 2^21 octets. */
void file_beginnings(const uint64_t *beginnings, size_t count, uint8_t *filter) {
    for (size_t i = 0; i < count; i++) {
        uint32_t place = filed(beginnings[i]);
        filter[place >> 3] |= (uint8_t)(1u << (place & 7));
    }
}

static int is_known(uint64_t value, const uint64_t *sorted, size_t count) {
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (sorted[low + half] == value) return 1;
        if (sorted[low + half] < value) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return 0;
}

/** Writes the places where a beginning stands, `most` at most, and returns how many there are. `sorted` is ascending. */
size_t find_beginnings(const uint8_t *octets, size_t length, const uint8_t *filter, const uint64_t *sorted, size_t count,
                       size_t *places, size_t most) {
    size_t found = 0;
    for (size_t i = 0; i + 8 <= length; i++) {
        uint64_t value;
        memcpy(&value, octets + i, 8);
        uint32_t place = filed(value);
        if (!(filter[place >> 3] >> (place & 7) & 1) || !is_known(value, sorted, count)) continue;
        if (found < most) places[found] = i;
        found++;
    }
    return found;
}
