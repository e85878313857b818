/* county: what has to do with the county's server beside the exchange itself. */
#include "app/commands/commands.h"

static const struct {
	const char *name;
	int (*run)(struct cli *cli, int argc, char **argv); /* argv[0] is the word after "county" */
} parts[] = {
	{ "show", county_show },
	{ "probe", county_probe },
	{ "set", county_set_options },
	{ "enrol", county_enrol },
	{ "try", county_try },
	{ "key", county_show_key },
	{ "request", county_show_request },
	{ "pin", county_show_pin },
};

int cmd_county(struct cli *cli, int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < N_ELEMENTS(parts); i++)
		if (strcmp(parts[i].name, argv[1]) == 0)
			return parts[i].run(cli, argc - 1, argv + 1);
	return cli_usage(cli, argv[0]);
}
