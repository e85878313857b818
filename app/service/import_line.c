/* A line of a list: its cells in the form's terms, what the number says of itself, and who it may be. */
#include "app/service/import_line.h"

#include "app/base/date.h"
#include "app/base/i18n.h"

static void check_width(struct import *im, struct line *l)
{
	for (size_t i = im->cols.n; i < l->csv->n; i++)
		if (*l->csv->field[i]) {
			finding_error(&l->faults, ERR_FORMAT, "",
				_("The line has more cells than there are headings: a comma inside a cell without quotes?"));
			return;
		}
	if (l->csv->unfinished && l->csv->n < im->cols.n)
		finding_error(&l->faults, ERR_FORMAT, "", _("The file ends in the middle of this line."));
}

static const struct value *seen_before(const struct seen_cells *seen, const char *text)
{
	for (size_t i = 0; seen && i < seen->n; i++)
		if (!strcmp(seen->cell[i].text, text))
			return &seen->cell[i].means;
	return NULL;
}

static void keep_seen(struct import *im, size_t column, const char *text, const struct value *means)
{
	struct seen_cells *seen = im->seen[column];

	if (!seen)
		seen = im->seen[column] = arena_alloc(&im->mem, sizeof *seen);
	if (seen->n == SEEN_MAX)
		return;
	seen->cell[seen->n].text = arena_strdup(&im->mem, text);
	seen->cell[seen->n].means = *means;
	if (means->text)
		seen->cell[seen->n].means.text = arena_strdup(&im->mem, means->text);
	seen->n++;
}

static bool read_cell(struct import *im, size_t column, const char *text, struct value *v, struct err *err)
{
	const struct field *f = im->cols.field[column];
	const struct value *means = seen_before(im->seen[column], text);

	if (means) {
		*v = *means;
		return true;
	}
	if (!import_cell(f, im->cols.heading[column], text, &im->one, v, err))
		return false;
	if (f->type == V_CODE || f->type == V_CODES)
		keep_seen(im, column, text, v);
	return true;
}

static void read_cells(struct import *im, struct line *l)
{
	struct err err;

	check_width(im, l);
	for (size_t i = 0; i < l->csv->n && i < im->cols.n; i++) {
		const struct field *f = im->cols.field[i];
		struct value v;

		if (!f || !*l->csv->field[i])
			continue;
		if (!read_cell(im, i, l->csv->field[i], &v, &err))
			finding_from_err(&l->faults, &err);
		else if (!value_is_empty(&v))
			l->given->values[f - im->form->fields] = v;
	}
}

/* The number as it is stored, and what it tells where the list says nothing, or only a year. */
static void read_number(struct import *im, struct line *l)
{
	const char *number = record_text(l->given, "id_number"), *type = record_text(l->given, "id_type");

	if (!number)
		return;
	id_check(number, type ? type : "01", app_today(im->app), &l->id);
	if (l->id.result == ID_REJECT)
		return; /* the form's check says why */
	if (*l->id.norm)
		record_set_text(l->given, "id_number", l->id.norm);
	if (l->id.type == ID_RESIDENT && !strcmp(l->id.norm + strlen(l->id.norm) - 3, "000"))
		finding_warning(&l->faults, "rounded", "id_number",
			_("The number ends in three zeros, as Excel makes of the last digits of long numbers: compare it with "
			  "the card."));
	l->who.id_number = record_text(l->given, "id_number");
	l->who.card = !type || !strcmp(type, "01");
	if (l->id.type == ID_OLD15 && *l->id.upgraded)
		l->who.other_number = l->id.upgraded;
}

static const char *fuller_date(const char *given, const char *known)
{
	return *known && (!given || !strncmp(known, given, strlen(given))) ? known : given;
}

static void read_village(struct import *im, struct line *l)
{
	const char *text = record_text(l->given, "village");
	bool several = false;
	struct err err;

	l->village = text ? import_village(&im->places, text, &several) : im->village;
	if (several) {
		import_several(text, &err);
		finding_from_err(&l->faults, &err);
	}
	if (!text && l->village)
		record_set_text(l->given, "village", l->village->name);
	l->who.village_name = l->village ? l->village->name : text;
	l->who.village = l->village ? l->village->id : NULL;
}

void import_read_line(struct import *im, const struct csv_record *csv, struct line *l)
{
	const char *sex, *birth;

	*l = (struct line){ .csv = csv, .given = record_new(&im->one, im->form) };
	findings_init(&l->faults, &im->one);
	l->faults.brief = true;
	read_cells(im, l);
	read_number(im, l);
	read_village(im, l);
	sex = record_text(l->given, "sex");
	birth = record_text(l->given, "birth_date");
	l->who.file_no = record_text(l->given, "file_no");
	l->who.name = record_text(l->given, "name");
	l->who.birth_date = fuller_date(birth, l->id.dob);
	l->who.sex = sex ? sex : l->id.sex == 1 ? "1" : l->id.sex == 2 ? "2" : NULL;
	if (birth && l->who.birth_date != birth)
		record_set_text(l->given, "birth_date", l->who.birth_date);
}
