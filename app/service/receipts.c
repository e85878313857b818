#include "app/service/receipts.h"

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/overview.h"
#include "db/outbox.h"
#include "db/stmt.h"

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

/* "居民 王小明", of what is kept as "resident/<id>", and the words that may follow it; "": that is not what is kept. */
static const char *missing_words(struct app *app, struct arena *mem, const char *what, const char **said)
{
	const struct kind *kind;
	char name[32], id[RECORD_ID_MAX + 1];
	int n = 0;

	if (sscanf(what, "%31[a-z_]/%64[A-Za-z0-9.-]%n", name, id, &n) != 2 || !(kind = kind_by_name(name)))
		return "";
	*said = what[n] == ' ' ? what + n + 1 : "";
	return arena_printf(mem, "%s %s", term_text(&kind->term), record_name(app, kind->id, id, mem));
}

/* By the word that is kept (sync/untold.c). */
static const struct {
	const char *why, *words;
} untold[] = {
	{ "large", N_("the county has a newer version, but its answer about those before it is too large or cannot be understood") },
	{ "fault", N_("the county has a newer version, but its server fails when it is asked for those before it") },
	{ "pages", N_("the county has a newer version, but its list of those before it cannot be read to the end") },
	{ "another", N_("the county has a newer version, but tells of another record when it is asked for those before it") },
	{ "later", N_("the county has a newer version; those before it are asked for in the next exchange") },
};

static const char *untold_words(struct arena *mem, const char *why)
{
	for (size_t i = 0; why && i < N_ELEMENTS(untold); i++)
		if (strcmp(untold[i].why, why) == 0)
			return strcmp(why, "later") == 0 ? _(untold[i].words) :
				arena_printf(mem, _("%s. It is asked again every day; tell the county"), _(untold[i].words));
	return "";
}

bool receipt_read(struct app *app, int64_t row, struct arena *mem, struct receipt *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "receipt_read");
	bool found;

	*out = (struct receipt){ .row = row, .outbox = -1, .version = "", .reason = "", .said = "", .untold = "" };
	stmt_bind_int(st, "record", row);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	out->revision = stmt_int(st, 0);
	out->outbox = stmt_is_null(st, 1) ? -1 : (int)stmt_int(st, 1);
	out->attempts = stmt_int(st, 2);
	out->version = kept(mem, stmt_text(st, 4));
	out->at = stmt_int(st, 5);
	out->since = stmt_int(st, 6);
	out->reason = kept(mem, stmt_text(st, out->outbox == OUTBOX_EXPORTED ? 7 : 3));
	out->untold = untold_words(mem, stmt_text(st, 8));
	stmt_done(&st);
	if (out->outbox == OUTBOX_PENDING)
		out->reason = missing_words(app, mem, out->reason, &out->said);
	out->state = record_county_state(app, row);
	return true;
}

/* ---- words --------------------------------------------------------------------------------------------------------------- */

/* "11-22 09:41" of this year, "2025-11-22 09:41" of another. */
static void instant(const struct app *app, int64_t at, struct sbuf *out)
{
	char iso[DATE_LEN];
	int minute;
	int32_t day = clock_day_of(at, &minute);

	date_iso(day, iso);
	sbuf_addf(out, "%s %02d:%02d", date_year(day) == date_year(app_today(app)) ? iso + 5 : iso, minute / 60, minute % 60);
}

static const struct term waiting_words[] = {
	[OUTBOX_PENDING] = { "下次同步时上传", "goes with the next exchange" },
	[OUTBOX_BLOCKED] = { "等同一次保存的另一项处理好", "waits for another record of the same save" },
	[OUTBOX_SENDING] = { "正在上传", "is being sent" },
	[OUTBOX_UNKNOWN] = { "发出去了没有回音, 下次先核对", "was sent and not answered: the county is asked first" },
};

static void add_held(const struct app *app, const struct receipt *r, struct sbuf *out)
{
	if (!*r->version) {
		sbuf_adds(out, _("; the county has none of it yet"));
		return;
	}
	sbuf_addf(out, _("; the county has version %s"), r->version);
	if (r->at) {
		sbuf_adds(out, " (");
		instant(app, r->at, out);
		sbuf_adds(out, ")");
	}
}

static void add_since(const struct app *app, const struct receipt *r, struct sbuf *out)
{
	if (!r->since)
		return;
	sbuf_adds(out, _(", saved "));
	instant(app, r->since, out);
}

static void add_untold(const struct receipt *r, struct sbuf *out)
{
	if (*r->untold)
		sbuf_addf(out, "; %s", r->untold);
}

static void words_at_county(const struct app *app, const struct receipt *r, struct sbuf *out)
{
	if (!*r->version) {
		sbuf_adds(out, _("the county has it"));
		return;
	}
	sbuf_addf(out, _("the county has it as version %s"), r->version);
	if (r->at) {
		sbuf_addc(out, ' ');
		instant(app, r->at, out);
	}
}

static void add_missing(const struct receipt *r, struct sbuf *out)
{
	sbuf_addf(out, _("waits: the county does not have %s yet"), r->reason);
	if (*r->said)
		sbuf_addf(out, _("; it said: %s; it is asked again now and then, and when this is changed"), r->said);
}

static void words_open(const struct app *app, const struct receipt *r, struct sbuf *out)
{
	switch (r->outbox) {
	case OUTBOX_EXPORTED:
		if (*r->reason)
			sbuf_addf(out, _("lies on a stick for %s, not yet confirmed"), r->reason);
		else
			sbuf_adds(out, _("was given to the clinic's hub, not yet confirmed"));
		break;
	case OUTBOX_CONFLICT:
		sbuf_adds(out, _("in dispute: a person decides"));
		break;
	case OUTBOX_REJECTED:
		sbuf_addf(out, _("the county refused it: %s"), r->reason);
		break;
	default:
		if (r->outbox == OUTBOX_PENDING && *r->reason)
			add_missing(r, out);
		else if (r->outbox == OUTBOX_PENDING && *r->untold)
			sbuf_adds(out, _("waits"));
		else if (r->outbox == OUTBOX_UNKNOWN && !r->attempts) /* it came by stick or hub, or went out so */
			sbuf_adds(out, _("another computer may have sent it: the county is asked first"));
		else
			sbuf_adds(out, term_text(&waiting_words[r->outbox]));
		if (r->outbox == OUTBOX_PENDING && r->attempts)
			sbuf_addf(out, _(", tried %lld times"), (long long)r->attempts);
	}
	add_since(app, r, out);
	add_held(app, r, out);
}

void receipt_words(const struct app *app, const struct receipt *r, struct sbuf *out)
{
	if (r->state == COUNTY_LOCAL)
		sbuf_adds(out, _("stays here until it is known whose it is"));
	else if (r->outbox < 0 || r->outbox > OUTBOX_REJECTED)
		words_at_county(app, r, out);
	else
		words_open(app, r, out);
	add_untold(r, out);
}

static const struct term classes[] = {
	{ "紧急", "urgent" },
	{ "档案转诊", "files" },
	{ "就诊随访", "visits" },
	{ "更正", "corrections" },
	{ "图片", "pictures" },
	{ "统计", "statistics" },
};

const char *receipt_class(int prio)
{
	return term_text(&classes[prio >= 0 && prio < (int)N_ELEMENTS(classes) ? prio : 2]);
}

/* ---- counts -------------------------------------------------------------------------------------------------------------- */

static bool counts_of(struct stmt *st, struct receipt_counts *out, struct err *err)
{
	bool row;

	*out = (struct receipt_counts){ 0 };
	if (!stmt_step(st, &row, err))
		return false;
	out->waiting = stmt_int(st, 0);
	out->needs = stmt_int(st, 1);
	return true;
}

bool receipts_of(struct app *app, int64_t resident_row, struct receipt_counts *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "receipts_of");

	stmt_bind_int(st, "resident", resident_row);
	return counts_of(st, out, err);
}

bool receipts_all(struct app *app, struct receipt_counts *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "receipts_all");

	return counts_of(st, out, err);
}

/* ---- what the county lacks ------------------------------------------------------------------------------------------------ */

bool lacking_describe(struct app *app, struct arena *mem, struct lacking *l, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct record *rec;
	const char *resident;

	if (!record_load_row(app, l->r.row, mem, &rec, &l->kind, err))
		return false;
	record_summary(app, l->kind, rec, &text);
	resident = l->kind == KIND_RESIDENT ? rec->meta.id : record_text(rec, "resident");
	l->id = rec->meta.id;
	l->resident = resident ? resident : "";
	l->name = resident ? record_name(app, KIND_RESIDENT, resident, mem) : record_name(app, l->kind, l->id, mem);
	l->summary = arena_strdup(mem, text.s);
	if (l->r.outbox == OUTBOX_REJECTED) {
		const struct field *f = receipt_refusal(rec->form, &l->r, mem);

		l->field = f ? f->key : NULL;
	}
	return true;
}

/* Rows first: describing one asks other statements. */
bool receipts_lacking(struct app *app, size_t offset, size_t limit, struct arena *mem, struct lacking **out, size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "receipts_lacking");
	bool row = true, ok = true;

	*n = 0;
	*out = arena_alloc(mem, (limit + 1) * sizeof **out);
	stmt_bind_int(st, "offset", (int64_t)offset);
	stmt_bind_int(st, "limit", (int64_t)limit);
	while (*n < limit && (ok = stmt_step(st, &row, err)) && row)
		(*out)[(*n)++] = (struct lacking){ .r = { .row = stmt_int(st, 0) }, .prio = (int)stmt_int(st, 1) };
	stmt_done(&st);
	for (size_t i = 0; ok && i < *n; i++)
		ok = receipt_read(app, (*out)[i].r.row, mem, &(*out)[i].r, err) && lacking_describe(app, mem, &(*out)[i], err);
	return ok;
}
