/* What the other process says about disputes. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "screens/conflicts_int.h"

static const char *text_of(struct arena *mem, const struct json_object *o, const char *key)
{
	const char *s = json_text(o, key);

	return s ? arena_strdup(mem, s) : "";
}

/* "this computer 林秀英 11-22 09:41" */
static const char *place_of(struct arena *mem, const struct json_object *side)
{
	const char *who = text_of(mem, side, "who"), *at = text_of(mem, side, "at");

	return arena_printf(mem, "%s%s%s%s%.5s%s%.5s", text_of(mem, side, "where"), *who ? " " : "", who, *at ? " " : "",
		*at ? at + 5 : "", *at ? " " : "", *at ? at + 11 : "");
}

static void read_field(struct arena *mem, const struct json_object *o, const struct form_def *form, struct dispute_field *f)
{
	*f = (struct dispute_field){ .key = text_of(mem, o, "key"), .label = text_of(mem, o, "label"),
		.base = json_flag(o, "base_known", true) ? text_of(mem, o, "base") : _("not known"),
		.ours = text_of(mem, o, "ours"), .theirs = text_of(mem, o, "theirs") };
	f->field = form ? form_field(form, f->key) : NULL;
}

static void read_dispute(struct arena *mem, const struct json_object *o, struct dispute *d)
{
	struct json_object *fields = json_array(o, "fields");
	const struct kind *kind = kind_by_name(json_text(o, "kind") ? json_text(o, "kind") : "");
	const struct form_def *form = kind && json_text(o, "form") ? kind_form_by_code(kind, json_text(o, "form")) : NULL;

	*d = (struct dispute){ .n = json_int(o, "n", 0), .days = json_int(o, "days", 0), .kind = kind ? kind->id : KIND_RESIDENT,
		.name = text_of(mem, o, "name"), .what = text_of(mem, o, "what"),
		.our_place = place_of(mem, json_dict(o, "ours")), .their_place = place_of(mem, json_dict(o, "theirs")),
		.with = text_of(mem, json_dict(o, "theirs"), "where"), .deleted_there = json_flag(o, "deleted_there", false),
		.theirs_holds = strcmp(text_of(mem, o, "holds"), "theirs") == 0,
		.automatic = strcmp(text_of(mem, o, "state"), "auto") == 0, .overdue = json_flag(o, "overdue", false),
		.n_fields = json_count(fields), .sent = json_flag(o, "sent", false), .mark = text_of(mem, o, "mark") };
	d->fields = arena_alloc(mem, (d->n_fields + 1) * sizeof *d->fields);
	for (size_t i = 0; i < d->n_fields; i++)
		read_field(mem, json_object_array_get_idx(fields, i), form, &d->fields[i]);
}

static bool is_about(const struct json_object *o, const char *resident)
{
	const char *who = json_text(o, "resident");

	return !*resident || (who && strcmp(who, resident) == 0);
}

bool disputes_read(const char *text, const char *resident, struct arena *mem, struct disputes *out, struct err *err)
{
	AUTO_JSON struct json_object *all = NULL;

	if (!json_parse(text, strlen(text), NULL, &all, err))
		return false;
	if (json_object_get_type(all) != json_type_array)
		return err_set(err, ERR_FORMAT, "%s", json_text(json_dict(all, "error"), "message") ?
			json_text(json_dict(all, "error"), "message") : _("The disputes cannot be read."));
	arena_clear(mem);
	*out = (struct disputes){ .n = 0 };
	out->v = arena_alloc(mem, (json_count(all) + 1) * sizeof *out->v);
	for (size_t i = 0; i < json_count(all); i++) {
		const struct json_object *o = json_object_array_get_idx(all, i);
		struct dispute *d = &out->v[out->n];

		if (!is_about(o, resident))
			continue;
		read_dispute(mem, o, d);
		out->n_open += !d->automatic;
		out->n_overdue += d->overdue;
		out->n_auto += d->automatic;
		out->n++;
	}
	out->shown = out->n;
	return true;
}
