/* Cunyi: locale, then the command line; without a command the screens open. */
#include <locale.h>
#include <sodium.h>
#include <sys/resource.h>

#include "app/base/i18n.h"
#include "app/commands/commands.h"

/* The memory of a program that fell holds patients and keys; it belongs into no file.  Nothing is lost where it cannot be set. */
static void leave_no_core(void)
{
	static const struct rlimit none = { 0, 0 };

	(void)!setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
	leave_no_core();
	i18n_init();
	if (sodium_init() < 0)
		return 1;
	return cli_main(argc, argv);
}
