/* Prescription lines are filled from the list of common drugs, and from what the name says: nothing is typed that can be
 * known.  What the program wrote stays its own until it is typed over: another drug takes it away again. */
#include <ctype.h>

#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/clinic/drugs.h"
#include "screens/kit/menu.h"
#include "screens/visit_int.h"

static struct visit_screen *whole(struct form_screen *fs)
{
	return (struct visit_screen *)fs;
}

/* "prescriptions[0]" of "prescriptions[0].name". */
static void line_of(const char *path, char *out, size_t size)
{
	snprintf(out, size, "%.*s", (int)strcspn(path, "."), path);
}

static const char *path_of(const char *line, const char *key, char *out, size_t size)
{
	snprintf(out, size, "%s.%s", line, key);
	return out;
}

/* Only where nothing stands that somebody typed; text NULL takes away what the program wrote. */
static bool fill(struct form_screen *fs, struct record *item, const char *line, const char *key, const char *text)
{
	char path[96];

	path_of(line, key, path, sizeof path);
	if (!value_is_empty(record_get(item, key)) && !form_is_ours(&fs->form, path))
		return false;
	record_set_text(item, key, text);
	return text != NULL;
}

/* Enter goes past it. */
static void give(struct form_screen *fs, struct record *item, const char *line, const char *key, const char *text)
{
	char path[96];

	if (fill(fs, item, line, key, text))
		form_given(&fs->form, path_of(line, key, path, sizeof path));
}

/* The unit is what makes "5" five tablets or five milligrams: Enter stops there. */
static void by_name(struct form_screen *fs, struct record *item, const char *line)
{
	const char *name = record_text(item, "name");
	const struct drug d = name ? drug_usual(name) : (struct drug){ 0 };
	char path[96];

	give(fs, item, line, "form", d.form);
	give(fs, item, line, "route", d.unit ? drug_route(d.form) : NULL);
	give(fs, item, line, "strength", NULL);
	if (fill(fs, item, line, "unit", d.unit))
		form_proposed(&fs->form, path_of(line, "unit", path, sizeof path));
}

/* Seven days of one tablet twice are 14: that quantity counts tablets.  Any other may be boxes, and is asked. */
static void quantity_unit(struct form_screen *fs, struct record *item, const char *line)
{
	const int64_t dose = record_num(item, "dose", 0), times = record_num(item, "times_per_day", 0),
		      days = record_num(item, "days", 0), quantity = record_num(item, "quantity", 0);
	const bool counts_doses = dose > 0 && times > 0 && days > 0 && dose * times * days == quantity * 10;

	give(fs, item, line, "quantity_unit", counts_doses ? record_text(item, "unit") : NULL);
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

static const char *words_of_form(const struct form_screen *fs, const char *code)
{
	const struct field *list = form_field(fs->rec->form, "prescriptions");
	const struct code *c = field_code(form_field(list->form, "form"), code);

	return c ? term_text(&c->term) : "";
}

static bool open_list(struct form_screen *fs, struct ui *ui, const char *path, const char *typed)
{
	size_t n, at = 0;
	const struct drug *drugs = drugs_listed(&n);
	struct menu_item *items = arena_alloc(&fs->live, (n + 1) * sizeof *items);
	const struct screen *list;

	for (size_t i = 0; i < n; i++)
		items[i] = (struct menu_item){ .text = arena_printf(&fs->live, "%s %s", drugs[i].name, drugs[i].strength),
			.detail = words_of_form(fs, drugs[i].form), .value = (int64_t)i };
	line_of(path, whole(fs)->item, sizeof whole(fs)->item);
	menu_show(ui, TAG_DRUG, &(struct menu){ .title = _("Common drugs"), .items = items, .n_items = n, .match = match_pinyin });
	list = ui_top(ui);
	while (typed && typed[at] && list->key) {
		struct key k = { 0 };

		at += utf8_decode(typed + at, strlen(typed + at), &k.code);
		list->key(ui, ui_top_state(ui), k);
	}
	return true;
}

/* Letters alone are initials of a drug that the list has. */
static bool is_initials(const char *name)
{
	size_t n;
	const struct drug *drugs = drugs_listed(&n);

	if (strlen(name) < 2)
		return false;
	for (const char *p = name; *p; p++)
		if (!islower((unsigned char)*p))
			return false;
	for (size_t i = 0; i < n; i++)
		if (match_pinyin(drugs[i].name, name))
			return true;
	return false;
}

void visit_drug_changed(struct form_screen *fs, struct ui *ui, const char *path)
{
	static const char *const counted[] = { "dose", "unit", "times_per_day", "days", "quantity" };
	const char *key = NULL, *name;
	struct record *item = strncmp(path, "prescriptions[", 14) == 0 ? visit_item(fs, path, &key) : NULL;
	char line[64];

	if (!item)
		return;
	line_of(path, line, sizeof line);
	if (!strcmp(key, "name")) {
		name = record_text(item, "name");
		by_name(fs, item, line);
		if (name && is_initials(name))
			open_list(fs, ui, path, name);
	}
	for (size_t i = 0; i < N_ELEMENTS(counted); i++)
		if (!strcmp(key, counted[i]))
			quantity_unit(fs, item, line);
	form_refresh(&fs->form);
}

bool visit_drug_pick(struct form_screen *fs, struct ui *ui, const char *path)
{
	const char *dot = strchr(path, '.');

	if (strncmp(path, "prescriptions[", 14) != 0 || !dot || strcmp(dot, ".name") != 0)
		return false;
	return open_list(fs, ui, path, fs->form.typed ? fs->form.edit.text.s : NULL);
}

/* On with the first that is not known yet. */
static void go_on(struct form_screen *fs, const struct record *item, const char *line)
{
	static const char *const keys[] = { "route", "dose", "unit" };
	char path[96];

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (value_is_empty(record_get(item, keys[i]))) {
			form_goto(&fs->form, path_of(line, keys[i], path, sizeof path));
			return;
		}
}

unsigned visit_drug_picked(struct form_screen *fs, const struct answer *a)
{
	size_t n;
	const struct drug *drugs = drugs_listed(&n), *d;
	const char *line = whole(fs)->item, *key;
	struct record *item;
	char path[96];

	if (!a->ok || a->choice < 0 || (size_t)a->choice >= n)
		return UI_HANDLED | UI_REDRAW;
	d = &drugs[a->choice];
	path_of(line, "name", path, sizeof path);
	if (form_goto(&fs->form, path))
		form_put(&fs->form, d->name);
	item = visit_item(fs, path, &key);
	if (!item)
		return UI_HANDLED | UI_REDRAW;
	by_name(fs, item, line);
	give(fs, item, line, "form", d->form);
	give(fs, item, line, "strength", d->strength);
	form_screen_refresh(fs);
	go_on(fs, item, line);
	return UI_HANDLED | UI_REDRAW;
}
