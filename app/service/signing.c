#include "app/service/signing.h"

#include "app/base/date.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/states.h"
#include "app/service/contract_plan.h"
#include "app/service/households.h"
#include "app/service/packages.h"
#include "db/stmt.h"

/* ---- who and what ---------------------------------------------------------------------------------------------------------- */

static unsigned groups_of(struct app *app, const struct record *who, struct arena *mem, struct err *err, bool *ok)
{
	const struct kind *kind = kind_by_id(KIND_CONTRACT);
	struct record *rec = record_new(mem, kind->form);
	struct form_context cx;

	record_set_text(rec, "resident", who->meta.id);
	*ok = records_context(app, kind, rec, mem, &cx, err);
	return *ok ? key_groups_of_resident(who, cx.programmes, app_today(app)) : 0;
}

static const char *group_words(unsigned groups, struct arena *mem)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	for (size_t i = 0; i < key_group_count; i++)
		if (groups & (unsigned)key_groups[i].group)
			sbuf_addf(&words, "%s%s", words.len ? " " : "", term_text(&key_groups[i].name));
	return arena_strdup(mem, words.s);
}

static bool is_gone(const struct record *who)
{
	return record_is(who, "status", "3") || record_is(who, "status", "4") || record_is(who, "status", "5");
}

/* The newest contract decides: running on, to be renewed, or none. */
static bool look_at_contract(struct app *app, struct candidate *c, struct arena *mem, struct record **last, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "contract_latest");
	int64_t row;

	*last = NULL;
	if (!contract_running(app, c->resident, c->running, err))
		return false;
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, c->resident));
	if (!stmt_value(st, &row, 0, err) || (row && !record_load_row(app, row, mem, last, NULL, err)))
		return false;
	if (*last)
		c->until = record_text(*last, "end") ? record_text(*last, "end") : "";
	if (*c->running) {
		c->state = SIGNING_HAS;
	} else if (*last && record_is(*last, "status", "active")) {
		c->state = SIGNING_RENEW;
		snprintf(c->contract, sizeof c->contract, "%s", (*last)->meta.id);
	}
	return true;
}

/* What was signed before stays, what the groups ask for comes to it. */
static void propose(const struct packages *all, unsigned groups, const struct record *last, struct candidate *c)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT, both = SBUF_INIT;
	struct value proposed;

	packages_propose(all, groups, &codes);
	proposed = (struct value){ .kind = codes.len ? V_CODES : V_EMPTY, .text = codes.s };
	for (size_t i = 0; i < all->n; i++)
		if (value_has_code(&proposed, all->v[i].code) ||
			(last && c->state == SIGNING_RENEW && record_is(last, "packages", all->v[i].code)))
			sbuf_addf(&both, "%s%s", both.len ? "," : "", all->v[i].code);
	snprintf(c->packages, sizeof c->packages, "%s", both.s);
}

static bool read_candidate(struct app *app, int64_t row, const struct packages *all, struct arena *mem, struct candidate *c,
	struct err *err)
{
	struct record *who, *last;
	unsigned groups;
	bool ok;

	if (!record_load_row(app, row, mem, &who, NULL, err))
		return false;
	*c = (struct candidate){ .resident = who->meta.id, .name = record_text(who, "name"), .sex = record_text(who, "sex"),
		.born = record_day(who, "birth_date"), .until = "", .state = SIGNING_NEW };
	c->age = date_age(c->born, app_today(app));
	groups = groups_of(app, who, mem, err, &ok);
	if (!ok || !look_at_contract(app, c, mem, &last, err))
		return false;
	c->groups = group_words(groups, mem);
	if (is_gone(who))
		c->state = SIGNING_NOBODY;
	propose(all, groups, last, c);
	c->chosen = c->state == SIGNING_NEW || c->state == SIGNING_RENEW;
	return true;
}

bool signing_household(struct app *app, int64_t household, struct arena *mem, struct candidate **out, size_t *n,
	struct err *err)
{
	AUTO_FREE int64_t *rows = NULL;
	struct packages all;

	if (!household_members(app, household, &rows, n, err) || !packages_read(app, app_today(app), mem, &all, err))
		return false;
	*out = arena_alloc(mem, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		if (!read_candidate(app, rows[i], &all, mem, &(*out)[i], err))
			return false;
	return true;
}

/* ---- signing ---------------------------------------------------------------------------------------------------------------- */

static bool make(struct app *app, const struct candidate *c, const struct packages *all, const struct contract_terms *terms,
	struct arena *mem, struct record **out, struct err *err)
{
	struct record *old = NULL;
	bool renews;

	if (!records_new(app, kind_by_id(KIND_CONTRACT), NULL, c->resident, mem, out, err))
		return false;
	if (c->state == SIGNING_RENEW) {
		if (!record_load(app, KIND_CONTRACT, c->contract, mem, &old, err))
			return false;
		contract_renewal(app, *out, old);
	} else if (!contract_prefill(app, *out, &renews, NULL, mem, err)) {
		return false;
	}
	if (!contract_take_terms(app, *out, terms, err))
		return false;
	if (old && record_text(old, "packages") && !strcmp(record_text(old, "packages"), c->packages)) {
		packages_charge(all, *out);
		return true;
	}
	record_set_text(*out, "packages", c->packages);
	packages_plan(all, *out);
	return true;
}

static bool sign_one(struct app *app, struct candidate *c, const struct packages *all, const struct contract_terms *terms,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .reason = NULL };
	struct save_result result;
	struct record *rec;

	c->fault[0] = c->made[0] = c->warning[0] = '\0';
	if (make(app, c, all, terms, &mem, &rec, err) &&
		records_save(app, kind_by_id(KIND_CONTRACT), rec, &o, &mem, &result, err)) {
		snprintf(c->made, sizeof c->made, "%s", result.rec->meta.id);
		for (const struct finding *f = result.findings.first; f; f = f->next)
			if (!strcmp(f->code, "capacity"))
				snprintf(c->warning, sizeof c->warning, "%s", f->message);
		return true;
	}
	snprintf(c->fault, sizeof c->fault, "%s", err->message);
	return false;
}

bool signing_sign(struct app *app, struct candidate *v, size_t n, const struct contract_terms *terms, size_t *signed_,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct packages all;
	struct err first = { 0 };

	*signed_ = 0;
	if (!packages_read(app, app_today(app), &mem, &all, err))
		return false;
	if (!*app->actor && !app_choose_actor(app, NULL, err))
		return false;
	if (!work_begin(&w, app, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!v[i].chosen)
			continue;
		if (sign_one(app, &v[i], &all, terms, err))
			++*signed_;
		else if (first.code == ERR_NONE)
			first = *err;
	}
	if (first.code != ERR_NONE) {
		*signed_ = 0;
		*err = first;
		return false;
	}
	if (!*signed_)
		return err_set(err, ERR_REQUIRED, _("Nobody is chosen."));
	return work_commit(&w, err);
}

bool signing_renew(struct app *app, int64_t contract, const struct contract_terms *terms, char made[RECORD_ID_MAX + 1],
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .reason = NULL };
	struct save_result result;
	char id[RECORD_ID_MAX + 1];

	if (!record_id_of_row(app, contract, id))
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	if (!contract_renew(app, id, terms, &o, &mem, &result, err))
		return false;
	snprintf(made, RECORD_ID_MAX + 1, "%s", result.rec->meta.id);
	return true;
}

bool signing_signed(struct app *app, int64_t contract, const struct contract_terms *terms, char made[RECORD_ID_MAX + 1],
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct contract_act act = { .event = "sign", .day = NO_DAY, .signed_by = terms->signed_by,
		.sign_method = terms->sign_method, .guardian = terms->guardian };
	struct save_result result;

	if (!record_id_of_row(app, contract, made))
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	return contract_act(app, made, &act, &mem, &result, err);
}
