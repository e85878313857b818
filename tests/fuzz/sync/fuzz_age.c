#define _GNU_SOURCE /* strcasestr */
/* Any bytes as a sealed file: refused with a sentence, or opened with a key that fits it; never more given out than was
 * proved. */
#include "app/base/mem.h"
#include "fuzz/fuzz.h"
#include "sync/age.h"

struct input {
	const uint8_t *data;
	size_t n, at;
};

static bool give(void *ctx, void *data, size_t cap, size_t *n, struct err *err)
{
	struct input *in = ctx;

	(void)err;
	*n = in->n - in->at < cap ? in->n - in->at : cap;
	if (*n)
		memcpy(data, in->data + in->at, *n);
	in->at += *n;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { .data = data, .n = size };
	AUTO_AGE_READER struct age_reader r = { .source = give, .ctx = &in };
	AUTO_FREE char *text = fuzz_string(data, size);
	struct age_identity id, other;
	unsigned char recipient[AGE_KEY];
	char again[AGE_TEXT];
	const unsigned char *part;
	struct err err = { 0 };
	size_t n = 1;

	MUST(age_identity_read(&id, "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX", &err));
	if (age_read_start(&r, &id, &err))
		while (n && age_read(&r, &part, &n, &err))
			MUST(n <= AGE_CHUNK && n <= size);
	else
		MUST(err.message[0]);
	if (age_recipient_read(recipient, text, &err)) {
		age_recipient_text(recipient, again);
		MUST(strcasestr(text, again) != NULL);
	}
	if (age_identity_read(&other, text, &err)) {
		age_identity_text(&other, again);
		MUST(strcasestr(text, again) != NULL);
	}
	return 0;
}
