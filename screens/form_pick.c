/* References on a form: their names, and lists to choose from. */
#include "app/base/i18n.h"
#include "app/service/directory.h"
#include "app/service/overview.h"
#include "screens/form_int.h"
#include "screens/kit/menu.h"

static enum kind_id kind_of(const struct field *f)
{
	const struct kind *k = f->type == V_REF && f->ref ? kind_by_name(f->ref) : NULL;

	return k ? k->id : KIND_NONE;
}

const char *form_ref_text(void *ctx, const struct field *f, const char *id, struct sbuf *tmp)
{
	struct form_screen *fs = ctx;
	AUTO_ARENA struct arena mem = { 0 };

	sbuf_adds(tmp, record_name(fs->app, kind_of(f), id, &mem));
	return tmp->s;
}

/* Villages for a field that is the village; institutions for others. */
static const char *types_of(const struct field *f)
{
	return !strcmp(f->key, "village") ? "1" : NULL;
}

static unsigned show(struct form_screen *fs, struct ui *ui, const struct field *f, const struct directory *d)
{
	struct menu_item *items = arena_alloc(&fs->live, (d->n + 1) * sizeof *items);
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].active)
			items[n++] = (struct menu_item){ .text = d->v[i].name, .detail = d->v[i].detail, .search = d->v[i].code,
				.value = d->v[i].row };
	return menu_show(ui, TAG_PICK, &(struct menu){ .title = field_label(f), .items = items, .n_items = n,
		.match = match_pinyin, .empty = _("Nothing is on this list yet.") });
}

bool form_base_pick(struct form_screen *fs, struct ui *ui, const struct field *f)
{
	enum kind_id kind = kind_of(f);
	struct directory d;
	struct err err;

	if (kind == KIND_RESIDENT) {
		if (!ui_ask(ui, TAG_PICK_PERSON, &person_screen, NULL, &err))
			ui_fail(ui, &err);
		return true;
	}
	if (kind != KIND_STAFF && kind != KIND_TEAM && kind != KIND_ORGANISATION)
		return false;
	if (!directory_read(fs->app, kind, types_of(f), &fs->live, &d, &err)) {
		ui_fail(ui, &err);
		return true;
	}
	show(fs, ui, f, &d);
	return true;
}

unsigned form_base_picked(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	char id[RECORD_ID_MAX + 1];

	if (tag != TAG_PICK && tag != TAG_PICK_PERSON)
		return 0;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_PICK_PERSON)
		form_put(&fs->form, a->text);
	else if (record_id_of_row(fs->app, a->choice, id))
		form_put(&fs->form, id);
	form_command(&fs->form, ui, CMD_NEXT);
	return UI_HANDLED | UI_REDRAW;
}
