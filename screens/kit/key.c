#include "screens/kit/key.h"

#include "app/base/i18n.h"
#include "app/base/utf8.h"

static const struct {
	const char *name, *word, *help;
} commands[CMD_COUNT] = {
#define X(id, name, word, help) [CMD_##id] = { name, word, help },
	CMD_LIST(X)
#undef X
};

const char *cmd_name(enum cmd cmd)
{
	return commands[cmd].name;
}

/* gettext("") answers with the catalogue's header. */
static const char *translated(const char *msgid)
{
	return *msgid ? gettext(msgid) : "";
}

const char *cmd_word(enum cmd cmd)
{
	return translated(commands[cmd].word);
}

const char *cmd_sentence(enum cmd cmd)
{
	return translated(commands[cmd].help);
}

enum cmd cmd_by_name(const char *name)
{
	for (int i = CMD_NONE + 1; i < CMD_COUNT; i++)
		if (!strcmp(commands[i].name, name))
			return (enum cmd)i;
	return CMD_NONE;
}

/* ---- names of keys --------------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *label;
	uint32_t code;
} named[] = {
	{ "Enter", "Enter", K_ENTER },
	{ "Esc", "Esc", K_ESC },
	{ "Tab", "Tab", K_TAB },
	{ "Backspace", "Backspace", K_BACKSPACE },
	{ "Delete", "Del", K_DELETE },
	{ "Insert", "Ins", K_INSERT },
	{ "Up", "↑", K_UP },
	{ "Down", "↓", K_DOWN },
	{ "Left", "←", K_LEFT },
	{ "Right", "→", K_RIGHT },
	{ "PgUp", "PgUp", K_PGUP },
	{ "PgDn", "PgDn", K_PGDN },
	{ "Home", "Home", K_HOME },
	{ "End", "End", K_END },
	{ "Space", "Space", ' ' },
};

static uint32_t small(uint32_t code)
{
	return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

static bool function_key(const char *name, uint32_t *code)
{
	int n = 0;

	if (name[0] != 'F' || name[1] < '1' || name[1] > '9')
		return false;
	for (name++; *name; name++) {
		if (*name < '0' || *name > '9' || n > 12)
			return false;
		n = n * 10 + (*name - '0');
	}
	if (n > 12)
		return false;
	*code = K_F1 + (uint32_t)n - 1;
	return true;
}

static bool code_by_name(const char *name, uint32_t *code)
{
	size_t n = strlen(name);

	if (n == 1) { /* most bindings: found without looking through the names */
		*code = (unsigned char)*name;
		return *code > ' ' && *code < 0x7F;
	}
	for (size_t i = 0; i < N_ELEMENTS(named); i++)
		if (!strcmp(named[i].name, name)) {
			*code = named[i].code;
			return true;
		}
	if (n > 1 && function_key(name, code))
		return true;
	return n && utf8_valid(name, n) && utf8_decode(name, n, code) == n && *code > ' ' && *code != 0x7F;
}

bool key_parse(const char *name, struct key *out)
{
	struct key key = { 0 };

	while (name[0] && name[1] == '-' && name[2]) {
		if (name[0] == 'C')
			key.mods |= MOD_CTRL;
		else if (name[0] == 'M')
			key.mods |= MOD_ALT;
		else if (name[0] == 'S')
			key.mods |= MOD_SHIFT;
		else
			return false;
		name += 2;
	}
	if (!code_by_name(name, &key.code))
		return false;
	if (key.mods & MOD_CTRL)
		key.code = small(key.code);
	*out = key;
	return true;
}

static void code_label(uint32_t code, char *buf, size_t size)
{
	char utf8[5] = "";

	for (size_t i = 0; i < N_ELEMENTS(named); i++)
		if (named[i].code == code) {
			snprintf(buf, size, "%s", named[i].label);
			return;
		}
	if (code >= K_F1 && code <= K_F12) {
		snprintf(buf, size, "F%u", (unsigned)(code - K_F1 + 1));
		return;
	}
	if (code >= 'a' && code <= 'z')
		code -= 32;
	utf8_encode(code, utf8);
	snprintf(buf, size, "%s", utf8);
}

char *key_label(struct key key, char *buf)
{
	char code[KEY_NAME_LEN - 10];

	code_label(key.code, code, sizeof code);
	snprintf(buf, KEY_NAME_LEN, "%s%s%s%s", key.mods & MOD_ALT ? "Alt" : "", key.mods & MOD_SHIFT ? "Shift" : "",
		key.mods & MOD_CTRL ? "^" : "", code);
	return buf;
}

/* ---- what a key stands for --------------------------------------------------------------------------------------- */

bool key_equal(struct key a, struct key b)
{
	return small(a.code) == small(b.code) && a.mods == b.mods;
}

bool key_is_text(struct key key)
{
	return !key.mods && key.code >= ' ' && key.code < K_ENTER && key.code != 0x7F &&
		!(key.code >= 0x80 && key.code < 0xA0);
}

struct key key_fold(struct key key)
{
	if (!key_is_text(key))
		return key;
	if (key.code >= 0xFF01 && key.code <= 0xFF5E)
		key.code -= 0xFEE0;
	else if (key.code == 0x3000)
		key.code = ' ';
	else if (key.code == 0x3002)
		key.code = '.';
	key.code = small(key.code);
	return key;
}

struct key key_twin(struct key key)
{
	static const char controls[] = "gsftyruvpq"; /* F1 ... F10 */
	static const char letters[] = "kdn";
	const char *at;

	if (key.mods == MOD_ALT && key.code >= '0' && key.code <= '9')
		return (struct key){ .code = K_F1 + (key.code == '0' ? 9 : key.code - '1') };
	if (key.mods != MOD_CTRL || key.code < 'a' || key.code > 'z')
		return key;
	at = strchr(controls, (int)key.code);
	if (at)
		return (struct key){ .code = K_F1 + (uint32_t)(at - controls) };
	if (strchr(letters, (int)key.code))
		return (struct key){ .code = key.code };
	return key;
}

/* ---- tables of bindings ------------------------------------------------------------------------------------------ */

const struct binding global_keys[] = {
	{ "F1", CMD_HELP, NULL, 0 },
	{ "F3", CMD_FIND, NULL, 0 },
	{ "F5", CMD_SYNC, NULL, 0 },
	{ "F9", CMD_REPORT, NULL, 0 },
	{ "F10", CMD_QUIT, NULL, 0 },
	{ "?", CMD_HELP, N_("all keys"), 0 },
	{ ":", CMD_GOTO, NULL, FOCUS_LIST | FOCUS_CODE },
	{ "Esc", CMD_BACK, NULL, 0 },
	{ "q", CMD_BACK, "", 0 },
	MOVING_KEYS,
	{ "Enter", CMD_OPEN, "", 0 },
	ROW_KEYS,
	{ "0", CMD_NEXT_PAGE, "", FOCUS_LIST },
	{ "C-o", CMD_USER, "", 0 },
	{ "C-e", CMD_LANGUAGE, "", 0 },
	{ "C-l", CMD_REDRAW, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct binding popup_keys[] = {
	{ "Enter", CMD_OPEN, N_("choose"), 0 },
	{ "Esc", CMD_BACK, NULL, 0 },
	MOVING_KEYS,
	ROW_KEYS,
	{ "q", CMD_BACK, "", 0 },
	{ "C-l", CMD_REDRAW, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

static bool works(const struct binding *b, unsigned focus)
{
	return !b->when || (b->when & focus);
}

static bool overridden(const struct keymap *map, enum cmd cmd)
{
	for (size_t i = 0; i < map->n_user; i++)
		if (map->user[i].cmd == cmd)
			return true;
	return false;
}

static const struct binding *by_key(const struct binding *table, unsigned focus, struct key key)
{
	struct key k;

	for (const struct binding *b = table; b && b->key; b++)
		if (works(b, focus) && key_parse(b->key, &k) && key_equal(k, key))
			return b;
	return NULL;
}

static const struct binding *by_cmd(const struct keymap *map, enum cmd cmd)
{
	const struct binding *tables[] = { map->screen, map->global };

	for (size_t t = 0; t < N_ELEMENTS(tables); t++)
		for (const struct binding *b = tables[t]; b && b->key; b++)
			if (b->cmd == cmd && works(b, map->focus))
				return b;
	return NULL;
}

static enum cmd look_up(const struct keymap *map, struct key key)
{
	const struct binding *tables[] = { map->screen, map->global };

	for (size_t i = 0; i < map->n_user; i++)
		if (key_equal(map->user[i].key, key) && by_cmd(map, map->user[i].cmd))
			return map->user[i].cmd;
	for (size_t t = 0; t < N_ELEMENTS(tables); t++) {
		const struct binding *b = by_key(tables[t], map->focus, key);

		if (b && !overridden(map, b->cmd))
			return b->cmd;
	}
	return CMD_NONE;
}

enum cmd keymap_find(const struct keymap *map, struct key key)
{
	struct key tries[3] = { key, key_fold(key), key_twin(key) };
	enum cmd cmd = CMD_NONE;

	if (key_is_text(key) && (map->focus & FOCUS_TEXT))
		return CMD_NONE;
	for (size_t i = 0; i < N_ELEMENTS(tries) && cmd == CMD_NONE; i++)
		cmd = look_up(map, tries[i]);
	return cmd;
}

/* The key to show for a binding: where text is typed a letter works as its control twin, or not at all. */
static bool shown_key(const struct keymap *map, struct key *key)
{
	struct key control = { .code = key->code, .mods = MOD_CTRL };

	if (!key_is_text(*key) || !(map->focus & FOCUS_TEXT))
		return true;
	if (!key_equal(key_twin(control), *key))
		return false;
	*key = control;
	return true;
}

static bool emit(const struct keymap *map, const struct binding *b, struct key key, struct bound *out)
{
	if (!shown_key(map, &key))
		return false;
	out->key = key;
	out->cmd = b->cmd;
	out->word = b->word ? translated(b->word) : cmd_word(b->cmd);
	return true;
}

static size_t rows(const struct binding *table)
{
	size_t n = 0;

	while (table && table[n].key)
		n++;
	return n;
}

bool keymap_next(const struct keymap *map, size_t *it, struct bound *out)
{
	size_t n_screen = rows(map->screen), n_tables = n_screen + rows(map->global);

	while (*it < n_tables + map->n_user) {
		size_t i = (*it)++;
		const struct binding *b;
		struct key key;

		if (i >= n_tables) {
			key = map->user[i - n_tables].key;
			b = by_cmd(map, map->user[i - n_tables].cmd);
			if (b && emit(map, b, key, out))
				return true;
			continue;
		}
		b = i < n_screen ? &map->screen[i] : &map->global[i - n_screen];
		if (!works(b, map->focus) || overridden(map, b->cmd) || !key_parse(b->key, &key))
			continue;
		if (i >= n_screen && by_key(map->screen, map->focus, key))
			continue; /* the screen gave this key another meaning */
		if (emit(map, b, key, out))
			return true;
	}
	return false;
}

int override_parse(enum cmd cmd, const char *text, struct override *out, size_t max, char *bad)
{
	size_t n = 0;

	while (*text) {
		char name[KEY_NAME_LEN];
		size_t len;

		text += strspn(text, " \t");
		len = strcspn(text, " \t");
		if (!len)
			break;
		snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), text);
		text += len;
		if (n == max || len >= sizeof name || !key_parse(name, &out[n].key)) {
			snprintf(bad, KEY_NAME_LEN, "%s", name);
			return -1;
		}
		out[n++].cmd = cmd;
	}
	return (int)n;
}
