/* A screen is closed after an open() that failed, wherever that was: whatever it had not come to is left alone. */
#include <fcntl.h>

#include "screens/icd10_pick.h"
#include "screens/kit/menu.h"
#include "screens/report_people.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void close_at_once(struct clinic *c, const struct screen *screen)
{
	AUTO_FREE void *state = xcalloc(1, screen->state_size ? screen->state_size : 1);

	if (screen->close)
		screen->close(c->stage.ui, state);
	if (fcntl(0, F_GETFD) == -1)
		fail_msg("%s closed our standard input", screen->name);
}

static void screens__close_nothing_of_others__never_opened(void **state)
{
	static const char *const others[] = { "record", "household-form", "merge", "import", "lab", "exam-day", "exam-day-form", "staff",
		"team", "organisation", "package", "service" };
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	for (size_t i = 0; i < screen_row_count; i++)
		close_at_once(&c, screen_rows[i].screen);
	for (size_t i = 0; i < N_ELEMENTS(others); i++)
		close_at_once(&c, screen_named(others[i]));
	close_at_once(&c, &person_screen);
	close_at_once(&c, &saved_screen);
	close_at_once(&c, &icd10_screen);
	close_at_once(&c, &menu_screen);
	close_at_once(&c, &report_people_screen);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens__close_nothing_of_others__never_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
