#include "app/service/notices.h"

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/clinic/notifiable.h"
#include "app/service/address.h"
#include "app/service/overview.h"
#include "app/service/rows.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

enum { SAME_CASE_DAYS = 30 };

/* Diseases that stay with a person: a later visit is no new case. */
static const char *const lasting[] = { "aids", "hiv", "hepatitis_b", "hepatitis_c", "hepatitis_d", "tuberculosis", "syphilis",
	"leprosy", "brucellosis", "schistosomiasis", "echinococcosis", "filariasis" };

static bool is_lasting(const char *disease)
{
	for (size_t i = 0; i < N_ELEMENTS(lasting); i++)
		if (!strcmp(lasting[i], disease))
			return true;
	return false;
}

static bool is_known(struct app *app, const struct record *visit, int64_t row, const char *disease, bool *known,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "notice_known");
	const char *who = record_text(visit, "resident");
	const int32_t day = record_day(visit, "date");
	char since[DATE_LEN];

	stmt_bind_text(st, "disease", disease);
	stmt_bind_int(st, "visit", row);
	if (who)
		stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, who));
	stmt_bind_text(st, "since", is_lasting(disease) ? "" : date_iso(day - SAME_CASE_DAYS, since));
	return stmt_yes(st, known, err);
}

/* ---- what is known without asking --------------------------------------------------------------------------------- */

static void copy_text(struct record *to, const char *key, const struct record *from, const char *from_key)
{
	if (value_is_empty(record_get(to, key)))
		record_set_text(to, key, record_text(from, from_key));
}

/* The log wants the address down to group and door. */
static void fill_address(struct app *app, struct record *card, const struct record *who)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (record_text(card, "address"))
		return;
	address_words(app, who, &text);
	record_set_text(card, "address", text.s);
}

bool notice_fill_person(struct app *app, struct record *card, struct err *err)
{
	static const char *const same[] = { "name", "id_number", "sex", "birth_date", "phone", "workplace" };
	struct record *who;

	if (!record_text(card, "resident"))
		return true;
	if (!record_load(app, KIND_RESIDENT, record_text(card, "resident"), card->mem, &who, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(same); i++)
		copy_text(card, same[i], who, same[i]);
	fill_address(app, card, who);
	return true;
}

static void fill_walkin(struct record *card, const struct record *visit)
{
	copy_text(card, "name", visit, "walkin_name");
	copy_text(card, "sex", visit, "walkin_sex");
	copy_text(card, "phone", visit, "walkin_phone");
	if (record_num(visit, "walkin_age", -1) >= 0 && !record_text(card, "birth_date")) {
		record_set_num(card, "age", record_num(visit, "walkin_age", 0));
		record_set_text(card, "age_unit", "1");
	}
}

static void fill_time(struct app *app, struct record *card, const struct record *visit)
{
	const char *started = record_text(visit, "started_at");
	int64_t at = clock_now(&app->clock);
	int minute;

	if (started && !clock_parse(started, &at))
		at = clock_now(&app->clock);
	clock_day_of(at, &minute);
	record_set_num(card, "diagnosed_hour", minute / 60);
}

static bool make_card(struct app *app, const struct record *visit, const struct record *item, const char *disease,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *card = record_new(&mem, kind_by_id(KIND_NOTICE)->form);
	struct put put = { .kind = KIND_NOTICE, .rec = card };

	record_set_text(card, "resident", record_text(visit, "resident"));
	record_set_text(card, "visit", visit->meta.id);
	record_set_text(card, "disease", disease);
	record_set_text(card, "date", record_text(visit, "date"));
	record_set_text(card, "onset_date", record_text(visit, "onset_date") && strlen(record_text(visit, "onset_date")) == 10
			? record_text(visit, "onset_date") : NULL);
	record_set_text(card, "doctor", record_text(visit, "doctor"));
	record_set_text(card, "parent_name", record_text(visit, "guardian_name"));
	if (record_is(item, "certainty", "2"))
		record_set_text(card, "case_class", "1");
	record_set_day(card, "card_date", app_today(app));
	fill_time(app, card, visit);
	fill_walkin(card, visit);
	if (!notice_fill_person(app, card, err))
		return false;
	card->form->compute(card, &(struct form_context){ .today = app_today(app), .last_visit = NO_DAY });
	return record_put(app, &put, err);
}

/* The card is about another person now, or about one who is on file at last. */
static bool refill_person(struct app *app, struct record *card, struct err *err)
{
	static const char *const of_person[] = { "name", "id_number", "sex", "birth_date", "age", "age_unit", "phone", "workplace",
		"address" };

	for (size_t i = 0; i < N_ELEMENTS(of_person); i++)
		record_clear(card, of_person[i]);
	return notice_fill_person(app, card, err);
}

static bool follow(struct app *app, struct record *rec, const struct record *source, struct err *err)
{
	(void)source;
	return refill_person(app, rec, err);
}

const struct use_case notice_use_case = { .kind = KIND_NOTICE, .follow = follow };

bool notices_follow(struct app *app, const struct record *visit, int64_t row, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FREE int64_t *rows = NULL;
	struct stmt *st = stmt_get(app->db, "notice_of_visit");
	const char *who = record_text(visit, "resident");
	size_t n;

	stmt_bind_int(st, "visit", row);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct put put = { .kind = KIND_NOTICE };

		if (!record_load_row(app, rows[i], &mem, &put.rec, NULL, err))
			return false;
		if (!who || (record_text(put.rec, "resident") && !strcmp(who, record_text(put.rec, "resident"))))
			continue;
		record_set_text(put.rec, "resident", who);
		put.base_revision = put.rec->meta.revision;
		if (!refill_person(app, put.rec, err) || !record_put(app, &put, err))
			return false;
	}
	return true;
}

bool notices_of_visit(struct app *app, const struct record *visit, int64_t row, struct err *err)
{
	const struct value *list = record_get(visit, "diagnosis");
	const int32_t day = record_day(visit, "date");

	if (visit->meta.state != RECORD_ACTIVE || day == NO_DAY || record_is(visit, "status", "cancelled"))
		return true;
	for (size_t i = 0; i < list->n_items; i++) {
		const struct record *item = list->items[i];
		const char *disease = notifiable_of(record_text(item, "icd10"), record_text(item, "text"), day);
		bool known;

		if (!disease)
			continue;
		if (!is_known(app, visit, row, disease, &known, err) ||
			(!known && !make_card(app, visit, item, disease, err)))
			return false;
	}
	return true;
}
