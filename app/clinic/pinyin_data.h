/* The generated table behind pinyin.c: nobody else includes this. */
#ifndef CUNYI_PINYIN_DATA_H
#define CUNYI_PINYIN_DATA_H

#include "app/base/base.h"

struct pinyin_run {
	uint32_t first; /* code point */
	uint32_t from;  /* its place in pinyin_chars */
};

extern const char pinyin_syllables[][7]; /* alphabetical */
extern const size_t pinyin_n_syllables;
extern const uint16_t pinyin_lists[]; /* length, then so many numbers of syllables */
extern const uint16_t pinyin_chars[]; /* one character each: its list's place in pinyin_lists */
extern const struct pinyin_run pinyin_runs[]; /* pinyin_n_runs, ascending, and one more that ends the last */
extern const size_t pinyin_n_runs;

#endif
