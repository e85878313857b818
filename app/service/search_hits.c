/* What a line of the list shows about a resident. */
#include "app/service/search.h"

#include <json-c/json.h>

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/clinic/idcard.h"
#include "app/clinic/kind.h"
#include "db/stmt.h"

static const char *text(struct arena *mem, struct stmt *st, int col)
{
	const char *s = stmt_text(st, col);

	return s ? arena_strdup(mem, s) : "";
}

/* The codes of ["2","5"] in words after those that there are; "1" is none. */
static const char *allergies(struct arena *mem, const char *words, const char *array)
{
	const struct field *f = form_field(kind_by_id(KIND_RESIDENT)->form, "drug_allergy");

	while (f && array && (array = strchr(array, '"')) != NULL) {
		char value[16];
		size_t len = strcspn(++array, "\"");
		const struct code *code;

		snprintf(value, sizeof value, "%.*s", (int)len, array);
		array += len + (array[len] == '"');
		code = field_code(f, value);
		if (code && !code->exclusive && !strstr(words, term_text(&code->term)))
			words = arena_printf(mem, "%s%s%s", words, *words ? " " : "", term_text(&code->term));
	}
	return words;
}

static void read_line(struct app *app, struct stmt *st, struct arena *mem, struct search_hit *hit)
{
	char masked[64];
	int32_t birth;

	hit->id = text(mem, st, 0);
	hit->name = text(mem, st, 1);
	hit->sex = text(mem, st, 2);
	hit->birth_date = text(mem, st, 3);
	birth = date_day(hit->birth_date);
	hit->age = birth == NO_DAY ? -1 : date_age(birth, app_today(app));
	hit->village = text(mem, st, 4);
	hit->village_id = text(mem, st, 5);
	hit->group = text(mem, st, 6);
	hit->house = text(mem, st, 7);
	hit->id_masked = *text(mem, st, 8) ? arena_strdup(mem, id_mask(stmt_text(st, 8), masked, sizeof masked)) : "";
	hit->status = text(mem, st, 9);
	hit->phone = text(mem, st, 10);
	hit->kin_name = text(mem, st, 11);
	hit->kin_relation = text(mem, st, 12);
	hit->nickname = text(mem, st, 13);
	hit->phone_owner = text(mem, st, 14);
	hit->allergy = allergies(mem, "", stmt_text(st, 15));
	if (stmt_text(st, 17)) /* the other side of an open dispute warns, too */
		hit->allergy = allergies(mem, hit->allergy, stmt_text(st, 17));
	hit->village_row = stmt_int(st, 16);
}

static bool read_programmes(struct app *app, struct arena *mem, struct search_hit *hit, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "search_programmes");
	bool row = true;

	stmt_bind_int(st, "id", hit->row);
	while (hit->n_programmes < N_ELEMENTS(hit->programmes)) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		hit->programmes[hit->n_programmes++] = text(mem, st, 0);
	}
	return true;
}

static bool read_contract(struct app *app, struct arena *mem, struct search_hit *hit, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "search_contract");
	bool row;

	stmt_bind_int(st, "id", hit->row);
	if (!stmt_step(st, &row, err))
		return false;
	hit->contract = row ? text(mem, st, 0) : "";
	return true;
}

static bool count_same_name(struct app *app, struct search_hit *hit, struct err *err)
{
	char clean[SEARCH_KEY_MAX], key[SEARCH_KEY_MAX + 1];
	struct stmt *st;
	int64_t n = 1;

	hit->same_name = 1;
	if (!search_clean(hit->name, clean, sizeof clean))
		return true;
	snprintf(key, sizeof key, "%c%s", KEY_NAME, clean);
	st = stmt_get(app->db, hit->village_row ? "search_same_name" : "search_same_name_all");
	stmt_bind_int(st, "village", hit->village_row);
	stmt_bind_text(st, "key", key);
	if (!stmt_value(st, &n, 1, err))
		return false;
	hit->same_name = (int)n;
	return true;
}

bool search_hit_of(struct app *app, int64_t row, struct arena *mem, struct search_hit *out, struct err *err)
{
	char today[DATE_LEN];
	bool found;

	*out = (struct search_hit){ .row = row, .contract = "" };
	{
		AUTO_STMT struct stmt *st = stmt_get(app->db, "search_hit");

		stmt_bind_int(st, "id", row);
		stmt_bind_text(st, "today", date_iso(app_today(app), today));
		if (!stmt_step(st, &found, err))
			return false;
		if (!found)
			return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
		read_line(app, st, mem, out);
	}
	return read_programmes(app, mem, out, err) && read_contract(app, mem, out, err) &&
		count_same_name(app, out, err);
}

struct json_object *search_hit_json(const struct search_hit *hit)
{
	struct json_object *obj = json_object_new_object(), *programmes = json_object_new_array();

	json_set_known(obj, "id", hit->id);
	json_set_known(obj, "name", hit->name);
	json_set_known(obj, "sex", hit->sex);
	json_set_known(obj, "birth_date", hit->birth_date);
	json_object_object_add(obj, "age", hit->age < 0 ? NULL : json_object_new_int(hit->age));
	json_set_known(obj, "village", hit->village);
	json_set_known(obj, "group", hit->group);
	json_set_known(obj, "house", hit->house);
	json_set_known(obj, "id_masked", hit->id_masked);
	for (size_t i = 0; i < hit->n_programmes; i++)
		json_object_array_add(programmes, json_object_new_string(hit->programmes[i]));
	json_object_object_add(obj, "programmes", programmes);
	json_set_known(obj, "contract", hit->contract);
	json_set_known(obj, "match", search_match_name(hit->match));
	json_object_object_add(obj, "same_name", json_object_new_int(hit->same_name));
	return obj;
}
