/* `:` goes anywhere by name or pinyin; and words that match by their pinyin. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "screens/kit/menu.h"
#include "screens/session_int.h"

unsigned goto_show(struct ui *ui, int tag)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct session *s = session_of(ui);
	struct menu_item *items = arena_alloc(&mem, screen_row_count * sizeof *items);

	for (size_t i = 0; i < screen_row_count; i++) {
		const struct screen_row *row = &screen_rows[i];

		items[i] = (struct menu_item){ .text = term_text(&row->title), .value = (int64_t)i,
			.search = arena_printf(&mem, "%s %s %s", row->pinyin, row->title.en, row->screen->name),
			.detail = row->about_person && *s->person.id ? s->person.name : NULL };
	}
	return menu_show(ui, tag, &(struct menu){ .title = _("Go where?"), .items = items, .n_items = screen_row_count,
		.match = match_pinyin });
}

bool match_pinyin(const char *text, const char *typed)
{
	/* Any hanzi of a longer text may begin what is typed. */
	for (size_t i = 0, n = strlen(text); i < n; i += utf8_cluster(text + i, n - i))
		if (pinyin_match(text + i, typed))
			return true;
	return false;
}
