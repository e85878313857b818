/* Which village: the list that several screens ask with. */
#include "app/base/i18n.h"
#include "app/service/directory.h"
#include "screens/kit/menu.h"
#include "screens/screens.h"

unsigned village_ask(struct ui *ui, int tag, int64_t selected, bool all)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct menu_item *items;
	struct directory d;
	struct err err;
	size_t n = 0;

	if (!directory_read(app_of(ui), KIND_ORGANISATION, "1", &mem, &d, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	items = arena_alloc(&mem, (d.n + 1) * sizeof *items);
	if (all)
		items[n++] = (struct menu_item){ .text = _("All villages"), .value = 0 };
	for (size_t i = 0; i < d.n; i++)
		items[n++] = (struct menu_item){ .text = d.v[i].name, .value = d.v[i].row };
	return menu_show(ui, tag, &(struct menu){ .title = _("Which village?"), .items = items, .n_items = n, .selected = selected,
		.match = match_pinyin });
}
