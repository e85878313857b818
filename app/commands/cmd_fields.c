/* fields: the tables that declare a form, for whoever sends us records. */
#include "app/commands/commands.h"

static struct json_object *codes_json(const struct code *codes)
{
	struct json_object *a = json_object_new_array();

	for (const struct code *c = codes; c->code; c++) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "code", c->code);
		json_set_text(o, "zh", c->term.zh);
		json_set_text(o, "en", c->term.en);
		json_set_bool(o, "exclusive", c->exclusive);
		json_object_array_add(a, o);
	}
	return a;
}

static void add_range(struct json_object *o, const char *key, const struct range *r, int places)
{
	struct json_object *a;

	if (!r->lo && !r->hi)
		return;
	a = json_object_new_array();
	json_object_array_add(a, json_new_decimal(r->lo, places));
	json_object_array_add(a, json_new_decimal(r->hi, places));
	json_object_object_add(o, key, a);
}

static struct json_object *form_json(const struct form_def *form);

static struct json_object *field_json(const struct field *f)
{
	static const char *const required[] = { "no", "complete", "save" };
	struct json_object *o = json_object_new_object();

	json_set_text(o, "key", f->key);
	json_set_text(o, "zh", f->label.zh);
	json_set_text(o, "en", f->label.en);
	json_set_text(o, "type", value_kind_name(f->type));
	json_set_text(o, "unit", f->unit);
	if (f->type == V_DECIMAL)
		json_set_int(o, "places", f->places);
	if (f->codes)
		json_object_object_add(o, "codes", codes_json(f->codes));
	add_range(o, "hard", &f->hard, f->type == V_DECIMAL ? f->places : 0);
	add_range(o, "soft", &f->soft, f->type == V_DECIMAL ? f->places : 0);
	json_set_text(o, "required", required[f->required]);
	json_set_bool(o, "listed", (f->flags & FIELD_LISTED) != 0);
	if (!field_takes_input(f))
		json_set_bool(o, "readonly", true);
	json_set_text(o, "ref", f->ref);
	if (f->form)
		json_object_object_add(o, "fields", form_json(f->form));
	json_set_text(o, "source", f->source);
	return o;
}

static struct json_object *form_json(const struct form_def *form)
{
	struct json_object *a = json_object_new_array();

	for (size_t i = 0; i < form->n_fields; i++)
		json_object_array_add(a, field_json(&form->fields[i]));
	return a;
}

static void print_form(const struct form_def *form)
{
	static const char *const marks[] = { " ", "+", "*" };

	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		printf("%s %-24s %-8s %s%s%s\n", marks[f->required], f->key, value_kind_name(f->type), field_label(f),
			f->unit ? ", " : "", f->unit ? f->unit : "");
	}
	puts(_("* needed to save   + needed for a complete record"));
}

static int list_kinds(struct cli *cli)
{
	struct json_object *all = json_object_new_array();
	size_t n;
	const struct kind *k = kinds(&n);

	for (size_t i = 0; i < n; i++) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "kind", k[i].name);
		json_set_text(o, "zh", k[i].term.zh);
		json_set_text(o, "en", k[i].term.en);
		json_object_array_add(all, o);
		if (!cli->json)
			printf("%-14s %s\n", k[i].name, term_text(&k[i].term));
	}
	if (cli->json)
		cli_print_json(all);
	else
		json_object_put(all);
	return 0;
}

int cmd_fields(struct cli *cli, int argc, char **argv)
{
	const struct form_def *form;
	const struct kind *kind;
	struct err err;
	int status;

	if (argc > 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (argc < 2)
		return list_kinds(cli);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	form = kind_form(kind, argc > 2 ? argv[2] : NULL);
	if (!form) {
		err_set(&err, ERR_UNKNOWN_CODE, _("There is no programme \"%s\"."), argv[2]);
		err_example(&err, kind->id == KIND_FOLLOWUP ? "htn, htn+dm" : "htn");
		return cli_fail(cli, &err);
	}
	if (cli->json)
		cli_print_json(form_json(form));
	else
		print_form(form);
	return 0;
}
