/* bech32 (BIP 173): letters and digits that are hard to misread, with a checksum of 30 bits. */
#include "sync/age_int.h"

#include <ctype.h>

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

enum { WORDS = 52, CHECK = 6 }; /* 32 bytes are 52 groups of five bits */

static uint32_t step(uint32_t sum, unsigned value)
{
	static const uint32_t generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	uint32_t top = sum >> 25;

	sum = (sum & 0x1ffffff) << 5 ^ value;
	for (unsigned i = 0; i < N_ELEMENTS(generator); i++)
		if (top >> i & 1)
			sum ^= generator[i];
	return sum;
}

static uint32_t sum_of(const char *hrp, const unsigned char *words, size_t n)
{
	uint32_t sum = 1;

	for (const char *c = hrp; *c; c++)
		sum = step(sum, (unsigned char)*c >> 5);
	sum = step(sum, 0);
	for (const char *c = hrp; *c; c++)
		sum = step(sum, (unsigned char)*c & 31);
	for (size_t i = 0; i < n; i++)
		sum = step(sum, words[i]);
	return sum;
}

static void to_words(const unsigned char data[AGE_KEY], unsigned char words[WORDS])
{
	unsigned acc = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < AGE_KEY; i++) {
		acc = (acc << 8 | data[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			words[n++] = acc >> (bits - 5) & 31;
	}
	words[n] = (unsigned char)(acc << (5 - bits) & 31);
}

static bool from_words(const unsigned char words[WORDS], unsigned char out[AGE_KEY])
{
	unsigned acc = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < WORDS; i++) {
		acc = (acc << 5 | words[i]) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			out[n++] = acc >> bits & 255;
		}
	}
	return (acc & ((1u << bits) - 1)) == 0; /* what fills the last group is zero */
}

void bech32_write(const char *hrp, const unsigned char data[AGE_KEY], char out[AGE_TEXT])
{
	unsigned char words[WORDS + CHECK] = { 0 };
	size_t n = strlen(hrp);
	uint32_t sum;

	to_words(data, words);
	sum = sum_of(hrp, words, WORDS + CHECK) ^ 1;
	for (unsigned i = 0; i < CHECK; i++)
		words[WORDS + i] = sum >> 5 * (CHECK - 1 - i) & 31;
	snprintf(out, AGE_TEXT, "%s1", hrp);
	for (size_t i = 0; i < WORDS + CHECK; i++)
		out[n + 1 + i] = alphabet[words[i]];
	out[n + 1 + WORDS + CHECK] = '\0';
}

bool bech32_read(const char *hrp, const char *text, unsigned char out[AGE_KEY])
{
	unsigned char words[WORDS + CHECK];
	size_t n = strlen(hrp);
	bool lower = false, upper = false;

	if (strlen(text) != n + 1 + WORDS + CHECK || strncasecmp(text, hrp, n) != 0 || text[n] != '1')
		return false;
	for (const char *c = text; *c; c++) {
		lower |= islower((unsigned char)*c) != 0;
		upper |= isupper((unsigned char)*c) != 0;
	}
	if (lower && upper)
		return false;
	for (size_t i = 0; i < WORDS + CHECK; i++) {
		const char *at = strchr(alphabet, tolower((unsigned char)text[n + 1 + i]));

		if (!at)
			return false;
		words[i] = (unsigned char)(at - alphabet);
	}
	return sum_of(hrp, words, WORDS + CHECK) == 1 && from_words(words, out);
}
