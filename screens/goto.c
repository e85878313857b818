/* `:` goes anywhere by name or pinyin; and words that match by their pinyin. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "screens/kit/menu.h"
#include "screens/session_int.h"

const struct screen_part screen_parts[] = {
	{ &rosters_screen, { "本季未访", "Not seen this quarter" }, "benjiweifang bjwf", "quarter" },
	{ &rosters_screen, { "今年不够4次", "Short this year" }, "jinnianbugou jnbg", "year" },
	{ &contracts_screen, { "续签名单", "Contracts to renew" }, "xuqianmingdan xqmd", "renew" },
	{ &contracts_screen, { "待签名单", "Contracts to be signed" }, "daiqianmingdan dqmd", "pending" },
};

unsigned goto_show(struct ui *ui, int tag)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct session *s = session_of(ui);
	size_t n = screen_row_count;
	struct menu_item *items = arena_alloc(&mem, (n + N_ELEMENTS(screen_parts)) * sizeof *items);

	for (size_t i = 0; i < screen_row_count; i++) {
		const struct screen_row *row = &screen_rows[i];

		items[i] = (struct menu_item){ .text = term_text(&row->title), .value = (int64_t)i,
			.search = arena_printf(&mem, "%s %s %s", row->pinyin, row->title.en, row->screen->name),
			.detail = row->about_person && *s->person.id ? s->person.name : NULL };
	}
	for (size_t i = 0; i < N_ELEMENTS(screen_parts); i++, n++)
		items[n] = (struct menu_item){ .text = term_text(&screen_parts[i].title), .value = (int64_t)n,
			.search = arena_printf(&mem, "%s %s", screen_parts[i].pinyin, screen_parts[i].title.en) };
	return menu_show(ui, tag, &(struct menu){ .title = _("Go where?"), .items = items, .n_items = n,
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
