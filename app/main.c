/* Cunyi: locale, then the command line; without a command the screens open. */
#include <locale.h>
#include <sodium.h>

#include "app/base/i18n.h"
#include "app/commands/commands.h"

int main(int argc, char **argv)
{
	i18n_init();
	if (sodium_init() < 0)
		return 1;
	return cli_main(argc, argv);
}
