/* The identity rule of import: the same ID number, else the same file number, else name, birth date, sex and village where
 * no number says otherwise; at last those of files that were merged, so that an old list does not bring them back. */
#include "app/clinic/idcard.h"
#include "app/service/imports_int.h"
#include "db/stmt.h"

static bool by_number(struct app *app, const char *statement, const char *number, int64_t *row, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	bool found;

	if (!number || !*number)
		return true;
	st = stmt_get(app->db, statement);
	stmt_bind_text(st, "number", number);
	stmt_bind_text(st, "not", "");
	if (!stmt_step(st, &found, err))
		return false;
	if (found)
		*row = stmt_int(st, 1);
	return true;
}

static bool several(struct err *err)
{
	err_set(err, ERR_DUPLICATE,
		_("Several residents with this name, birth date and sex are registered. Give the ID number or the village."));
	return err_at(err, "name");
}

/* Namesakes born on one day: two sound numbers of cards are two people.  A stored number that is wrong decides nothing. */
static bool is_another(const struct import_identity *who, const char *stored)
{
	struct id_check a, b;

	if (!who->card || !stored)
		return false;
	id_check(who->id_number, "01", NO_DAY, &a);
	id_check(stored, "01", NO_DAY, &b);
	return b.result != ID_REJECT && strcmp(*a.upgraded ? a.upgraded : a.norm, *b.upgraded ? b.upgraded : b.norm) != 0;
}

/* One in the village is he, whoever else there is; else the only one. */
static bool by_name(struct app *app, struct import_identity *who, int64_t *row, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	size_t n[2] = { 0 };
	int64_t rows[2] = { 0 };
	bool found = true;

	if (!who->name || !who->birth_date || !who->sex || (who->village_name && !who->village))
		return true;
	st = stmt_get(app->db, "import_same_person");
	stmt_bind_text(st, "name", who->name);
	stmt_bind_text(st, "date", who->birth_date);
	stmt_bind_text(st, "sex", who->sex);
	stmt_bind_text(st, "number", who->id_number);
	stmt_bind_text(st, "other", who->other_number);
	if (who->village)
		stmt_bind_int(st, "village", record_row(app, KIND_ORGANISATION, who->village));
	while (found) {
		if (!stmt_step(st, &found, err))
			return false;
		if (found && is_another(who, stmt_text(st, 2))) {
			who->namesake = true;
		} else if (found) {
			bool in_village = stmt_int(st, 1) != 0;

			rows[in_village] = stmt_int(st, 0);
			n[in_village]++;
		}
	}
	*row = n[1] ? rows[1] : rows[0];
	return (n[1] ? n[1] : n[0]) <= 1 || several(err);
}

/* Of a file that was merged: the one it went into. */
static bool by_merged(struct app *app, const struct import_identity *who, int64_t *row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "import_merged");

	stmt_bind_text(st, "number", who->id_number ? who->id_number : who->other_number);
	stmt_bind_text(st, "file_no", who->file_no);
	stmt_bind_text(st, "name", who->name);
	stmt_bind_text(st, "date", who->birth_date);
	stmt_bind_text(st, "sex", who->sex);
	if (!stmt_value(st, row, 0, err))
		return false;
	if (*row)
		*row = record_survivor(app, *row);
	return true;
}

bool import_find(struct app *app, struct import_identity *who, int64_t *row, struct err *err)
{
	*row = 0;
	return by_number(app, "resident_by_number", who->id_number, row, err) &&
		(*row || by_number(app, "resident_by_number", who->other_number, row, err)) &&
		(*row || by_number(app, "resident_by_file_no", who->file_no, row, err)) &&
		(*row || by_name(app, who, row, err)) && (*row || by_merged(app, who, row, err));
}

/* ---- a dry run's memory ---------------------------------------------------------------------------------------------------- */

enum { NUMBERS = 3 };

/* What he is known by before his name. */
static size_t numbers_of(const struct import_identity *who, struct arena *mem, const char *keys[NUMBERS])
{
	size_t n = 0;

	if (who->id_number)
		keys[n++] = arena_printf(mem, "i%s", who->id_number);
	if (who->other_number)
		keys[n++] = arena_printf(mem, "i%s", who->other_number);
	if (who->file_no)
		keys[n++] = arena_printf(mem, "f%s", who->file_no);
	return n;
}

/* Two keys: of whoever has this name, and of his card's number, or that there are several. */
static bool name_of(const struct import_identity *who, struct arena *mem, const char *keys[2])
{
	if (!who->name || !who->birth_date || !who->sex)
		return false;
	keys[0] = arena_printf(mem, "n%s\t%s\t%s\t%s", who->name, who->birth_date, who->sex,
		who->village_name ? who->village_name : "");
	keys[1] = arena_printf(mem, "#%s", keys[0]);
	return true;
}

static const char several_numbers[] = "";

void import_remember(struct strmap *m, const struct import_identity *who, const char *body)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *keys[NUMBERS], *name[2];
	size_t n = numbers_of(who, &mem, keys);

	for (size_t i = 0; i < n; i++)
		strmap_put(m, keys[i], body);
	if (!name_of(who, &mem, name))
		return;
	strmap_put(m, name[0], body);
	if (who->card)
		strmap_put(m, name[1], is_another(who, strmap_get(m, name[1])) ? several_numbers : who->id_number);
}

static bool recall_by_name(const struct strmap *m, struct import_identity *who, const char *name[2], const char **body,
	struct err *err)
{
	const char *number = strmap_get(m, name[1]);
	bool many = number && !*number;

	if (many && !who->card)
		return several(err);
	who->namesake |= many || is_another(who, number);
	if (!who->namesake)
		*body = strmap_get(m, name[0]);
	return true;
}

bool import_recall(const struct strmap *m, struct import_identity *who, const char **body, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *keys[NUMBERS], *name[2];
	size_t n = numbers_of(who, &mem, keys);

	*body = NULL;
	for (size_t i = 0; i < n && !*body; i++)
		*body = strmap_get(m, keys[i]);
	return *body || !name_of(who, &mem, name) || recall_by_name(m, who, name, body, err);
}
