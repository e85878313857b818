/* Any bytes as what a file on a stick holds beside its packing: the comment of its signature, its first line, a group or a
 * receipt, a vector, a stamp, a card.  Refused with a sentence, or read as what is written again the same. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "fuzz/fuzz.h"
#include "sync/stick_int.h"

static void label(const char *text)
{
	struct stick_label l;
	char again[256];

	if (!stick_label_read(text, &l))
		return;
	stick_label_write(&l, again);
	MUST(strcmp(again, text) == 0 && l.seq > 0 && l.part > 0);
}

static void vector(const char *text)
{
	struct vector v, again;
	char out[VECTOR_TEXT];

	if (!vector_parse(&v, text))
		return;
	MUST(v.n <= VECTOR_MAX);
	vector_text(&v, out);
	MUST(vector_parse(&again, out) && vector_covers(&v, &again) && vector_covers(&again, &v));
}

/* A head is believed only where it says what the signature says; any that begins with a label is tried with it. */
static void head(const char *text, size_t n)
{
	struct stick_head h = { .groups = 0 };
	struct err err = { 0 };
	AUTO_JSON struct json_object *said = NULL;
	const char *from, *to, *bundle;

	if (json_parse(text, n, NULL, &said, &err)) {
		to = json_count(json_array(said, "to")) ? json_object_get_string(json_object_array_get_idx(json_array(said, "to"), 0)) : NULL;
		from = json_text(said, "from");
		bundle = json_text(said, "bundle");
		snprintf(h.label.from, sizeof(h.label.from), "%s", from ? from : "");
		snprintf(h.label.to, sizeof(h.label.to), "%s", to ? to : "");
		snprintf(h.label.bundle, sizeof(h.label.bundle), "%s", bundle ? bundle : "");
		h.label.seq = json_int(said, "seq", 0);
		h.label.part = json_int(said, "part", 0);
	}
	err = (struct err){ 0 };
	if (!stick_head_read(&h, text, n, &err))
		MUST(err.message[0]);
	json_object_put(h.json);
}

static void line(const char *text, size_t n)
{
	static const struct json_limits limits = { CBX_LINE_MAX, 32, 200000, 65536 };
	AUTO_JSON struct json_object *json = NULL;
	struct err err = { 0 };

	if (!json_parse(text, n, &limits, &json, &err))
		return;
	MUST(!stick_is_receipt(json) || !stick_is_group(json));
	if (stick_is_group(json) && !stick_group_check(json, &err))
		MUST(err.message[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_string(data, size);
	char mark[STICK_FINGERPRINT];
	struct err err = { 0 };
	struct vector v;

	label(text);
	vector(text);
	head(text, size);
	line(text, size);
	if (vector_of_stamp(&v, text))
		MUST(v.n == 1 && v.c[0].n > 0);
	if (stick_fingerprint(text, mark, &err))
		MUST(strlen(mark) == 19);
	else
		MUST(err.message[0]);
	return 0;
}
