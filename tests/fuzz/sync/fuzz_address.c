/* Any bytes as an address: of a server, of what the hub is asked, and as what a county says of its policy.  Refused with a sentence,
 * or an address that begins with https or stays on this computer, and leads nowhere else than it says. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "fuzz/fuzz.h"
#include "sync/hub_int.h"
#include "sync/policy.h"

static void server(const char *text)
{
	char base[TRANSPORT_URL_MAX], again[TRANSPORT_URL_MAX];
	AUTO_SBUF struct sbuf below = SBUF_INIT;
	struct err err = { 0 };

	if (!transport_check_url(text, base, &err)) {
		MUST(err.message[0]);
		return;
	}
	MUST(strncasecmp(base, "https://", 8) == 0 || transport_is_loopback(base));
	MUST(!strpbrk(base, "@?# \r\n\\"));
	MUST(transport_same_origin(base, text));
	MUST(transport_check_url(base, again, &err) && strcmp(base, again) == 0);
	sbuf_addf(&below, "%s/Patient?x=@elsewhere.example", base);
	MUST(transport_same_origin(base, below.s));
}

static void query(const char *text)
{
	AUTO_QUERY struct hub_query q = { .n = 0 };

	if (!hub_query_parse(&q, text))
		return;
	MUST(q.n <= N_ELEMENTS(q.p));
	for (size_t i = 0; i < q.n; i++)
		MUST(hub_query_get(&q, q.p[i].name));
}

static void county(const char *text, size_t n)
{
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_JSON struct json_object *kept = NULL;
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct policy p, again;
	struct err err;

	if (!json_parse(text, n, NULL, &doc, &err))
		return;
	policy_read(&p, doc);
	kept = policy_json(&p);
	json_write(&out, kept);
	policy_parse(&again, out.s);
	MUST(p.entries == again.entries && p.bytes == again.bytes && p.bytes_a_day == again.bytes_a_day && p.overlap == again.overlap);
	MUST(strcmp(p.program, again.program) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_string(data, size);

	server(text);
	query(text);
	county(text, strlen(text));
	return 0;
}
