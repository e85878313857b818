#include "app/service/dependants.h"

#include "app/base/i18n.h"
#include "db/stmt.h"

enum { NAMED = 3 };

static const struct {
	enum kind_id kind;
	const char *counts; /* named statement: kind and number of what hangs on :row, the most first */
	const char *way;    /* out of it */
} rules[] = {
	{ KIND_RESIDENT, "dependants_of_resident",
		N_("Move what is another person's, merge a double file, or set died or moved away.") },
	{ KIND_ORGANISATION, "dependants_of_organisation", N_("Give them another village first.") },
	{ KIND_HOUSEHOLD, "dependants_of_household", N_("Take its members out first.") },
	{ KIND_TEAM, "dependants_of_team", N_("Give them another team first.") },
	{ KIND_EXAM_DAY, "dependants_of_exam_day", N_("Void its sheets first.") },
};

/* "随访 12, 就诊 3, 签约 1 ...": the commonest are named. */
static bool name_them(struct stmt *st, struct sbuf *out, struct err *err)
{
	bool row;

	for (int i = 0;; i++) {
		const struct kind *k;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		k = kind_by_id((enum kind_id)stmt_int(st, 0));
		if (i < NAMED && k)
			sbuf_addf(out, "%s%s %lld", out->len ? ", " : "", term_text(&k->term), (long long)stmt_int(st, 1));
		else if (i == NAMED)
			sbuf_adds(out, " ...");
	}
	return true;
}

bool dependants_none(struct app *app, enum kind_id kind, int64_t row, struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(rules); i++) {
		AUTO_SBUF struct sbuf names = SBUF_INIT;
		AUTO_STMT struct stmt *st = NULL;

		if (rules[i].kind != kind)
			continue;
		st = stmt_get(app->db, rules[i].counts);
		stmt_bind_int(st, "row", row);
		if (!name_them(st, &names, err))
			return false;
		if (names.len)
			/* TRANSLATORS: what hangs on a record that was to be void ("visit 3"), then what to do about it */
			return err_set(err, ERR_WRONG_STATE, _("Still there: %s. %s"), names.s, gettext(rules[i].way));
	}
	return true;
}
