/* bench_sync DIR: bytes on the wire for one saved follow-up in bulk, and records applied a second of a first download.  A
 * new clinic below DIR saves people and follow-ups and sends them to a server in this process, which packs and counts as
 * libcurl would; a second clinic loads it all.  The speed of that load is the program's: the time of this server, which no
 * county has, is taken off (links.mjs measures with real servers). */
#include <string.h>
#include <zlib.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/records.h"
#include "bench/bench.h"
#include "sync/sync.h"

enum { PEOPLE = 200, VISITS = 40, HEADERS = 300, PAGE = 100 };

/* ---- a server that believes everything ------------------------------------------------------------------------------- */

struct stored {
	char type[32], id[72], at[32];
	char *doc;
};

struct server {
	struct transport t;
	struct stored *s;
	size_t n, cap, round;
	double spent; /* ms in here */
};

static size_t packed(const char *text, size_t n)
{
	uLongf size = compressBound(n);
	Bytef *out = xmalloc(size);

	compress2(out, &size, (const Bytef *)text, n, 9);
	free(out);
	return size;
}

static void keep(struct server *sv, struct json_object *doc, struct sbuf *answer)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct stored *s;
	size_t n = sv->n + 1;

	if (sv->n == sv->cap) {
		sv->cap = sv->cap ? sv->cap * 2 : 1024;
		sv->s = xrealloc(sv->s, sv->cap, sizeof(*sv->s));
	}
	s = &sv->s[sv->n++];
	snprintf(s->type, sizeof(s->type), "%s", json_text(doc, "resourceType"));
	snprintf(s->id, sizeof(s->id), "%s", json_text(doc, "id"));
	/* a round a day: what was sent before lies before the overlap */
	snprintf(s->at, sizeof(s->at), "2026-11-%02zuT%02zu:%02zu:%02zu.%03zuZ", 1 + sv->round % 28, n / 3600000 % 24, n / 60000 % 60,
		n / 1000 % 60, n % 1000);
	if (!json_dict(doc, "meta"))
		json_object_object_add(doc, "meta", json_object_new_object());
	json_set_text(json_dict(doc, "meta"), "versionId", "1"); /* beside our tags, as servers do */
	json_set_text(json_dict(doc, "meta"), "lastUpdated", s->at);
	json_write(&text, doc);
	s->doc = sbuf_take(&text);
	/* as HAPI and others answer when asked for little */
	sbuf_addf(answer, "%s{\"response\":{\"status\":\"201 Created\",\"location\":\"%s/%s/_history/1\",\"etag\":\"W/\\\"1\\\"\","
			  "\"lastModified\":\"2026-11-22T01:02:03.%03zuZ\"}}", answer->s[answer->len - 1] == '[' ? "" : ",", s->type, s->id,
		n % 1000);
}

static void transaction(struct server *sv, const struct http_request *req, struct sbuf *out)
{
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *entries;
	struct err err;

	bench_need(json_parse(req->body, req->body_len, NULL, &bundle, &err), &err, "bundle");
	entries = json_array(bundle, "entry");
	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");
	for (size_t i = 0; i < json_count(entries); i++)
		keep(sv, json_dict(json_object_array_get_idx(entries, i), "resource"), out);
	sbuf_adds(out, "]}");
}

static void page(const struct server *sv, const char *url, const char *type, struct sbuf *out)
{
	const char *at = strstr(url, "&_offset=");
	const char *since = strstr(url, "_lastUpdated=ge");
	size_t offset = at ? strtoul(at + 9, NULL, 10) : 0, n = 0;

	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
	for (size_t i = 0; i < sv->n; i++) {
		if (strcmp(sv->s[i].type, type) != 0 || (strstr(url, "%7Cvisit") && !strstr(sv->s[i].doc, "\"visit\"")) || (since && strncmp(sv->s[i].at, since + 15, 23) < 0) || n++ < offset)
			continue;
		if (n > offset + PAGE)
			break;
		sbuf_adds(out, n > offset + 1 ? "," : "");
		if (strstr(url, "_elements="))
			sbuf_addf(out, "{\"resource\":{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"%s\"}}}",
				type, sv->s[i].id, sv->s[i].at);
		else
			sbuf_addf(out, "{\"resource\":%s}", sv->s[i].doc);
	}
	sbuf_adds(out, "]");
	if (n > offset + PAGE)
		sbuf_addf(out, ",\"link\":[{\"relation\":\"next\",\"url\":\"%.*s&_offset=%zu\"}]",
			(int)(at ? at - url : (ptrdiff_t)strlen(url)), url, offset + PAGE);
	sbuf_adds(out, "}");
}

static bool server_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct server *sv = (struct server *)t;
	double began = bench_now();
	char type[32] = "";

	(void)err;
	sbuf_clear(&a->body);
	a->status = 200;
	snprintf(a->content_type, sizeof(a->content_type), "application/fhir+json");
	if (req->body)
		transaction(sv, req, &a->body);
	else if (strstr(req->url, "/metadata"))
		sbuf_adds(&a->body, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}");
	else if (sscanf(strstr(req->url, "/fhir/") + 6, "%31[A-Za-z]", type) == 1)
		page(sv, req->url, type, &a->body);
	t->bytes_up += HEADERS + (req->body ? packed(req->body, req->body_len) : 0);
	t->bytes_down += HEADERS + packed(a->body.s, a->body.len);
	sv->spent += bench_now() - began;
	return true;
}

static void server_close(struct transport *t)
{
	(void)t;
}

/* ---- the clinics ------------------------------------------------------------------------------------------------------ */

static void clinic(struct app *app, const char *dir, const char *name)
{
	static const struct app_init init = { .code = "350299101", .name = "bench", .region = "350299101", .today = INT32_MIN };
	struct err err;
	AUTO_FREE char *folder = path_join(dir, name);

	bench_need(app_create(app, folder, &init, &err), &err, folder);
}

static void save(struct app *app, const char *kind, const char *json, char *id)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *o = NULL;
	struct save_options options = { .confirm_all = true };
	struct save_result r = { 0 };
	struct err err;

	bench_need(json_parse(json, strlen(json), NULL, &o, &err) &&
			records_save_json(app, kind_by_name(kind), o, &options, &mem, &r, &err),
		&err, json);
	snprintf(id, RECORD_ID_MAX + 1, "%s", r.rec->meta.id);
}

static void person(struct app *app, int i, char *id)
{
	char json[512];

	snprintf(json, sizeof(json), "{\"name\":\"%s%d\",\"sex\":\"%d\",\"birth_date\":\"19%02d-%02d-%02d\",\"phone\":\"139500%05d\"}",
		i % 2 ? "王秀英" : "陈建国", i, 1 + i % 2, 30 + i % 50, 1 + i % 12, 1 + i % 28, i);
	save(app, "resident", json, id);
}

static void visit(struct app *app, const char *resident, int i)
{
	char json[1024], id[RECORD_ID_MAX + 1];

	snprintf(json, sizeof(json), "{\"resident\":\"%s\",\"date\":\"20%02d-%02d-%02d\",\"complaint\":\"头痛\",\"diagnosis\":[{\"icd10\":\"I10.x00x023\",\"text\":\"高血压病2级\"}]}", resident, 20 + i % 6, 1 + i % 10, 1 + i % 28);
	save(app, "visit", json, id);
}

static struct sync_figures round_of(struct app *app, struct server *sv)
{
	struct sync_options o = { .county = "http://127.0.0.1:1/fhir", .transport = &sv->t };
	struct sync_figures f;
	struct err err;

	bench_need(sync_round(app, &o, &f, &err), &err, "round");
	return f;
}

int main(int argc, char **argv)
{
	struct server sv = { .t = { .send = server_send, .close = server_close } };
	struct app a, b;
	struct sync_figures f;
	char(*ids)[RECORD_ID_MAX + 1] = xcalloc(PEOPLE, sizeof(*ids)), doctor[RECORD_ID_MAX + 1];
	struct err err;
	double began;

	if (argc != 2)
		return 2;
	clinic(&a, argv[1], "first");
	save(&a, "staff", "{\"name\":\"陈医生\",\"staff_no\":\"1\",\"role\":\"1\"}", doctor);
	bench_need(app_choose_actor(&a, NULL, &err), &err, "doctor");
	for (int i = 0; i < PEOPLE; i++)
		person(&a, i, ids[i]);
	round_of(&a, &sv);
	for (int i = 0; i < PEOPLE * VISITS; i++)
		visit(&a, ids[i % PEOPLE], i);
	sv.t.bytes_up = sv.t.bytes_down = 0;
	sv.round++;
	f = round_of(&a, &sv);
	printf("sync_up\t%lld\n", (long long)f.bytes_up / (PEOPLE * VISITS));
	printf("sync_down\t%lld\n", (long long)f.bytes_down / (PEOPLE * VISITS));
	printf("sync_both\t%lld\n", (long long)(f.bytes_up + f.bytes_down) / (PEOPLE * VISITS));
	app_close(&a);
	clinic(&b, argv[1], "second");
	began = bench_now();
	sv.spent = 0;
	f = round_of(&b, &sv);
	printf("first_load\t%.0f\n", (double)f.pulled / (bench_now() - began - sv.spent) * 1000.0);
	app_close(&b);
	free(ids);
	return 0;
}
