/* The program itself, confined as it is every day, against servers that mean it harm: each round ends by itself, with a
 * sentence, in bounded memory, and changes nothing here. */
#define _GNU_SOURCE /* wait4 */
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "support/service/clinic.h"
#include "web.h"

enum { MEMORY_KIB = 120 * 1024 };

#define JSON "application/fhir+json"
#define CAPABILITY "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}"

/* ---- the servers ----------------------------------------------------------------------------------------------------- */

static bool put_text(struct web_line *l, const char *text)
{
	return web_put(l, text, strlen(text));
}

static bool endless_body(struct web_line *l)
{
	static char block[65536];

	memset(block, ' ', sizeof(block));
	put_text(l, "HTTP/1.1 200 OK\r\nContent-Type: " JSON "\r\n\r\n");
	while (web_put(l, block, sizeof(block)))
		;
	return false;
}

static bool endless_headers(struct web_line *l)
{
	put_text(l, "HTTP/1.1 200 OK\r\n");
	while (put_text(l, "X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"))
		;
	return false;
}

static bool endless_continue(struct web_line *l)
{
	while (put_text(l, "HTTP/1.1 100 Continue\r\nX-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n"))
		;
	return false;
}

static bool endless_chunks(struct web_line *l)
{
	put_text(l, "HTTP/1.1 200 OK\r\nContent-Type: " JSON "\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (put_text(l, "1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n"))
		;
	return false;
}

/* 256 MiB of blanks in a quarter of one. */
static bool gzip_bomb(struct web_line *l)
{
	static char plain[65536], out[65536];
	z_stream z = { .next_in = Z_NULL };
	bool ok = true;

	memset(plain, ' ', sizeof(plain));
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
	put_text(l, "HTTP/1.1 200 OK\r\nContent-Type: " JSON "\r\nContent-Encoding: gzip\r\n\r\n");
	for (int i = 0; ok && i < 4096; i++) {
		z.next_in = (Bytef *)plain;
		z.avail_in = sizeof(plain);
		z.next_out = (Bytef *)out;
		z.avail_out = sizeof(out);
		deflate(&z, Z_NO_FLUSH);
		ok = web_put(l, out, sizeof(out) - z.avail_out);
	}
	deflateEnd(&z);
	return false;
}

/* Before, n times the middle, after. */
static bool say_long(struct web_line *l, const char *before, const char *middle, size_t n, const char *after)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;

	sbuf_adds(&body, before);
	for (size_t i = 0; i < n; i++)
		sbuf_adds(&body, middle);
	sbuf_adds(&body, after);
	return web_say(l, "200 OK", JSON, "", body.s);
}

static bool deep_json(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"x\":", "[", 1000000, "");
}

static bool million_nodes(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"x\":[0", ",0", 1000000, "]}");
}

static bool many_objects(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"x\":[{}", ",{}", 199000, "]}");
}

static bool many_lists(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"x\":[[]", ",[]", 199000, "]}");
}

static bool many_numbers(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"x\":[1.5", ",1.5", 199000, "]}");
}

static bool long_string(struct web_line *l)
{
	return say_long(l, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"", "4.0.", 250000, "\"}");
}

static bool long_length(struct web_line *l)
{
	return put_text(l, "HTTP/1.1 200 OK\r\nContent-Type: " JSON "\r\nContent-Length: 99999999999999999999999\r\n\r\n{}") && false;
}

static bool no_http(struct web_line *l)
{
	return put_text(l, "SSH-2.0-OpenSSH_9.2\r\n") && false;
}

static bool redirect(struct web_line *l)
{
	return web_say(l, "302 Found", "text/html", "Location: /\r\n", "");
}

static bool many_encodings(struct web_line *l)
{
	return web_say(l, "200 OK", JSON, "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n", "{}");
}

static bool escape_in_words(struct web_line *l)
{
	return web_say(l, "400 Bad", JSON, "",
		"{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"diagnostics\":\"\\u001b]0;hacked\\u0007\"}]}");
}

/* ---- answers that are sent as they stand: the last one closes the line ------------------------------------------------ */

#define ANSWER(status, headers, body) "HTTP/1.1 " status "\r\nConnection: close\r\n" headers "\r\n\r\n" body
#define FHIR(body) ANSWER("200 OK", "Content-Type: " JSON, body)

static const struct {
	const char *what, *text;
} fixed[] = {
	{ "a page to log in at, and 200", ANSWER("200 OK", "Content-Type: text/html", "<html><form action=/login>") },
	{ "a page called FHIR", FHIR("<html><form action=/login>") },
	{ "nothing, and 200", ANSWER("200 OK", "Content-Type: " JSON "\r\nContent-Length: 0", "") },
	{ "half of what it promised", ANSWER("200 OK", "Content-Type: " JSON "\r\nContent-Length: 4000", CAPABILITY) },
	{ "two lengths", ANSWER("200 OK", "Content-Type: " JSON "\r\nContent-Length: 2\r\nContent-Length: 3000", "{}") },
	{ "a length below nothing", ANSWER("200 OK", "Content-Type: " JSON "\r\nContent-Length: -1", "{}") },
	{ "bytes that are no UTF-8", FHIR("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"\xff\xfe\x80\"}") },
	{ "half a character at the end", FHIR("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"\xe6\x9d") },
	{ "an unending number", FHIR("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":4e999999999}") },
	{ "one word twice, the second one another",
		FHIR("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"fhirVersion\":\"9\"}") },
	{ "another FHIR", FHIR("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"3.0.2\"}") },
	{ "a list for a resource", FHIR("[" CAPABILITY "]") },
	{ "packed, it says, and is not", ANSWER("200 OK", "Content-Type: " JSON "\r\nContent-Encoding: gzip", CAPABILITY) },
	{ "wait three thousand years", ANSWER("503 Busy", "Retry-After: 99999999999", "") },
	{ "wait as long as a number goes", ANSWER("503 Busy", "Retry-After: 9223372036854775807", "") },
	{ "wait since always", ANSWER("429 Busy", "Retry-After: -99999999999999999999", "") },
	{ "a file of ours instead", ANSWER("301 Moved", "Location: file:///etc/passwd", "") },
	{ "another protocol now", ANSWER("101 Switching Protocols", "Upgrade: h2c", "PRI * HTTP/2.0") },
	{ "a status that is none", "HTTP/1.1 99999 What\r\n\r\n{}" },
	{ "an answer of the future, dated in it", ANSWER("500 Fault", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "") },
};

static bool answer_fixed(struct web_line *l, const struct web_request *req)
{
	return put_text(l, fixed[*(const size_t *)req->ctx].text) && false;
}

/* ---- answers that are made ---------------------------------------------------------------------------------------------- */

static const struct {
	const char *what;
	bool (*answer)(struct web_line *l);
} single[] = {
	{ "a body without end", endless_body },
	{ "headers without end", endless_headers },
	{ "100 Continue without end", endless_continue },
	{ "tiny chunks without end", endless_chunks },
	{ "a gzip bomb", gzip_bomb },
	{ "a million brackets", deep_json },
	{ "a million values", million_nodes },
	{ "as many objects as values are allowed", many_objects },
	{ "as many lists", many_lists },
	{ "as many fractions", many_numbers },
	{ "a string of a million letters", long_string },
	{ "an impossible length", long_length },
	{ "no HTTP at all", no_http },
	{ "a redirect in a circle", redirect },
	{ "ten times packed", many_encodings },
	{ "escape codes in its words", escape_in_words },
};

static bool answer_single(struct web_line *l, const struct web_request *req)
{
	return single[*(const size_t *)req->ctx].answer(l);
}

static bool answer_badly(struct web_line *l, const struct web_request *req, size_t i)
{
	struct web_request own = *req;

	own.ctx = &i;
	if (i < N_ELEMENTS(single))
		return answer_single(l, &own);
	i -= N_ELEMENTS(single);
	return answer_fixed(l, &own);
}

static char plain[1 << 20];

/* The body that came, packed or not. */
static void unpack(const struct web_request *req)
{
	const char *length = strstr(req->head, "Content-Length: ");
	z_stream z = { .next_in = (Bytef *)(uintptr_t)req->body, .avail_in = (uInt)strtoul(length + 16, NULL, 10), .next_out = (Bytef *)plain, .avail_out = sizeof(plain) - 1 };

	memset(plain, 0, sizeof(plain));
	if (strstr(req->head, "Content-Encoding: gzip")) {
		inflateInit2(&z, 15 + 16);
		inflate(&z, Z_FINISH);
		inflateEnd(&z);
	} else {
		snprintf(plain, sizeof(plain), "%s", req->body);
	}
}

static size_t entries_of(const struct web_request *req)
{
	size_t n = 0;

	unpack(req);
	for (const char *at = plain; (at = strstr(at, "\"request\":")); at++)
		n++;
	return n;
}

static bool take_all(struct web_line *l, const struct web_request *req)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;

	sbuf_adds(&body, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");
	for (size_t i = 0, n = entries_of(req); i < n; i++)
		sbuf_addf(&body, "%s{\"response\":{\"status\":\"201 Created\",\"etag\":\"W/\\\"1\\\"\"}}", i ? "," : "");
	sbuf_adds(&body, "]}");
	return web_say(l, "200 OK", JSON, "", body.s);
}

/* One that is a server of FHIR up to some point. */
struct late {
	size_t i;      /* of single[], then of fixed[] */
	bool in_pages; /* it takes what it gets, and is hostile in what it sends; else where it is sent something */
};

static bool answer_late(struct web_line *l, const struct web_request *req)
{
	const struct late *late = req->ctx;
	bool post = strcmp(req->method, "POST") == 0;

	if (strcmp(req->path, "/metadata") == 0)
		return web_say(l, "200 OK", JSON, "", CAPABILITY);
	if (post && late->in_pages)
		return take_all(l, req);
	if (!post && (!late->in_pages || strncmp(req->path, "/Basic?code", 11) == 0))
		return web_say(l, "200 OK", JSON, "", "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
	return answer_badly(l, req, late->i);
}

/* ctx: does it take what is sent, or say nothing that can be understood?  A server of FHIR whose searches never end: each page leads to another one. */
static bool answer_pages(struct web_line *l, const struct web_request *req)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	const char *host = strstr(req->head, "\r\nHost: ") + 8;
	size_t type = strcspn(req->path + 1, "?/");

	if (strcmp(req->method, "POST") == 0)
		return *(const bool *)req->ctx ? take_all(l, req) : web_say(l, "200 OK", JSON, "", "{}");
	if (strcmp(req->path, "/metadata") == 0)
		return web_say(l, "200 OK", JSON, "", CAPABILITY);
	sbuf_addf(&body,
		"{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\",\"url\":\"http://%.*s/%.*s?p=%zu\"}]}",
		(int)strcspn(host, "\r"), host, (int)type, req->path + 1, req->n);
	return web_say(l, "200 OK", JSON, "", body.s);
}

/* ---- a server that has what it was sent under another name ------------------------------------------------------------- */

/* Of the first Patient that came: his id, and the whole of him. */
static struct {
	char id[80], *doc;
} stolen;

static void steal(const struct web_request *req)
{
	AUTO_JSON struct json_object *bundle = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *entries;
	struct err err;

	unpack(req);
	if (stolen.doc || !json_parse(plain, strlen(plain), NULL, &bundle, &err))
		return;
	entries = json_array(bundle, "entry");
	for (size_t i = 0; i < json_count(entries) && !stolen.doc; i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");

		if (strcmp(json_text(doc, "resourceType"), "Patient") != 0)
			continue;
		snprintf(stolen.id, sizeof(stolen.id), "%s", json_text(doc, "id"));
		json_set_text(doc, "id", "another-one");
		json_set_text(json_dict(doc, "meta"), "versionId", "1");
		json_write(&text, doc);
		stolen.doc = xstrdup(text.s);
	}
}

/* It says nothing of the first that it gets; then it has somebody without a mark there, and tells of another one's history, who bears ours. */
static bool answer_another(struct web_line *l, const struct web_request *req)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	bool history = strstr(req->path, "_history"), his = stolen.doc && strstr(req->path, stolen.id);

	if (strcmp(req->path, "/metadata") == 0)
		return web_say(l, "200 OK", JSON, "", CAPABILITY);
	if (strcmp(req->method, "POST") == 0) {
		if (stolen.doc)
			return take_all(l, req);
		steal(req);
		return web_say(l, "200 OK", JSON, "", "{}");
	}
	sbuf_adds(&body, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
	if (his && history)
		sbuf_addf(&body, "{\"resource\":%s}", stolen.doc);
	else if (his && strncmp(req->path, "/Patient?_id=", 13) == 0)
		sbuf_addf(&body, "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"versionId\":\"9\"}}}", stolen.id);
	sbuf_adds(&body, "]}");
	return web_say(l, "200 OK", JSON, "", body.s);
}

/* ---- the program ----------------------------------------------------------------------------------------------------- */

struct run {
	int status;
	long kib;
	char *out;
};

static struct run sync_with(const char *dir, const char *base)
{
	AUTO_FREE char *path = scratch_path(dir, "out"), *data = xstrdup(dir), *url = xstrdup(base), *binary = xstrdup(getenv("CUNYI"));
	char *argv[] = { binary, (char[]){ "--data" }, data, (char[]){ "--lang" }, (char[]){ "en" }, (char[]){ "--json" },
		(char[]){ "sync" }, (char[]){ "--county" }, url, NULL };
	extern char **environ;
	posix_spawn_file_actions_t fa;
	struct rusage usage;
	struct run r;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&fa, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_addopen(&fa, 2, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawn(&pid, binary, &fa, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&fa);
	assert_int_equal(wait4(pid, &status, 0, &usage), pid);
	r = (struct run){ .status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), .kib = usage.ru_maxrss, .out = scratch_read(path, NULL) };
	return r;
}

static bool is_sanitized(void)
{
#ifdef __SANITIZE_ADDRESS__
	return true;
#else
	return false;
#endif
}

/* It failed as a thing of the network, with a sentence, and nothing of the server's came through to a terminal. */
static void check_run(const struct run *r, size_t i, const char *what)
{
	assert_case(r->status == 4, i, r->out);
	assert_case(r->out && strstr(r->out, "\"message\":\"") && !strstr(r->out, "\"message\":\"\""), i, what);
	assert_case(!strchr(r->out, '\x1b') && !strstr(r->out, "u001b"), i, r->out);
	assert_case(r->kib < MEMORY_KIB || is_sanitized(), i, "memory");
}

static void meets(const struct test_clinic *c, bool (*answer)(struct web_line *l, const struct web_request *req), size_t i,
	const char *what)
{
	struct web w;
	struct run r;

	web_start(&w, &(struct web_options){ .answer = answer, .ctx = &i });
	r = sync_with(c->dir, w.base);
	free(web_stop(&w));
	check_run(&r, i, what);
	free(r.out);
}

static void meets_late(const struct test_clinic *c, struct late late)
{
	struct web w;
	struct run r;

	web_start(&w, &(struct web_options){ .answer = answer_late, .ctx = &late });
	r = sync_with(c->dir, w.base);
	free(web_stop(&w));
	check_run(&r, late.i, late.i < N_ELEMENTS(single) ? single[late.i].what : fixed[late.i - N_ELEMENTS(single)].what);
	free(r.out);
}

/* What it is worth to change: records and their history, what is said of them there, what is to be asked. */
static int64_t all_rows(struct test_clinic *c)
{
	return clinic_count(c, "SELECT (SELECT count(*) FROM record) + 1000 * (SELECT count(*) FROM change) + "
		"1000000 * (SELECT count(*) FROM sync_version) + 10000000 * (SELECT count(*) FROM sync_unread) + "
		"100000000 * (SELECT count(*) FROM sync_conflict)");
}

static void round__ends_with_a_sentence__hostile_server(void **state)
{
	struct test_clinic c;
	int64_t before;

	(void)state;
	clinic_start(&c);
	before = all_rows(&c);
	app_close(&c.app);
	for (size_t i = 0; i < N_ELEMENTS(single); i++)
		meets(&c, answer_single, i, single[i].what);
	for (size_t i = 0; i < N_ELEMENTS(fixed); i++)
		meets(&c, answer_fixed, i, fixed[i].what);
	clinic_reopen(&c, APP_COMMAND);
	clinic_check(&c);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox WHERE state > 3"), 0);
	assert_int_equal(all_rows(&c), before);
	clinic_stop(&c);
}

/* What is sent stays to be sent: it is asked about first. */
static void round__ends_with_a_sentence__hostile_when_it_is_written_to(void **state)
{
	struct test_clinic c;
	int64_t before;

	(void)state;
	clinic_start(&c);
	before = all_rows(&c);
	app_close(&c.app);
	for (size_t i = 0; i < N_ELEMENTS(single) + N_ELEMENTS(fixed); i++)
		meets_late(&c, (struct late){ .i = i });
	clinic_reopen(&c, APP_COMMAND);
	clinic_check(&c);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox WHERE state > 3"), 0);
	assert_int_equal(all_rows(&c), before);
	clinic_stop(&c);
}

/* It has what it was sent; nothing comes of what it sends. */
static void round__ends_with_a_sentence__hostile_pages(void **state)
{
	static const char rows[] = "SELECT (SELECT count(*) FROM record) + 1000 * (SELECT count(*) FROM change) + "
		"1000000 * (SELECT count(*) FROM sync_unread) + 10000000 * (SELECT count(*) FROM sync_conflict)";
	struct test_clinic c;
	int64_t before;

	(void)state;
	clinic_start(&c);
	before = clinic_count(&c, rows);
	app_close(&c.app);
	for (size_t i = 0; i < N_ELEMENTS(single) + N_ELEMENTS(fixed); i++)
		meets_late(&c, (struct late){ .i = i, .in_pages = true });
	clinic_reopen(&c, APP_COMMAND);
	clinic_check(&c);
	assert_int_equal(clinic_count(&c, rows), before);
	clinic_stop(&c);
}

/* In the search for what became of the records that were sent, and in the download. */
static void round__ends_with_a_sentence__pages_without_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		bool takes = i == 1;
		struct test_clinic c;
		struct web w;
		struct run r;

		clinic_start(&c);
		app_close(&c.app);
		web_start(&w, &(struct web_options){ .answer = answer_pages, .ctx = &takes });
		if (i == 0) /* of the records that are sent it says nothing: that is asked in the second round */
			free(sync_with(c.dir, w.base).out);
		r = sync_with(c.dir, w.base);
		AUTO_FREE char *journal = web_stop(&w);

		check_run(&r, i, "pages without end");
		assert_case(strstr(r.out, "pages cannot be followed") != NULL, i, r.out);
		assert_case(strlen(journal) > 50 * strlen("GET /Patient?p=9 -\n"), i, "some were followed");
		free(r.out);
		clinic_reopen(&c, APP_COMMAND);
		clinic_check(&c);
		clinic_stop(&c);
	}
}

/* Our mark on another resource is no word on ours: what was sent is not taken for arrived. */
static void round__takes_no_mark__of_another_resource(void **state)
{
	struct test_clinic c;
	struct web w;
	struct run r[2];

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "resident", "{'name':'王小明','sex':'1','birth_date':'1950-01-02'}");
	app_close(&c.app);
	web_start(&w, &(struct web_options){ .answer = answer_another });
	for (size_t i = 0; i < N_ELEMENTS(r); i++)
		r[i] = sync_with(c.dir, w.base);
	AUTO_FREE char *journal = web_stop(&w);

	assert_case(r[0].status != 0, 0, "it says nothing of what was sent");
	assert_case(r[1].status == 0, 1, r[1].out);
	assert_non_null(strstr(journal, "/_history"));
	clinic_reopen(&c, APP_COMMAND);
	clinic_check(&c);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox o JOIN record r ON r.id = o.record WHERE r.kind = 1 AND o.state = 7"), 0);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM sync_untold WHERE why = 'another'"), 1);
	for (size_t i = 0; i < N_ELEMENTS(r); i++)
		free(r[i].out);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round__ends_with_a_sentence__hostile_server),
		cmocka_unit_test(round__ends_with_a_sentence__hostile_when_it_is_written_to),
		cmocka_unit_test(round__ends_with_a_sentence__hostile_pages),
		cmocka_unit_test(round__ends_with_a_sentence__pages_without_end),
		cmocka_unit_test(round__takes_no_mark__of_another_resource),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
