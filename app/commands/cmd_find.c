/* find: the search box on the command line. */
#include "app/commands/commands.h"
#include "app/service/refs.h"
#include "app/service/search.h"

enum { FIND_LIMIT = 20, FIND_LIMIT_MAX = 10000 };

static bool read_village(struct cli *cli, const char *name, int64_t *village, struct err *err)
{
	char id[RECORD_ID_MAX + 1];

	*village = cli->app.own_village_row;
	if (!name)
		return true;
	if (!ref_find(&cli->app, KIND_ORGANISATION, name, id, err))
		return false;
	*village = *id ? record_row(&cli->app, KIND_ORGANISATION, id) : 0;
	return *village ? true : err_set(err, ERR_NOT_FOUND, _("There is no village \"%s\"."), name);
}

static const char *sex_word(const char *code)
{
	const struct code *c = field_code(form_field(kind_form(kind_by_id(KIND_RESIDENT), NULL), "sex"), code);

	return c ? term_text(&c->term) : code;
}

static void print_hit(const struct search_hit *h)
{
	printf("%s\t%s\t%s", h->name, sex_word(h->sex), h->birth_date);
	if (h->age >= 0)
		printf("\t%d", h->age);
	printf("\t%s%s%s\t%s\t%s\t%s", h->village, *h->group ? " " : "", h->group, h->house, h->id_masked, h->kin_name);
	for (size_t i = 0; i < h->n_programmes; i++)
		printf("%s%s", i ? " " : "\t", h->programmes[i]);
	printf("\t%s\t%s\n", search_match_name(h->match), h->id);
}

static void print_json(const struct search_result *r)
{
	struct json_object *all = json_object_new_array();

	for (size_t i = 0; i < r->n; i++)
		json_object_array_add(all, search_hit_json(&r->v[i]));
	cli_print_json(all);
}

/* Several words need no quotes: find chen gl. */
static void join(int argc, char **argv, struct sbuf *text)
{
	for (int i = 1; i < argc; i++) {
		if (i > 1)
			sbuf_addc(text, ' ');
		sbuf_adds(text, argv[i]);
	}
}

int cmd_find(struct cli *cli, int argc, char **argv)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *limit = cli_option(&argc, argv, "--limit"), *village = cli_option(&argc, argv, "--village");
	struct search_result r;
	int64_t own;
	size_t n = FIND_LIMIT;
	struct err err;

	if (argc < 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	join(argc, argv, &text);
	if (limit && !cli_number(limit, 1, FIND_LIMIT_MAX, &n))
		return cli_bad_number(cli, "--limit", limit, 1, FIND_LIMIT_MAX);
	if (!read_village(cli, village, &own, &err) ||
		!search_find(&cli->app, text.s, own, n, &cli->mem, &r, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		print_json(&r);
	} else {
		for (size_t i = 0; i < r.n; i++)
			print_hit(&r.v[i]);
		if (r.n == 0)
			fprintf(stderr, "%s\n", _("Nobody is found by this."));
	}
	if (r.more)
		fprintf(stderr, _("There are more than these %zu: add letters, or --limit.\n"), r.n);
	return 0;
}
