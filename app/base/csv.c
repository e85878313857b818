#include "app/base/csv.h"

#include <inttypes.h>

#include "app/base/csv_int.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"

struct csv {
	struct csv_decoder in;
	char text[CSV_CHUNK]; /* decoded */
	size_t pos, len;
	bool ended;

	char delimiter;
	bool stops[256];      /* bytes that end a run of plain text in an unquoted field */
	bool after_cr;        /* a \n now belongs to the line break before it */
	int64_t line, number;

	struct sbuf bytes;    /* the record's fields, each with its NUL */
	size_t starts[CSV_FIELDS_MAX];
	const char *fields[CSV_FIELDS_MAX];
	struct csv_record record;
};

/* ---- text ---- */

/* True when there is a byte at pos; false at the end and on failure (err is set then). */
static bool have(struct csv *c, struct err *err)
{
	if (c->pos < c->len)
		return true;
	if (c->ended)
		return false;
	c->pos = 0;
	if (!csv_decoder_read(&c->in, c->text, sizeof c->text, &c->len, err))
		c->len = 0;
	c->ended = !c->len;
	return c->len > 0;
}

/* Over a line break at pos.  CR LF, also when the two lie in different pieces, is one. */
static void pass_break(struct csv *c)
{
	c->after_cr = c->text[c->pos++] == '\r';
	c->line++;
}

static bool skip_lf(struct csv *c, struct err *err)
{
	bool skip = c->after_cr && have(c, err) && c->text[c->pos] == '\n';

	c->after_cr = false;
	c->pos += skip;
	return skip;
}

/* ---- fields ---- */

static bool too_long(const struct csv *c, struct err *err)
{
	return err_set(err, ERR_FORMAT, _("The record that starts in line %" PRId64 " is too long."), c->record.line);
}

/* Plain text up to a delimiter, a line break or the end. */
static bool plain_text(struct csv *c, struct err *err)
{
	while (have(c, err)) {
		size_t start = c->pos;

		while (c->pos < c->len && !c->stops[(unsigned char)c->text[c->pos]])
			c->pos++;
		sbuf_add(&c->bytes, c->text + start, c->pos - start);
		if (c->bytes.full)
			return too_long(c, err);
		if (c->pos < c->len)
			return true;
	}
	return err->code == ERR_NONE;
}

/* A line break inside quotes: kept as \n. */
static void quoted_break(struct csv *c, struct err *err)
{
	pass_break(c);
	skip_lf(c, err);
	sbuf_addc(&c->bytes, '\n');
}

/* From after an opening quote to after the closing one. */
static bool quoted_text(struct csv *c, struct err *err)
{
	int64_t opened = c->line;

	while (have(c, err) && !c->bytes.full) {
		size_t start = c->pos;
		char b = 0;

		while (c->pos < c->len && (b = c->text[c->pos]) != '"' && b != '\r' && b != '\n')
			c->pos++;
		sbuf_add(&c->bytes, c->text + start, c->pos - start);
		if (c->pos == c->len)
			continue;
		if (b != '"') {
			quoted_break(c, err);
			continue;
		}
		c->pos++;
		if (!have(c, err) || c->text[c->pos] != '"')
			return err->code == ERR_NONE;
		sbuf_addc(&c->bytes, '"');
		c->pos++;
	}
	if (err->code != ERR_NONE)
		return false;
	return err_set(err, ERR_FORMAT,
		_("The quotation mark that opens in line %" PRId64 " is never closed: is the file cut off?"), opened);
}

static bool read_field(struct csv *c, struct err *err)
{
	if (c->record.n == CSV_FIELDS_MAX)
		return err_set(err, ERR_FORMAT, _("Line %" PRId64 " has more than %d columns."), c->record.line,
			CSV_FIELDS_MAX);
	c->starts[c->record.n++] = c->bytes.len;
	if (have(c, err) && c->text[c->pos] == '"') {
		size_t len;

		c->pos++;
		if (!quoted_text(c, err))
			return false;
		len = c->bytes.len;
		if (!plain_text(c, err))
			return false;
		c->record.odd_quote = c->record.odd_quote || c->bytes.len > len;
	} else if (!plain_text(c, err)) {
		return false;
	}
	sbuf_add(&c->bytes, "", 1);
	return !c->bytes.full || too_long(c, err);
}

static bool read_fields(struct csv *c, struct err *err)
{
	sbuf_clear(&c->bytes);
	c->record = (struct csv_record){ .field = c->fields, .line = c->line };
	for (;;) {
		if (!read_field(c, err))
			return false;
		if (!have(c, err)) {
			c->record.unfinished = true;
			return err->code == ERR_NONE;
		}
		if (c->text[c->pos] != c->delimiter)
			break;
		c->pos++;
	}
	pass_break(c);
	return true;
}

enum csv_next csv_next(struct csv *c, const struct csv_record **record, struct err *err)
{
	err_clear(err);
	for (;;) {
		skip_lf(c, err);
		if (!have(c, err))
			return err->code == ERR_NONE ? CSV_END : CSV_FAILED;
		if (!read_fields(c, err)) {
			c->ended = true;
			c->pos = c->len = 0;
			c->line = c->record.line;
			return CSV_FAILED;
		}
		if (c->bytes.len > c->record.n) /* more than the NULs */
			break;
	}
	for (size_t i = 0; i < c->record.n; i++)
		c->fields[i] = c->bytes.s + c->starts[i];
	c->record.number = ++c->number;
	*record = &c->record;
	return CSV_RECORD;
}

/* ---- opening ---- */

/* The candidate that occurs most outside quotes in the first line that has any; a comma when none does. */
static char find_delimiter(const char *s, size_t n)
{
	static const char candidates[] = ",;\t";
	size_t count[3] = { 0 };
	size_t best = 0;
	bool quoted = false, any = false;

	for (size_t i = 0; i < n; i++) {
		const char *found;

		quoted = quoted != (s[i] == '"');
		if (quoted)
			continue;
		if (any && (s[i] == '\n' || s[i] == '\r'))
			break;
		found = memchr(candidates, s[i], 3);
		if (found) {
			count[found - candidates]++;
			any = true;
		}
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

/* Excel's own first line "sep=;". */
static bool declared_delimiter(struct csv *c)
{
	if (c->len < 6 || memcmp(c->text, "sep=", 4) != 0 || (c->text[5] != '\r' && c->text[5] != '\n') ||
		!memchr(",;\t", c->text[4], 3))
		return false;
	c->delimiter = c->text[4];
	c->pos = 5;
	pass_break(c);
	return true;
}

static bool start(struct csv *c, const char *path, const void *data, size_t n, struct err *err)
{
	err_clear(err);
	c->line = 1;
	sbuf_init(&c->bytes, CSV_RECORD_MAX);
	if (!csv_decoder_open(&c->in, path, data, n, err))
		return false;
	if (!have(c, err) && err->code != ERR_NONE)
		return false;
	if (!declared_delimiter(c))
		c->delimiter = find_delimiter(c->text, c->len);
	c->stops[(unsigned char)c->delimiter] = c->stops['\r'] = c->stops['\n'] = true;
	return true;
}

static bool open_on(struct csv **out, const char *path, const void *data, size_t n, struct err *err)
{
	struct csv *c = xcalloc(1, sizeof *c);

	*out = NULL;
	if (start(c, path, data, n, err)) {
		*out = c;
		return true;
	}
	csv_close(c);
	return false;
}

bool csv_open(struct csv **out, const char *path, struct err *err)
{
	return open_on(out, path, NULL, 0, err);
}

bool csv_open_memory(struct csv **out, const void *data, size_t n, struct err *err)
{
	return open_on(out, NULL, n ? data : "", n, err);
}

void csv_close(struct csv *c)
{
	if (!c)
		return;
	csv_decoder_close(&c->in);
	sbuf_release(&c->bytes);
	free(c);
}

void csv_auto_close(struct csv **c)
{
	csv_close(*c);
}

const char *csv_encoding(const struct csv *c)
{
	return c->in.encoding;
}

int64_t csv_line(const struct csv *c)
{
	return c->line;
}

char csv_delimiter(const struct csv *c)
{
	return c->delimiter;
}

void csv_position(const struct csv *c, int64_t *done, int64_t *total)
{
	*done = c->in.raw_at - (int64_t)(c->in.raw_len - c->in.raw_pos);
	*total = c->in.size;
}
