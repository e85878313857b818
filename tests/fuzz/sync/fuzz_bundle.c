/* Any bytes as a server's answer to a bundle: complete only when it is a transaction's answer with a version for every entry,
 * whatever else it holds; every other one is an error with a sentence. */
#include "app/base/json.h"
#include "fuzz/fuzz.h"
#include "sync/fhir/doc.h"
#include "sync/push_int.h"

static void as_answer(const char *type, int status)
{
	struct http_answer a = { .status = status };
	struct err err = { 0 };

	snprintf(a.content_type, sizeof(a.content_type), "%s", type);
	MUST(!answer_error(&a, &err) && err.code != ERR_NONE && err.message[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int statuses[] = { 200, 302, 400, 401, 404, 409, 412, 413, 429, 500, 503 };
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_FREE char *text = fuzz_string(data, size);
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct err err;
	size_t n;

	for (size_t i = 0; i < N_ELEMENTS(statuses); i++)
		as_answer(text, statuses[i]);
	if (!json_parse((const char *)data, size, NULL, &doc, &err))
		return 0;
	n = json_count(json_array(doc, "entry"));
	MUST(!push_is_complete(doc, n + 1));
	if (push_is_complete(doc, n))
		MUST(strcmp(json_text(doc, "type"), "transaction-response") == 0);
	outcome_words(doc, &words);
	MUST(words.len > 0);
	MUST(outcome_entry(doc) >= -1);
	return 0;
}
