#include "screens/kit/help.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "screens/kit/menu.h"
#include "screens/kit/ui_int.h"

enum { MAX_ITEMS = 128, MAX_KEYS = 64 };

/* All keys of a command, joined: "F3 ^F". */
static void add_key(char *keys, struct key key)
{
	char label[KEY_NAME_LEN];
	size_t n = strlen(keys);

	key_label(key, label);
	if (n + strlen(label) + 2 < MAX_KEYS)
		snprintf(keys + n, MAX_KEYS - n, "%s%s", n ? " " : "", label);
}

/* A function key is listed with its control twin: who cannot press one sees the other. */
static void add_twin(char *keys, struct key key)
{
	for (uint32_t c = 'a'; c <= 'z'; c++) {
		struct key control = { .code = c, .mods = MOD_CTRL };

		if (key.code >= K_F1 && key.code <= K_F12 && key_equal(key_twin(control), key))
			add_key(keys, control);
	}
}

/* A digit of a screen that chooses no row by it, but a side: what it does is its word. */
static bool is_own_digit(const struct bound *b)
{
	return b->cmd >= CMD_ROW_1 && b->cmd <= CMD_ROW_9 && *b->word && strcmp(b->word, cmd_word(b->cmd)) != 0;
}

static bool listed(const struct bound *b)
{
	return b->cmd != CMD_NONE && (b->cmd < CMD_ROW_2 || b->cmd > CMD_ROW_9 || is_own_digit(b));
}

struct list {
	struct arena mem;
	struct menu_item items[MAX_ITEMS];
	char *keys[MAX_ITEMS]; /* items[i].detail, still to be added to */
	size_t n;
};

static size_t find(const struct list *l, enum cmd cmd)
{
	size_t i = 0;

	while (i < l->n && l->items[i].value != (int64_t)cmd)
		i++;
	return i;
}

static const char *sentence(struct list *l, const struct bound *b)
{
	if (!*b->word || !strcmp(b->word, cmd_word(b->cmd)))
		return cmd_sentence(b->cmd);
	if (is_own_digit(b))
		return b->word;
	return arena_printf(&l->mem, "%s: %s", b->word, cmd_sentence(b->cmd));
}

static void add(struct list *l, const struct bound *b)
{
	size_t i = find(l, b->cmd);

	if (!listed(b) || i == MAX_ITEMS)
		return;
	if (i == l->n) {
		l->keys[i] = arena_alloc(&l->mem, MAX_KEYS);
		l->items[i] = (struct menu_item){ .value = b->cmd, .text = sentence(l, b), .detail = l->keys[i],
			.search = arena_printf(&l->mem, "%s %s", b->word, cmd_name(b->cmd)) };
		l->n++;
	}
	add_key(l->keys[i], b->key);
	add_twin(l->keys[i], b->key);
}

unsigned help_show(struct ui *ui)
{
	struct keymap map = ui_keymap(ui);
	struct list *list = xcalloc(1, sizeof *list);
	size_t it = 0;
	struct bound b;
	unsigned out;

	while (keymap_next(&map, &it, &b))
		add(list, &b);
	out = menu_show(ui, UI_TAG_HELP, &(struct menu){
		.title = _("What can be done here (Enter does it)"), .items = list->items, .n_items = list->n });
	arena_release(&list->mem);
	free(list);
	return out;
}
