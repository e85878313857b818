#include "screens/kit/signs.h"

#include "app/base/utf8.h"

/* Signs of our own texts and what stands for them where the terminal cannot draw them in one column. */
static const struct sign {
	uint32_t cp;
	const char *twin;
} twins[] = {
	{ 0x00B7, "-" },  /* · */
	{ 0x2190, "<" },  /* ← */
	{ 0x2191, "^" },  /* ↑ */
	{ 0x2192, ">" },  /* → */
	{ 0x2193, "v" },  /* ↓ */
	{ 0x2500, "-" },  /* ─ */
	{ 0x2502, "|" },  /* │ */
	{ 0x250C, "+" },  /* ┌ */
	{ 0x2510, "+" },  /* ┐ */
	{ 0x2514, "+" },  /* └ */
	{ 0x2518, "+" },  /* ┘ */
	{ 0x251C, "+" },  /* ├ */
	{ 0x2524, "+" },  /* ┤ */
	{ 0x252C, "+" },  /* ┬ */
	{ 0x2534, "+" },  /* ┴ */
	{ 0x253C, "+" },  /* ┼ */
	{ 0x25B3, "!" },  /* △ */
	{ 0x25B6, ">" },  /* ▶ */
	{ 0x25C6, "*" },  /* ◆ */
	{ 0x25CB, "x" },  /* ○ */
	{ 0x25CF, "o" },  /* ● */
	{ 0x2713, "v" },  /* ✓ */
};

/* For charts and codes; drawn only where canvas.blocks says so. */
const char *const sign_bars[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
const char *const sign_halves[] = { " ", "▀", "▄", "█" };
const char sign_right_half[] = "▐", sign_tee[] = "├", sign_hollow[] = "○";

/* Characters that people's data hold and that a wide-ambiguous terminal draws in two columns: a twin that it does not. */
static const struct sign wide_twins[] = {
	{ 0x00A7, "S." },   /* § */
	{ 0x00B0, "o" },    /* ° */
	{ 0x00B1, "+-" },   /* ± */
	{ 0x00B2, "2" },    /* ² */
	{ 0x00B3, "3" },    /* ³ */
	{ 0x00B4, "'" },    /* ´ */
	{ 0x00B7, "・" },   /* · in a name: U+30FB is always wide */
	{ 0x00B9, "1" },    /* ¹ */
	{ 0x00BC, "1/4" },  /* ¼ */
	{ 0x00BD, "1/2" },  /* ½ */
	{ 0x00BE, "3/4" },  /* ¾ */
	{ 0x00D7, "x" },    /* × */
	{ 0x00E0, "a" },    /* à */
	{ 0x00E1, "a" },    /* á */
	{ 0x00E8, "e" },    /* è */
	{ 0x00E9, "e" },    /* é */
	{ 0x00EA, "e" },    /* ê */
	{ 0x00EC, "i" },    /* ì */
	{ 0x00ED, "i" },    /* í */
	{ 0x00F2, "o" },    /* ò */
	{ 0x00F3, "o" },    /* ó */
	{ 0x00F7, "/" },    /* ÷ */
	{ 0x00F9, "u" },    /* ù */
	{ 0x00FA, "u" },    /* ú */
	{ 0x00FC, "u" },    /* ü */
	{ 0x03A9, "ohm" },  /* Ω */
	{ 0x03B1, "a" },    /* α */
	{ 0x03B2, "b" },    /* β */
	{ 0x03B3, "g" },    /* γ */
	{ 0x03B4, "d" },    /* δ */
	{ 0x03BC, "u" },    /* μ */
	{ 0x2010, "-" },    /* ‐ */
	{ 0x2013, "-" },    /* – */
	{ 0x2014, "--" },   /* — */
	{ 0x2018, "'" },    /* ‘ */
	{ 0x2019, "'" },    /* ’ */
	{ 0x201C, "「" },   /* “ */
	{ 0x201D, "」" },   /* ” */
	{ 0x2022, "・" },   /* • */
	{ 0x2026, "..." },  /* … */
	{ 0x2030, "o/oo" }, /* ‰ */
	{ 0x203B, "*" },    /* ※ */
	{ 0x2103, "度" },   /* ℃ */
	{ 0x2116, "No." },  /* № */
	{ 0x2160, "I" },    /* Ⅰ */
	{ 0x2161, "II" },   /* Ⅱ */
	{ 0x2162, "III" },  /* Ⅲ */
	{ 0x2163, "IV" },   /* Ⅳ */
	{ 0x2164, "V" },    /* Ⅴ */
	{ 0x2248, "~" },    /* ≈ */
	{ 0x2260, "!=" },   /* ≠ */
	{ 0x2264, "<=" },   /* ≤ */
	{ 0x2265, ">=" },   /* ≥ */
	{ 0x2588, "#" },    /* █ */
	{ 0x25A0, "#" },    /* ■ */
	{ 0x25A1, "[]" },   /* □ */
	{ 0x25B2, "^" },    /* ▲ */
	{ 0x2605, "*" },    /* ★ */
	{ 0x2606, "*" },    /* ☆ */
};

/* Where else Unicode's East Asian Width says A: drawn as a tag in such a terminal, because a character in two columns
 * would push the rest of its line. */
static const struct {
	uint32_t from, to;
} ambiguous[] = {
	{ 0x00A1, 0x00A1 }, { 0x00A4, 0x00A4 }, { 0x00A8, 0x00A8 }, { 0x00AA, 0x00AA }, { 0x00AE, 0x00AE },
	{ 0x00B6, 0x00B6 }, { 0x00B8, 0x00BA }, { 0x00BF, 0x00BF }, { 0x00C6, 0x00C6 }, { 0x00D0, 0x00D0 },
	{ 0x00D8, 0x00D8 }, { 0x00DE, 0x00DF }, { 0x00E6, 0x00E6 }, { 0x00F0, 0x00F0 }, { 0x00F8, 0x00F8 },
	{ 0x00FE, 0x00FE }, { 0x0101, 0x0101 }, { 0x0111, 0x0113 }, { 0x011B, 0x011B }, { 0x0126, 0x0127 },
	{ 0x012B, 0x012B }, { 0x0131, 0x0133 }, { 0x0138, 0x0138 }, { 0x013F, 0x0142 }, { 0x0144, 0x0144 },
	{ 0x0148, 0x014B }, { 0x014D, 0x014D }, { 0x0152, 0x0153 }, { 0x0166, 0x0167 }, { 0x016B, 0x016B },
	{ 0x01CE, 0x01DC }, { 0x0251, 0x0251 }, { 0x0261, 0x0261 }, { 0x02C4, 0x02DF }, { 0x0391, 0x03C9 },
	{ 0x0401, 0x0451 }, { 0x2015, 0x2016 }, { 0x2020, 0x2027 }, { 0x2032, 0x2035 }, { 0x203E, 0x203E },
	{ 0x2074, 0x2084 }, { 0x20AC, 0x20AC }, { 0x2105, 0x2109 }, { 0x2113, 0x212B }, { 0x2153, 0x219F },
	{ 0x21B8, 0x21E7 }, { 0x2200, 0x22BF }, { 0x2312, 0x2312 }, { 0x2460, 0x24FF }, { 0x2500, 0x25FF },
	{ 0x2605, 0x266F }, { 0x273D, 0x273D }, { 0x2776, 0x277F }, { 0x2B55, 0x2B59 }, { 0xFFFD, 0xFFFD },
};

static const char *find(const struct sign *table, size_t n, uint32_t cp)
{
	size_t lo = 0;

	while (lo < n) {
		size_t mid = lo + (n - lo) / 2;

		if (table[mid].cp == cp)
			return table[mid].twin;
		if (table[mid].cp < cp)
			lo = mid + 1;
		else
			n = mid;
	}
	return NULL;
}

static bool is_ambiguous(uint32_t cp)
{
	for (size_t i = 0; i < N_ELEMENTS(ambiguous); i++)
		if (cp >= ambiguous[i].from && cp <= ambiguous[i].to)
			return true;
	return false;
}

static const char *twin(enum sign_mode mode, uint32_t cp)
{
	const char *s = NULL;

	if (mode == SIGNS_WIDE)
		s = find(wide_twins, N_ELEMENTS(wide_twins), cp);
	if (mode != SIGNS_UNICODE && !s)
		s = find(twins, N_ELEMENTS(twins), cp);
	return s;
}

/* What must not reach the terminal is shown as what it is: "\x1b", "<U+202E>". */
static void tag(uint32_t cp, struct piece *out)
{
	if (cp < 0x100)
		snprintf(out->s, sizeof out->s, "\\x%02x", (unsigned)cp);
	else if (cp < 0x100000)
		snprintf(out->s, sizeof out->s, "<U+%04X>", (unsigned)cp);
	else
		snprintf(out->s, sizeof out->s, "<U%06X>", (unsigned)cp & 0xFFFFFF);
	out->width = (int)strlen(out->s);
	out->ascii = true;
}

static void use_twin(const char *s, struct piece *out)
{
	snprintf(out->s, sizeof out->s, "%s", s);
	out->ascii = (unsigned char)s[0] < 0x80;
	out->width = out->ascii ? (int)strlen(s) : 2;
}

/* The base and as many of its marks as a cell holds; further marks are dropped: a hundred accents are an attack or a
 * fault, never a name. */
static void use_cluster(const char *s, size_t base, size_t len, struct piece *out)
{
	size_t n = base, marks = 0;

	while (n < len && marks < CELL_MARKS) {
		uint32_t cp;
		size_t l = utf8_decode(s + n, len - n, &cp);

		if (n + l > CELL_BYTES)
			break;
		n += l;
		marks++;
	}
	memcpy(out->s, s, n);
	out->s[n] = '\0';
}

size_t sign_piece(enum sign_mode mode, const char *s, size_t n, struct piece *out)
{
	uint32_t cp;
	size_t base, len;
	const char *t;
	int width;

	out->width = 0;
	out->ascii = false;
	memset(out->s, 0, sizeof out->s);
	if ((unsigned char)s[0] >= 0x20 && (unsigned char)s[0] < 0x7F && (n == 1 || (unsigned char)s[1] < 0x80)) {
		out->s[0] = s[0];
		out->width = 1;
		return 1;
	}
	base = utf8_decode(s, n, &cp);
	len = utf8_cluster(s, n);
	width = utf8_cp_width(cp);
	t = twin(mode, cp);
	if (t) {
		use_twin(t, out);
	} else if (width < 0 || (mode == SIGNS_WIDE && width == 1 && is_ambiguous(cp))) {
		tag(cp, out);
	} else if (cp == 0xFFFD && base == 1) {
		use_twin("\xEF\xBF\xBD", out);
		out->width = 1;
	} else if (width > 0) {
		use_cluster(s, base, len, out);
		out->width = width;
	} /* else a mark without a base: nothing to put it on */
	return len;
}
