/* setting: what the clinic has set, and changing it. */
#include "app/commands/commands.h"
#include "app/service/clinic_settings.h"
#include "app/service/lost.h"
#include "app/service/refs.h"

static bool set_village(struct app *app, const char *value, struct err *err)
{
	char id[RECORD_ID_MAX + 1] = "";

	if (*value && !ref_find(app, KIND_ORGANISATION, value, id, err))
		return false;
	return (!*value || *id) ? clinic_set_village(app, id, err) : err_set(err, ERR_NOT_FOUND, _("There is no such village."));
}

static const struct {
	const char *key;
	bool (*set)(struct app *app, const char *value, struct err *err);
} settings[] = {
	{ "lost_attempts", lost_set_rule },
	{ "market_days", clinic_set_market },
	{ "own_village", set_village },
};

static int print_all(struct cli *cli, const char *key)
{
	struct json_object *o = cli->json ? json_object_new_object() : NULL;

	for (size_t i = 0; i < N_ELEMENTS(settings); i++) {
		const char *value = app_setting(&cli->app, settings[i].key, &cli->mem);

		if (key && strcmp(key, settings[i].key) != 0)
			continue;
		if (o)
			json_set_text(o, settings[i].key, value ? value : "");
		else
			printf("%s\t%s\n", settings[i].key, value ? value : "");
	}
	if (o)
		cli_print_json(o);
	return 0;
}

int cmd_setting(struct cli *cli, int argc, char **argv)
{
	struct err err;

	if (argc > 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	for (size_t i = 0; argc > 1 && i <= N_ELEMENTS(settings); i++) {
		if (i == N_ELEMENTS(settings))
			return cli_usage(cli, argv[0]);
		if (strcmp(settings[i].key, argv[1]) != 0)
			continue;
		if (argc == 3 && !settings[i].set(&cli->app, argv[2], &err))
			return cli_fail(cli, &err);
		break;
	}
	return print_all(cli, argc > 1 ? argv[1] : NULL);
}
