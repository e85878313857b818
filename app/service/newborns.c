#include "app/service/newborns.h"

#include "app/base/date.h"
#include "db/stmt.h"

enum { TWIN_DAYS = 2, MOTHER_FROM = 12, MOTHER_UNTIL = 60 };

static const struct term son = { "之子", "'s son" }, daughter = { "之女", "'s daughter" }, child_of = { "之婴", "'s child" };

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

/* A name that was made here, with or without the number of a twin. */
static bool is_made(const char *name)
{
	const struct term *const all[] = { &son, &daughter, &child_of };
	char plain[256];
	size_t n;

	snprintf(plain, sizeof plain, "%s", name);
	n = strlen(plain);
	while (n && plain[n - 1] >= '0' && plain[n - 1] <= '9')
		plain[--n] = '\0';
	for (size_t i = 0; i < N_ELEMENTS(all); i++)
		if (ends_with(plain, all[i]->zh) || ends_with(plain, all[i]->en))
			return true;
	return false;
}

void newborn_name(struct record *child)
{
	const char *name = record_text(child, "name"), *mother = record_text(child, "kin_name");
	const struct term *word = record_is(child, "sex", "1") ? &son : record_is(child, "sex", "2") ? &daughter : &child_of;
	int64_t order = record_num(child, "birth_order", 0);

	if (!mother || (name && !is_made(name)))
		return;
	record_set_text(child, "name", order ? arena_printf(child->mem, "%s%s%d", mother, term_text(word), (int)order) :
		arena_printf(child->mem, "%s%s", mother, term_text(word)));
}

static void take_from_mother(const struct record *mother, struct record *child)
{
	static const char *const same[] = { "village", "group", "house", "place_name", "address", "registered_address",
		"household", "responsible_doctor", "residence_type" };
	static const struct {
		const char *from, *to;
	} other[] = { { "id_number", "guardian_id" }, { "name", "kin_name" }, { "name", "contact_name" },
		{ "phone", "contact_phone" } };

	for (size_t i = 0; i < N_ELEMENTS(same); i++)
		record_set_text(child, same[i], record_text(mother, same[i]));
	for (size_t i = 0; i < N_ELEMENTS(other); i++)
		record_set_text(child, other[i].to, record_text(mother, other[i].from));
	record_set_text(child, "kin_relation", "5");
	record_set_text(child, "no_id", "1");
}

/* Children of hers born in the last days: the number of the next one, 0 when there is none. */
static bool twin_number(struct app *app, const struct record *mother, int64_t *order, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "newborn_twins");
	char since[DATE_LEN];
	int64_t n;

	stmt_bind_text(st, "guardian", record_text(mother, "id_number"));
	stmt_bind_text(st, "mother", record_text(mother, "name"));
	stmt_bind_text(st, "since", date_iso(app_today(app) - TWIN_DAYS * 15, since));
	stmt_bind_int(st, "household", record_text(mother, "household") ?
		record_row(app, KIND_HOUSEHOLD, record_text(mother, "household")) : 0);
	stmt_bind_int(st, "village", record_text(mother, "village") ?
		record_row(app, KIND_ORGANISATION, record_text(mother, "village")) : 0);
	if (!stmt_value(st, &n, 0, err))
		return false;
	*order = n ? n + 1 : 0;
	return true;
}

static bool may_be_mother(struct app *app, const struct record *who)
{
	int32_t birth = record_day(who, "birth_date");
	int age = birth == NO_DAY ? -1 : date_age(birth, app_today(app));

	return !record_is(who, "sex", "1") && (age < 0 || (age >= MOTHER_FROM && age <= MOTHER_UNTIL));
}

bool newborn_begin(struct app *app, const char *mother, struct record *child, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *who;
	int64_t order;

	if (!record_load(app, KIND_RESIDENT, mother, &mem, &who, err))
		return false;
	if (!may_be_mother(app, who))
		return err_set(err, ERR_WRONG_STATE, _("A newborn is entered from the mother's page."));
	take_from_mother(who, child);
	record_set_text(child, "filed_by", app->actor_name);
	record_set_text(child, "filed_org", app->clinic.name);
	record_set_day(child, "filed_on", app_today(app));
	if (!twin_number(app, who, &order, err))
		return false;
	if (order)
		record_set_num(child, "birth_order", order);
	newborn_name(child);
	return true;
}
