/* setting: what the clinic has set, and changing it. */
#include "app/commands/commands.h"
#include "app/service/clinic_settings.h"

static void print_one(struct cli *cli, const char *key, struct json_object *o)
{
	const char *value = app_setting(&cli->app, key, &cli->mem);

	if (o)
		json_set_text(o, key, value ? value : "");
	else
		printf("%s\t%s\n", key, clinic_setting_words(&cli->app, key, &cli->mem));
}

static bool is_one(const char *key)
{
	const char *k;

	for (size_t i = 0; (k = clinic_setting_key(i)); i++)
		if (!strcmp(k, key))
			return true;
	return false;
}

int cmd_setting(struct cli *cli, int argc, char **argv)
{
	struct json_object *o;
	const char *key;
	struct err err;

	if (argc > 3 || cli_unknown_option(argc, argv) || (argc > 1 && !is_one(argv[1])))
		return cli_usage(cli, argv[0]);
	if (argc == 3 && !clinic_setting_set(&cli->app, argv[1], argv[2], &err))
		return cli_fail(cli, &err);
	o = cli->json ? json_object_new_object() : NULL;
	for (size_t i = 0; (key = clinic_setting_key(i)); i++)
		if (argc == 1 || !strcmp(key, argv[1]))
			print_one(cli, key, o);
	if (o)
		cli_print_json(o);
	return 0;
}
