#include "app/base/config.h"

#include "app/base/i18n.h"
#include "app/base/lock.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/base/utf8.h"

enum { FILE_MAX = 256 * 1024 };

/* A line taken apart: what points into the text. */
struct line {
	size_t start, len, next; /* without and with the line break */
	const char *key, *value;
	size_t key_len, value_len;
	bool bad;
};

static bool key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("._-", c));
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the line at pos apart; false at the end.  key_len is 0 for all but settings. */
static bool next_line(const struct sbuf *text, size_t pos, struct line *line)
{
	const char *s = text->s + pos, *end, *p;

	if (pos >= text->len)
		return false;
	*line = (struct line){ .start = pos, .len = strcspn(s, "\n") };
	line->next = pos + line->len + (s[line->len] == '\n');
	end = s + line->len;
	if (!pos && !strncmp(s, "\xEF\xBB\xBF", 3)) /* left by an editor */
		s += 3;
	while (s < end && blank(*s))
		s++;
	if (s == end || *s == '#')
		return true;
	for (p = s; p < end && key_char(*p);)
		p++;
	line->key = s;
	line->key_len = (size_t)(p - s);
	while (p < end && blank(*p))
		p++;
	line->bad = !line->key_len || p == end || *p != '=';
	if (line->bad) {
		line->key_len = 0;
		return true;
	}
	for (p++; p < end && blank(*p);)
		p++;
	while (end > p && blank(end[-1]))
		end--;
	line->value = p;
	line->value_len = (size_t)(end - p);
	return true;
}

bool config_parse(struct config *c, const char *text, size_t n)
{
	struct line line;
	int number = 0;

	sbuf_init(&c->text, 0);
	c->bad_line = 0;
	if (memchr(text, '\0', n))
		return false;
	utf8_clean(&c->text, text, n);
	for (size_t pos = 0; next_line(&c->text, pos, &line); pos = line.next) {
		number++;
		if (line.bad && !c->bad_line)
			c->bad_line = number;
	}
	return true;
}

bool config_load(struct config *c, const char *path, struct err *err)
{
	AUTO_SBUF struct sbuf raw = SBUF_INIT;

	sbuf_init(&c->text, 0);
	c->bad_line = 0;
	if (!path_read(path, FILE_MAX, &raw, err)) {
		if (err->code != ERR_NOT_FOUND)
			return false;
		err_clear(err);
		return true;
	}
	if (!config_parse(c, raw.s, raw.len))
		return err_set(err, ERR_FORMAT, _("The settings file %s is not a text file."), path_shown(path));
	return true;
}

void config_release(struct config *c)
{
	sbuf_release(&c->text);
}

static bool copy_text(const char *s, size_t n, char *out, size_t size)
{
	if (n >= size)
		return false;
	memcpy(out, s, n);
	out[n] = '\0';
	return true;
}

/* The last line that sets key. */
static bool find(const struct config *c, const char *key, struct line *found)
{
	struct line line;
	bool any = false;

	for (size_t pos = 0; next_line(&c->text, pos, &line); pos = line.next) {
		if (line.key_len && line.key_len == strlen(key) && !memcmp(line.key, key, line.key_len)) {
			*found = line;
			any = true;
		}
	}
	return any;
}

bool config_get(const struct config *c, const char *key, char *out, size_t size)
{
	struct line line;

	return find(c, key, &line) && copy_text(line.value, line.value_len, out, size);
}

bool config_next(const struct config *c, size_t *pos, char *key, size_t key_size, char *value, size_t value_size)
{
	struct line line;

	while (next_line(&c->text, *pos, &line)) {
		*pos = line.next;
		if (line.key_len && copy_text(line.key, line.key_len, key, key_size) &&
			copy_text(line.value, line.value_len, value, value_size))
			return true;
	}
	return false;
}

static bool check(const char *key, const char *value, struct err *err)
{
	size_t n = 0;

	while (key_char(key[n]))
		n++;
	if (!n || key[n])
		return err_set(err, ERR_INVALID_VALUE, _("\"%s\" cannot be the name of a setting."), key);
	if (!value)
		return true;
	n = strlen(value);
	if (value[strcspn(value, "\r\n")] || (n && (blank(*value) || blank(value[n - 1]))))
		return err_set(err, ERR_INVALID_VALUE, "%s",
			_("A setting is one line without blanks at its ends."));
	return true;
}

static void remove_all(struct config *c, const char *key)
{
	struct line line;

	while (find(c, key, &line))
		sbuf_splice(&c->text, line.start, line.next - line.start, "", 0);
}

static void replace(struct config *c, const char *key, const char *value)
{
	struct line line;

	if (find(c, key, &line)) {
		sbuf_splice(&c->text, (size_t)(line.value - c->text.s), line.value_len, value, strlen(value));
		return;
	}
	if (c->text.len && c->text.s[c->text.len - 1] != '\n')
		sbuf_addc(&c->text, '\n');
	sbuf_addf(&c->text, "%s = %s\n", key, value);
}

bool config_set(struct config *c, const char *key, const char *value, struct err *err)
{
	if (!check(key, value, err))
		return false;
	if (value)
		replace(c, key, value);
	else
		remove_all(c, key);
	return true;
}

bool config_change(struct config *c, const char *path, const char *key, const char *value, struct err *err)
{
	AUTO_LOCK struct lock lock = LOCK_INIT;
	AUTO_CONFIG struct config now = { .text = SBUF_INIT };
	AUTO_FREE char *dir = xstrndup(path, (size_t)(path_name(path) - path));
	AUTO_FREE char *lock_path = NULL;

	if (!check(key, value, err) || (*dir && !path_make_private(dir, err)))
		return false;
	lock_path = path_join(*dir ? dir : ".", ".config.lock");
	if (!lock_wait(&lock, lock_path, err) || !config_load(&now, path, err))
		return false;
	if (!config_set(&now, key, value, err) || !path_write(path, now.text.s, now.text.len, err))
		return false;
	config_release(c);
	*c = now;
	sbuf_init(&now.text, 0);
	return true;
}
