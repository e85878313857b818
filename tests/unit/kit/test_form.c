#include "support/base/check.h"
#include "support/kit/paper.h"
#include "support/kit/stage.h"

static void look(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "zh");
	stage_push(&st, &paper_screen, &(struct paper_start){ .previous = true });
	fputs(script_text(st.s), stdout);
	stage_press(&st, "'1126' Enter '152/88' Enter '150/86' Enter '78' Enter '61.5' Enter k");
	fputs(script_text(st.s), stdout);
	fputs(script_faces(st.s), stdout);
	stage_press(&st, "PgDn");
	fputs(script_text(st.s), stdout);
	stage_press(&st, "size:20x60");
	fputs(script_text(st.s), stdout);
	stage_press(&st, "PgUp");
	fputs(script_text(st.s), stdout);
	stage_press(&st, "PgUp");
	fputs(script_text(st.s), stdout);
	stage_close(&st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
